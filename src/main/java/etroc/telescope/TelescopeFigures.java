package etroc.telescope;

import etroc.report.Bins;
import etroc.report.Figure;
import etroc.report.Rounded;
import etroc.report.Series;
import etroc.store.Table;
import etroc.store.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The figures of a telescope run, from its tables. */
public final class TelescopeFigures {
    private static final String RESOLUTION = "Time resolution";
    private static final String DIFFERENCES = "Time differences";
    private static final String WALK = "Time walk";
    private static final String CORRELATIONS = "TOT and TOA";
    private static final String VARIABLES = "Codes and times";
    private static final String DRIFT = "Stability";
    private static final String NANOSECONDS = "time_over_threshold_ns";
    private static final int POINTS = 100;

    private static final Map<String, String> TITLES = Map.of(
            "time_of_arrival", "TOA [codes]",
            "time_over_threshold", "TOT [codes]",
            "calibration_code", "CAL [codes]",
            "time_of_arrival_ns", "TOA [ns]",
            "time_over_threshold_ns", "TOT [ns]",
            "time_delta_ns", "mean of the others - own time [ns]");

    private final Tables tables;
    private final List<Long> boards;

    public TelescopeFigures(Tables tables) {
        this.tables = tables;
        this.boards = Tables.different(tables.rows("board_info_data"), r -> r.integer("data_board_id"));
    }

    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        if (tables.has("timing_info")) {
            figures.add(resolution());
            boards.stream().limit(boards.size() == 2 ? 1 : boards.size()).forEach(b -> figures.add(difference(b)));
        }
        if (tables.has("twc_fit_info")) {
            boards.forEach(b -> Stream.of(-1, 0).forEach(iteration -> figures.add(walk(b, iteration))));
        }
        if (tables.has("planes")) {
            boards.forEach(b -> figures.add(plane(b, NANOSECONDS)));
            boards.forEach(b -> figures.add(plane(b, "time_of_arrival_ns")));
        }
        if (tables.has("drift")) {
            figures.add(drift("time_resolution", "time resolution [ns]"));
            figures.add(drift("calibration_code_mean", "mean calibration code"));
        }
        List<String> variables = Stream.of(
                        "time_of_arrival",
                        "time_over_threshold",
                        "calibration_code",
                        "time_of_arrival_ns",
                        "time_over_threshold_ns")
                .filter(v -> tables.rows("histograms").stream()
                        .anyMatch(r -> r.text("variable").equals(v)))
                .toList();
        for (String variable : variables) {
            boards.forEach(b -> figures.add(histogram(variable, b)));
        }
        return figures;
    }

    private static String title(String variable) {
        return TITLES.getOrDefault(variable, variable);
    }

    private static Series cells(List<Table.Row> rows) {
        return Bins.plane(
                "events",
                rows,
                r -> r.number("x_low"),
                r -> r.number("x_high"),
                r -> r.number("y_low"),
                r -> r.number("y_high"),
                r -> r.number("count"));
    }

    private Figure histogram(String variable, long board) {
        List<Table.Row> rows = tables.rows(
                "histograms", r -> r.text("variable").equals(variable) && r.integer("data_board_id") == board);
        String id = variable + "-board-" + board;
        String heading = title(variable) + ", board " + board;
        return rows.isEmpty()
                ? Figure.empty(id, VARIABLES, heading, "no hits of board " + board)
                : Bins.histogram(
                        id,
                        VARIABLES,
                        heading,
                        title(variable),
                        rows,
                        r -> r.text("step_name"),
                        r -> r.number("low"),
                        r -> r.number("high"),
                        r -> r.number("count"));
    }

    private Figure resolution() {
        List<Table.Row> rows = tables.rows("timing_info");
        List<String> steps = new ArrayList<>();
        rows.forEach(r -> {
            if (!steps.contains(r.text("step_name"))) {
                steps.add(r.text("step_name"));
            }
        });
        List<Series> series = new ArrayList<>();
        List<Long> iterations = Tables.different(rows, r -> r.integer("twc_iteration"));
        for (long board : boards) {
            for (long iteration : iterations) {
                List<Table.Row> of = rows.stream()
                        .filter(r -> r.integer("data_board_id") == board
                                && r.integer("twc_iteration") == iteration
                                && Double.isFinite(r.number("time_resolution")))
                        .toList();
                if (!of.isEmpty()) {
                    List<Double> x = new ArrayList<>();
                    of.forEach(r -> x.add(steps.indexOf(r.text("step_name")) + 1.0));
                    String name = "board " + board + (iteration < 0 ? ", uncorrected" : ", iteration " + iteration);
                    series.add(new Series.Points(
                            name,
                            x,
                            Tables.column(of, "time_resolution"),
                            Tables.column(of, "time_resolution_bootstrap_unc")));
                }
            }
        }
        if (series.isEmpty()) {
            String why = rows.isEmpty() ? "no step has events" : rows.get(0).text("remark");
            return Figure.empty("resolution", RESOLUTION, RESOLUTION, why.isEmpty() ? "no resolution" : why);
        }
        List<String> notes = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            notes.add((i + 1) + ": " + steps.get(i));
        }
        return new Figure(
                "resolution",
                RESOLUTION,
                "Time resolution at each step and iteration",
                "step",
                "standard deviation [ns]",
                series,
                notes,
                "");
    }

    private Figure difference(long board) {
        List<Table.Row> rows = tables.rows(
                "histograms",
                r -> r.text("variable").equals("time_difference_ns") && r.integer("data_board_id") == board);
        String id = "difference-board-" + board;
        if (rows.isEmpty()) {
            return Figure.empty(id, DIFFERENCES, DIFFERENCES + ", board " + board, "fewer than two events are left");
        }
        String pair = "board " + board + " - board " + rows.get(0).integer("other_board_id");
        List<Series> series = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (String step : List.of("uncorrected", "corrected")) {
            List<Table.Row> of =
                    rows.stream().filter(r -> r.text("step_name").equals(step)).toList();
            if (!of.isEmpty()) {
                List<Double> low = Tables.column(of, "low");
                List<Double> high = Tables.column(of, "high");
                List<Double> density = new ArrayList<>();
                for (int i = 0; i < low.size(); i++) { // bins before and after differ in width
                    density.add(of.get(i).number("count") / (1000 * (high.get(i) - low.get(i))));
                }
                series.add(new Series.Counts(step, low, high, density));
                core(board, step, low, high, density, series, notes);
            }
        }
        return new Figure(
                id,
                DIFFERENCES,
                DIFFERENCES + ", " + pair,
                "time difference [ns]",
                "events a picosecond",
                series,
                notes,
                "");
    }

    /** The Gaussian core of the last step, scaled to the events within two widths. */
    private void core(
            long board,
            String step,
            List<Double> low,
            List<Double> high,
            List<Double> density,
            List<Series> series,
            List<String> notes) {
        List<Table.Row> rows = tables.rows("timing_info", r -> r.integer("data_board_id") == board);
        Table.Row row = null;
        for (Table.Row r : rows) {
            if (r.integer("twc_iteration") < 0 == step.equals("uncorrected")) {
                row = r;
            }
        }
        if (row == null || !(row.number("time_diff_core_width") > 0)) {
            notes.add(step + ": no Gaussian core");
            return;
        }
        double mean = row.number("time_diff_core_mean");
        double width = row.number("time_diff_core_width");
        double data = 0;
        double model = 0;
        for (int i = 0; i < low.size(); i++) {
            double x = (low.get(i) + high.get(i)) / 2;
            if (Math.abs(x - mean) < 2 * width) {
                data += density.get(i);
                model += gauss(x, mean, width);
            }
        }
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (int i = 0; i <= POINTS; i++) {
            double at = mean + width * (6.0 * i / POINTS - 3);
            x.add(at);
            y.add(model > 0 ? data / model * gauss(at, mean, width) : 0);
        }
        series.add(new Series.Line("Gaussian core, " + step, x, y));
        double chi2 = 0;
        int bins = 0;
        for (int i = 0; i < low.size(); i++) {
            double at = (low.get(i) + high.get(i)) / 2;
            if (Math.abs(at - mean) < 2 * width && model > 0) {
                double perEvent = 1000 * (high.get(i) - low.get(i));
                double expected = data / model * gauss(at, mean, width) * perEvent;
                chi2 += Math.pow(density.get(i) * perEvent - expected, 2) / expected;
                bins++;
            }
        }
        notes.add(String.format(
                Locale.ROOT,
                "%s: core %.2f ps, standard deviation %.2f ps, chi2/ndf of the core %.0f/%d",
                step,
                1000 * width,
                1000 * row.number("time_diff_width"),
                chi2,
                Math.max(0, bins - 3)));
    }

    private static double gauss(double x, double mean, double width) {
        double pull = (x - mean) / width;
        return Math.exp(-pull * pull / 2);
    }

    private Figure walk(long board, int iteration) {
        String id = "walk-board-" + board + (iteration < 0 ? "-before" : "-after");
        String title =
                "Time against TOT, board " + board + (iteration < 0 ? ", before correction" : ", after correction");
        List<Table.Row> plane = tables.rows(
                "planes",
                r -> r.text("variable_y").equals("time_delta_ns")
                        && r.integer("data_board_id") == board
                        && r.integer("twc_iteration") == iteration);
        if (plane.isEmpty()) {
            List<Table.Row> fits = tables.rows("twc_fit_info", r -> r.integer("board_id") == board);
            String why = fits.stream()
                    .map(r -> r.text("remark"))
                    .filter(r -> !r.isEmpty())
                    .findFirst()
                    .orElse("no correction, or the analysis ended before it was judged");
            return Figure.empty(id, WALK, title, why);
        }
        List<Table.Row> profile = tables.rows(
                "profiles",
                r -> r.integer("data_board_id") == board
                        && r.integer("twc_iteration") == iteration
                        && r.number("count") > 1);
        List<Series> series = new ArrayList<>();
        series.add(cells(plane));
        List<Double> centers = new ArrayList<>();
        profile.forEach(r -> centers.add((r.number("x_low") + r.number("x_high")) / 2));
        series.add(new Series.Points(
                "mean of a TOT bin", centers, Tables.column(profile, "mean"), Tables.column(profile, "mean_unc")));
        List<String> notes = new ArrayList<>(List.of("colour: events"));
        if (iteration < 0) {
            polynomial(board, profile, centers, series, notes);
        }
        return new Figure(id, WALK, title, title(NANOSECONDS), title("time_delta_ns"), series, notes, "");
    }

    /** The correction, shifted to the mean of the profile: the other boards' corrections are in the times too. */
    private void polynomial(
            long board, List<Table.Row> profile, List<Double> centers, List<Series> series, List<String> notes) {
        List<Table.Row> fits = tables.rows(
                "twc_fit_info",
                r -> r.integer("board_id") == board
                        && r.integer("twc_applied") == 0
                        && Double.isFinite(r.number("p0")));
        if (fits.isEmpty() || profile.isEmpty()) {
            return;
        }
        Table.Row fit = fits.get(fits.size() - 1);
        double shift = 0;
        double weights = 0;
        for (int i = 0; i < profile.size(); i++) {
            double weight = profile.get(i).number("count");
            shift += weight * (profile.get(i).number("mean") - value(fit, centers.get(i)));
            weights += weight;
        }
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        double from = centers.get(0);
        double to = centers.get(centers.size() - 1);
        for (int i = 0; i <= POINTS; i++) {
            double at = from + (to - from) * i / POINTS;
            x.add(at);
            y.add(value(fit, at) + shift / weights);
        }
        series.add(new Series.Line("correction, shifted to the mean", x, y));
        for (int k = 0; k < degree(fit) + 1; k++) {
            notes.add("p" + k + " = " + Rounded.of(fit.real("p" + k), fit.real("p" + k + "_unc")));
        }
    }

    private int degree(Table.Row fit) {
        int degree = 0;
        while (tables.table("twc_fit_info").columns().stream()
                .map(Table.Column::name)
                .toList()
                .contains("p" + (degree + 1))) {
            degree++;
        }
        return fit.real("p0") == null ? 0 : degree;
    }

    private double value(Table.Row fit, double tot) {
        double low = fit.number("tot_min_ns");
        double high = fit.number("tot_max_ns");
        double x = Double.isFinite(low) && Double.isFinite(high) ? Math.max(low, Math.min(high, tot)) : tot;
        double sum = 0;
        for (int k = degree(fit); k >= 0; k--) {
            sum = sum * x + fit.number("p" + k);
        }
        return sum;
    }

    private Figure plane(long board, String y) {
        List<Table.Row> rows = tables.rows(
                "planes",
                r -> r.text("variable_x").equals("time_of_arrival_ns")
                        && r.text("variable_y").equals(y)
                        && r.integer("data_board_id") == board);
        boolean pair = y.equals("time_of_arrival_ns");
        String id = (pair ? "toa-toa-board-" : "tot-toa-board-") + board;
        String title = pair ? "TOA of board " + board + " and the next" : "TOT against TOA, board " + board;
        if (rows.isEmpty()) {
            return Figure.empty(id, CORRELATIONS, title, "no event has both");
        }
        List<Series> series = new ArrayList<>(List.of(cells(rows)));
        List<String> notes = new ArrayList<>(List.of("colour: events"));
        if (pair) {
            fit(rows, series, notes);
        }
        String yTitle = pair ? "TOA of board " + rows.get(0).integer("other_board_id") + " [ns]" : title(NANOSECONDS);
        return new Figure(id, CORRELATIONS, title, "TOA of board " + board + " [ns]", yTitle, series, notes, "");
    }

    /** Least squares over the cells' centres. */
    private static void fit(List<Table.Row> rows, List<Series> series, List<String> notes) {
        double n = 0;
        double sx = 0;
        double sy = 0;
        double sxx = 0;
        double sxy = 0;
        for (Table.Row r : rows) {
            double x = (r.number("x_low") + r.number("x_high")) / 2;
            double y = (r.number("y_low") + r.number("y_high")) / 2;
            double w = r.number("count");
            n += w;
            sx += w * x;
            sy += w * y;
            sxx += w * x * x;
            sxy += w * x * y;
        }
        double slope = (n * sxy - sx * sy) / (n * sxx - sx * sx);
        if (Double.isFinite(slope)) {
            double intercept = (sy - slope * sx) / n;
            double low = rows.stream().mapToDouble(r -> r.number("x_low")).min().orElse(0);
            double high =
                    rows.stream().mapToDouble(r -> r.number("x_high")).max().orElse(1);
            series.add(new Series.Line(
                    "least squares over the cells",
                    List.of(low, high),
                    List.of(intercept + slope * low, intercept + slope * high)));
            notes.add(String.format(Locale.ROOT, "slope %.4f, intercept %.3f ns", slope, intercept));
        }
    }

    private Figure drift(String quantity, String title) {
        String id = "drift-" + quantity.replace('_', '-');
        String heading = "Drift: " + title.replaceAll(" \\[.*", "");
        List<Series> series = new ArrayList<>();
        SliceTimes time = SliceTimes.of(tables.rows("drift"));
        for (long board : boards) {
            List<Table.Row> rows = tables.rows(
                    "drift", r -> r.integer("data_board_id") == board && Double.isFinite(r.number(quantity)));
            if (!rows.isEmpty()) {
                series.add(new Series.Points(
                        "board " + board,
                        rows.stream().map(time::of).toList(),
                        Tables.column(rows, quantity),
                        Tables.column(rows, quantity + "_unc")));
            }
        }
        return series.isEmpty()
                ? Figure.empty(id, DRIFT, heading, "too few events in every slice")
                : new Figure(id, DRIFT, heading, time.title(), title, series, List.of(), "");
    }
}
