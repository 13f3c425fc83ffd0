package etroc.campaign;

import etroc.report.Figure;
import etroc.report.Series;
import etroc.store.Table;
import etroc.store.Tables;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Results of the datasets against what they were taken at: each tag that is a number, and the date. */
final class CampaignFigures {
    private static final double PICOSECONDS = 1000;
    private static final double SECONDS_A_DAY = 86400;
    static final String RESOLUTION = "Time resolution";
    static final String THRESHOLD = "Thresholds";
    private static final String TAG = "tag_";
    private static final Map<String, String> UNITS = Map.of("v", "V", "c", "°C", "mv", "mV", "kv", "kV", "k", "K");

    private CampaignFigures() {}

    /**
     * A quantity.
     *
     * @param value names of its column and of that of its uncertainty
     * @param factor to its unit
     */
    private record Quantity(
            String id, String section, String title, String axis, List<String> value, double factor, List<String> by) {}

    private static final Quantity CORE = new Quantity(
            "resolution",
            RESOLUTION,
            "Time resolution (Gaussian core)",
            "time resolution [ps]",
            List.of("time_resolution_core", "time_resolution_core_bootstrap_unc"),
            PICOSECONDS,
            List.of("data_board_id"));
    private static final Quantity SUGGESTED = new Quantity(
            "threshold",
            THRESHOLD,
            "Threshold of the line at charge 0 (s-curve)",
            "threshold [DAC counts]",
            List.of("intercept", "intercept_unc"),
            1,
            List.of("data_board_id", "pixel_id"));

    private static final Quantity BASELINE = new Quantity(
            "baseline",
            "Baselines",
            "Baseline of ETROC2 pixels",
            "baseline [DAC counts]",
            List.of("baseline", "baseline_unc"),
            1,
            List.of("chip", "row", "column", "method"));
    private static final Quantity SLOPE = new Quantity(
            "slope",
            "Slopes",
            "Slope of threshold against charge of ETROC2 pixels",
            "slope [DAC counts/fC]",
            List.of("slope", "slope_unc"),
            1,
            List.of("chip", "row", "column", "method"));
    /** More series cannot be told apart. */
    private static final int MOST = 8;

    /** Those of the tables that have something to show. */
    static List<Figure> of(Tables tables) {
        Table resolutions = tables.table("resolutions");
        Table thresholds = tables.table("thresholds");
        List<Figure> figures = new ArrayList<>(against(resolutions, resolutions.rows(), CORE));
        int method = thresholds.index("method");
        figures.addAll(against(
                thresholds,
                thresholds.rows().stream()
                        .filter(r -> "s-curve".equals(r[method]))
                        .toList(),
                SUGGESTED));
        if (tables.has("bench_baselines")) {
            Table baselines = tables.table("bench_baselines");
            figures.addAll(against(baselines, baselines.rows(), BASELINE));
            Table lines = tables.table("bench_lines");
            figures.addAll(against(lines, lines.rows(), SLOPE));
        }
        return figures;
    }

    private static List<Figure> against(Table table, List<@Nullable Object[]> rows, Quantity quantity) {
        List<Figure> figures = new ArrayList<>();
        for (Table.Column column : table.columns()) {
            boolean date = column.name().equals("measured");
            if (date || (column.name().startsWith(TAG) && column.type() == Table.Type.REAL)) {
                figure(table, rows, quantity, column.name(), date).ifPresent(figures::add);
            }
        }
        return figures;
    }

    private static java.util.Optional<Figure> figure(
            Table table, List<@Nullable Object[]> rows, Quantity quantity, String column, boolean date) {
        int x = table.index(column);
        double origin = date
                ? rows.stream()
                        .mapToDouble(r -> days(r[x]))
                        .filter(Double::isFinite)
                        .min()
                        .orElse(0)
                : 0;
        Map<String, List<double[]>> points = new LinkedHashMap<>();
        for (@Nullable Object[] row : rows) {
            double at = date ? days(row[x]) - origin : number(row[x]);
            double value = quantity.factor * number(row[table.index(quantity.value.get(0))]);
            double unc = quantity.factor * number(row[table.index(quantity.value.get(1))]);
            if (Double.isFinite(at) && Double.isFinite(value)) {
                points.computeIfAbsent(name(table, row, quantity), n -> new ArrayList<>())
                        .add(new double[] {at, value, unc});
            }
        }
        List<Series> series = new ArrayList<>();
        points.entrySet().stream()
                .limit(MOST)
                .forEach(e -> series.add(Series.Points.of(e.getKey(), e.getValue(), p -> p[0], p -> p[1], p -> p[2])));
        String against =
                date ? "days since " + LocalDate.ofEpochDay((long) Math.floor(origin)) + " [d]" : label(column);
        String what = date ? "date" : against.replaceAll(" \\[.*", "");
        return series.isEmpty()
                ? java.util.Optional.empty()
                : java.util.Optional.of(new Figure(
                        quantity.id + "-" + what.replaceAll("[^A-Za-z0-9]+", "-"),
                        quantity.section,
                        quantity.title + " against " + what,
                        against,
                        quantity.axis,
                        series,
                        points.size() > MOST
                                ? List.of("the first " + MOST + " of " + points.size() + "; the tables have all")
                                : List.of(),
                        ""));
    }

    /** Of a column of a tag, such as {@code temperature [°C]}. */
    static String label(String column) {
        String tag = column.substring(TAG.length());
        String last = tag.substring(tag.lastIndexOf('_') + 1);
        String unit = UNITS.get(last);
        return unit == null
                ? tag.replace('_', ' ')
                : tag.substring(0, Math.max(0, tag.length() - last.length() - 1))
                                .replace('_', ' ') + " [" + unit + "]";
    }

    private static String name(Table table, @Nullable Object[] row, Quantity quantity) {
        if (quantity.by.contains("row")) {
            return row[table.index("chip")] + " R" + row[table.index("row")] + "C" + row[table.index("column")] + " "
                    + row[table.index("method")];
        }
        String board = "board " + row[table.index(quantity.by.get(0))];
        return quantity.by.size() > 1 ? board + ", pixel " + row[table.index(quantity.by.get(1))] : board;
    }

    private static double number(@Nullable Object value) {
        return value instanceof Number n ? n.doubleValue() : Double.NaN;
    }

    /** Of a date or an instant, since 1970; NaN for other texts. */
    private static double days(@Nullable Object text) {
        String t = String.valueOf(text);
        try {
            return t.length() == "2026-11-01".length()
                    ? LocalDate.parse(t).toEpochDay()
                    : Instant.parse(t).atZone(ZoneOffset.UTC).toEpochSecond() / SECONDS_A_DAY;
        } catch (DateTimeParseException e) {
            return Double.NaN;
        }
    }
}
