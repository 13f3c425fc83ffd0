package etroc.report;

import etroc.store.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Figures of the tables {@code histograms} and {@code planes}. */
public final class Histograms {
    /** Most bins of a drawn histogram; more are put together. */
    private static final int BINS = 256;

    private static final Map<String, String> TITLES = Map.of(
            "time_of_arrival", "TOA [codes]",
            "time_over_threshold", "TOT [codes]",
            "calibration_code", "CAL [codes]",
            "time_of_arrival_ns", "TOA [ns]",
            "time_over_threshold_ns", "TOT [ns]",
            "time_delta_ns", "mean of the others - own time [ns]");

    private final Tables tables;

    public Histograms(Tables tables) {
        this.tables = tables;
    }

    public static String title(String variable) {
        return TITLES.getOrDefault(variable, variable);
    }

    /** A variable of a board, a line a step. */
    public Figure variable(String section, String variable, long board) {
        List<Table.Row> rows = tables.rows(
                "histograms", r -> r.text("variable").equals(variable) && r.integer("data_board_id") == board);
        String id = variable + "-board-" + board;
        String heading = title(variable) + ", board " + board;
        if (rows.isEmpty()) {
            return Figure.empty(id, section, heading, "no hits of board " + board);
        }
        List<Series> series = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        double from = rows.stream()
                .mapToDouble(r -> r.number("low"))
                .filter(Double::isFinite)
                .min()
                .orElse(0);
        double to = rows.stream()
                .mapToDouble(r -> r.number("high"))
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        for (Map.Entry<String, List<Table.Row>> step : bySteps(rows).entrySet()) {
            series.add(counts(step.getKey(), step.getValue(), from, to));
            long entries =
                    step.getValue().stream().mapToLong(r -> r.integer("count")).sum();
            notes.add(step.getKey() + ": " + grouped(entries));
        }
        return new Figure(id, section, heading, title(variable), "entries a bin", series, notes, "");
    }

    private static Map<String, List<Table.Row>> bySteps(List<Table.Row> rows) {
        Map<String, List<Table.Row>> steps = new LinkedHashMap<>();
        rows.forEach(r -> steps.computeIfAbsent(r.text("step_name"), s -> new ArrayList<>())
                .add(r));
        return steps;
    }

    /** All bins from one end to the other, the empty ones too, put together to a number that can be drawn. */
    static Series.Counts counts(String name, List<Table.Row> rows, double from, double to) {
        double width = rows.stream()
                .mapToDouble(r -> r.number("high") - r.number("low"))
                .filter(Double::isFinite)
                .findFirst()
                .orElse(1);
        int bins = (int) Math.max(1, Math.round((to - from) / width));
        int together = (bins + BINS - 1) / BINS;
        double[] counts = new double[(bins + together - 1) / together];
        for (Table.Row r : rows) {
            if (Double.isFinite(r.number("low"))) {
                int bin = (int) Math.round((r.number("low") - from) / width) / together;
                counts[Math.min(bin, counts.length - 1)] += r.number("count");
            }
        }
        List<Double> low = new ArrayList<>();
        List<Double> high = new ArrayList<>();
        List<Double> count = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            low.add(from + i * together * width);
            high.add(from + (i + 1.0) * together * width);
            count.add(counts[i]);
        }
        return new Series.Counts(name, low, high, count);
    }

    /** Cells of a plane, from the first to the last that hold something. */
    public static Series.Plane plane(String name, List<Table.Row> rows) {
        double xWidth = rows.get(0).number("x_high") - rows.get(0).number("x_low");
        double yWidth = rows.get(0).number("y_high") - rows.get(0).number("y_low");
        double x0 = min(rows, "x_low");
        double y0 = min(rows, "y_low");
        int columns = (int) Math.round((max(rows, "x_high") - x0) / xWidth);
        int lines = (int) Math.round((max(rows, "y_high") - y0) / yWidth);
        double[][] counts = new double[lines][columns];
        for (Table.Row r : rows) {
            int i = (int) Math.round((r.number("x_low") - x0) / xWidth);
            int j = (int) Math.round((r.number("y_low") - y0) / yWidth);
            counts[j][i] += r.number("count");
        }
        return plane(name, x0, xWidth, y0, yWidth, counts);
    }

    /** Cells from arrays, {@code counts[row][column]}; empty ones are NaN, which is drawn as nothing. */
    public static Series.Plane plane(
            String name, double x0, double xWidth, double y0, double yWidth, double[][] counts) {
        List<Double> xEdges = new ArrayList<>();
        List<Double> yEdges = new ArrayList<>();
        List<List<Double>> cells = new ArrayList<>();
        for (int i = 0; i <= counts[0].length; i++) {
            xEdges.add(x0 + i * xWidth);
        }
        for (int j = 0; j <= counts.length; j++) {
            yEdges.add(y0 + j * yWidth);
        }
        for (double[] line : counts) {
            List<Double> cell = new ArrayList<>();
            for (double count : line) {
                cell.add(count > 0 ? count : Double.NaN);
            }
            cells.add(cell);
        }
        return new Series.Plane(name, xEdges, yEdges, cells);
    }

    private static double min(List<Table.Row> rows, String column) {
        return rows.stream().mapToDouble(r -> r.number(column)).min().orElseThrow();
    }

    private static double max(List<Table.Row> rows, String column) {
        return rows.stream().mapToDouble(r -> r.number(column)).max().orElseThrow();
    }

    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
