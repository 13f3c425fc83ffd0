package etroc.oracle;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Rows of cut tables, decided event by event. */
final class CutOracle {
    private final List<Integer> boards;
    private final boolean keep;
    private final List<Event> all;

    /**
     * Cuts of an analysis.
     *
     * @param boards that occur in any event
     * @param keep whether a board without a hit passes
     * @param all events, for what is fitted to them
     */
    CutOracle(List<Integer> boards, boolean keep, List<Event> all) {
        this.boards = boards;
        this.keep = keep;
        this.all = all;
    }

    /** A row of a table, by its columns. */
    Predicate<Event> cut(Map<String, String> row) {
        return row.containsKey("cut_value")
                ? simple(row.get("board_id"), row.get("variable"), row.get("cut_type"), number(row, "cut_value"))
                : time(row);
    }

    private static double number(Map<String, String> row, String column) {
        return Double.parseDouble(row.get(column));
    }

    private Predicate<Event> simple(String board, String variable, String operator, double limit) {
        DoublePredicate passes = comparison(operator, limit);
        return event -> {
            Predicate<Integer> one = b -> {
                Double x = event.value(variable, b);
                return x == null ? keep : passes.test(x);
            };
            return switch (board) {
                case "*" -> boards.stream().allMatch(one);
                case "#" -> boards.stream().anyMatch(one);
                default -> one.test(Integer.valueOf(board));
            };
        };
    }

    private static DoublePredicate comparison(String operator, double limit) {
        return switch (operator) {
            case "<" -> x -> x < limit;
            case "<=" -> x -> x <= limit;
            case ">" -> x -> x > limit;
            case ">=" -> x -> x >= limit;
            case "==" -> x -> x == limit;
            case "<>" -> x -> x != limit;
            default -> throw new IllegalArgumentException(operator);
        };
    }

    private interface Decision {
        /** Null: a value is missing that it needs. */
        @Nullable
        Boolean of(double x, double y);
    }

    private Predicate<Event> time(Map<String, String> row) {
        String kind = row.get("cut_type");
        if (kind.equals("simple")) {
            return simple(
                    row.get("board_id_1"), row.get("variable_1"), row.get("cut_direction"), number(row, "value_1"));
        }
        boolean two = !kind.equals("1d-dist");
        Decision decision = decision(kind, row);
        return event -> {
            Double x = event.value(row.get("variable_1"), Integer.parseInt(row.get("board_id_1")));
            Double y = two
                    ? event.value(row.get("variable_2"), Integer.parseInt(row.get("board_id_2")))
                    : Double.valueOf(0);
            Boolean passes = x == null || y == null ? null : decision.of(x, y);
            return passes == null ? keep : passes;
        };
    }

    private Decision decision(String kind, Map<String, String> row) {
        String direction = row.get("cut_direction");
        double v1 = number(row, "value_1");
        double v2 = row.get("value_2").isEmpty() ? Double.NaN : number(row, "value_2");
        double v3 = row.get("value_3").isEmpty() ? Double.NaN : number(row, "value_3");
        boolean inside = direction.equals("inside");
        return switch (kind) {
            case "diagonal" -> (x, y) -> comparison(direction, v1).test(x + y);
            case "diag-dist" -> (x, y) -> comparison(direction, v1).test(Math.abs(x - y) / Math.sqrt(2));
            case "fit-dist" -> fitted(row, comparison(direction, v1));
            case "1d-dist" -> (x, y) -> inside ? Math.abs(x - v1) < v2 : Math.abs(x - v1) > v2;
            case "circle" ->
                (x, y) -> {
                    double d2 = (x - v1) * (x - v1) + (y - v2) * (y - v2);
                    return inside ? d2 < v3 * v3 : d2 > v3 * v3;
                };
            default -> (x, y) -> inside == inCorner(kind, x, y, v1, v2, v3);
        };
    }

    /** Mirrored so that the quadrant is x < v1, y < v2. */
    private static boolean inCorner(String kind, double x, double y, double v1, double v2, double r) {
        double u = kind.endsWith("r") ? v1 - x : x - v1;
        double v = kind.charAt(7) == 'u' ? v2 - y : y - v2;
        boolean quadrant = u > 0 && v > 0;
        boolean nearBoth = u < r && v < r;
        return quadrant && (!nearBoth || (r - u) * (r - u) + (r - v) * (r - v) < r * r);
    }

    private Decision fitted(Map<String, String> row, DoublePredicate passes) {
        double[] line = line(row);
        return (x, y) -> Double.isNaN(line[0])
                ? null
                : Boolean.valueOf(passes.test(Math.abs(x * line[0] - y + line[1]) / Math.sqrt(line[0] * line[0] + 1)));
    }

    /** Slope and intercept over all events that have both. */
    double[] line(Map<String, String> row) {
        List<double[]> points = all.stream()
                .map(e -> new Double[] {
                    e.value(row.get("variable_1"), Integer.parseInt(row.get("board_id_1"))),
                    e.value(row.get("variable_2"), Integer.parseInt(row.get("board_id_2")))
                })
                .filter(p -> p[0] != null && p[1] != null)
                .map(p -> new double[] {p[0], p[1]})
                .toList();
        double mx = points.stream().mapToDouble(p -> p[0]).average().orElse(Double.NaN);
        double my = points.stream().mapToDouble(p -> p[1]).average().orElse(Double.NaN);
        double xx = points.stream().mapToDouble(p -> (p[0] - mx) * (p[0] - mx)).sum();
        double xy = points.stream().mapToDouble(p -> (p[0] - mx) * (p[1] - my)).sum();
        double slope = xx == 0 ? Double.NaN : xy / xx;
        return new double[] {slope, my - slope * mx};
    }

    /** Events passing each cut alone, all so far, all but it; by the row's number in its table. */
    static Map<Integer, List<Long>> cutflow(Map<Integer, Predicate<Event>> cuts, List<Event> events) {
        Map<Integer, List<Long>> flow = new TreeMap<>();
        cuts.forEach((row, cut) -> flow.put(
                row,
                List.of(
                        (long) events.size(),
                        events.stream().filter(cut).count(),
                        events.stream()
                                .filter(e -> holds(cuts, e, r -> r <= row))
                                .count(),
                        events.stream()
                                .filter(e -> holds(cuts, e, r -> !r.equals(row)))
                                .count())));
        return flow;
    }

    static boolean holds(Map<Integer, Predicate<Event>> cuts, Event event, Predicate<Integer> rows) {
        return cuts.entrySet().stream()
                .filter(c -> rows.test(c.getKey()))
                .allMatch(c -> c.getValue().test(event));
    }
}
