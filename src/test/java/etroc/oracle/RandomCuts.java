package etroc.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Random rows of both kinds of cut tables; limits are values that occur, or near them. */
final class RandomCuts {
    private static final List<String> OPERATORS = List.of("<", "<=", ">", ">=", "==", "<>");
    private static final List<String> KINDS = List.of(
            "simple",
            "diagonal",
            "diag-dist",
            "fit-dist",
            "1d-dist",
            "circle",
            "corner-ur",
            "corner-ul",
            "corner-dr",
            "corner-dl");
    private static final List<String> TIMES = List.of("time_of_arrival_ns", "time_over_threshold_ns");

    private final Random random;
    private final List<Integer> boards;
    private final List<Event> events;
    /** Rows by their place; those that are skipped begin with a #. */
    final List<Map<String, String>> rows = new ArrayList<>();

    RandomCuts(Random random, List<Integer> boards, List<Event> events) {
        this.random = random;
        this.boards = boards;
        this.events = events;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private String board() {
        return any(boards).toString();
    }

    private String boardOrAll() {
        return random.nextInt(3) == 0 ? any(List.of("*", "#")) : board();
    }

    /** A value that occurs, so that both sides of a limit are there. */
    private double some(String variable, int board) {
        double[] values = Stream.generate(() -> any(events).value(variable, board))
                .limit(20)
                .filter(v -> v != null)
                .mapToDouble(v -> v)
                .toArray();
        double value = values.length == 0 ? 100 : values[0];
        return variable.endsWith("_ns") ? value + random.nextGaussian() * 0.1 : value;
    }

    private static String text(double number) {
        return String.format(Locale.ROOT, "%.7f", number);
    }

    /** Rows of a table of cuts on codes. */
    RandomCuts ofEvents(int count) {
        for (int i = 0; i < count; i++) {
            Map<String, String> row = new LinkedHashMap<>();
            String board = boardOrAll();
            String variable = any(Hit.CODES);
            row.put("board_id", random.nextInt(6) == 0 ? "#" + board : board);
            row.put("variable", variable);
            row.put("cut_type", any(OPERATORS.subList(0, random.nextInt(4) == 0 ? 6 : 4)));
            row.put("cut_value", text(some(variable, any(boards)) + random.nextInt(2) * 0.5));
            row.put("output", random.nextBoolean() ? "" : "e" + i);
            rows.add(row);
        }
        return this;
    }

    /** Rows of a table of cuts on times. */
    RandomCuts ofTimes(int count) {
        for (int i = 0; i < count; i++) {
            Map<String, String> row = time(any(KINDS));
            row.put("output", random.nextInt(3) == 0 ? "s" + i : "");
            if (random.nextInt(7) == 0) {
                row.put("cut_type", "#" + row.get("cut_type"));
            }
            rows.add(row);
        }
        return this;
    }

    private Map<String, String> time(String kind) {
        List<String> variables = random.nextInt(4) == 0 ? Hit.CODES.subList(0, 3) : TIMES;
        String v1 = any(variables);
        String v2 = kind.startsWith("diag") || kind.equals("fit-dist") ? v1 : any(variables);
        int b1 = any(boards);
        int b2 = any(boards);
        double x = some(v1, b1);
        double y = some(v2, b2);
        double scale = v1.endsWith("_ns") ? 1 : 60;
        Map<String, String> row = new LinkedHashMap<>();
        row.put("cut_type", kind);
        boolean operator =
                List.of("simple", "diagonal", "diag-dist", "fit-dist").contains(kind);
        row.put("cut_direction", operator ? any(OPERATORS.subList(0, 4)) : any(List.of("inside", "outside")));
        row.put("variable_1", v1);
        row.put("board_id_1", kind.equals("simple") ? boardOrAll() : "" + b1);
        row.put("variable_2", v2);
        row.put("board_id_2", "" + b2);
        double own = Math.abs(random.nextGaussian()) * scale;
        row.put(
                "value_1",
                text(
                        switch (kind) {
                            case "diagonal" -> x + y;
                            case "diag-dist", "fit-dist" -> own;
                            default -> x;
                        }));
        row.put("value_2", kind.equals("1d-dist") ? text(own) : operator ? "" : text(y));
        row.put("value_3", operator || kind.equals("1d-dist") ? "" : text(own));
        return row;
    }

    /** The table as a file. */
    String csv() {
        StringBuilder text = new StringBuilder(String.join(",", rows.get(0).keySet())).append('\n');
        rows.forEach(r -> text.append(String.join(",", r.values())).append('\n'));
        return text.toString();
    }

    private static boolean skipped(Map<String, String> row) {
        String first = row.values().iterator().next();
        return first.startsWith("#") && first.length() > 1;
    }

    /** The cuts that are applied, by row. */
    Map<Integer, Predicate<Event>> cuts(CutOracle oracle) {
        Map<Integer, Predicate<Event>> cuts = new TreeMap<>();
        for (int i = 0; i < rows.size(); i++) {
            if (!skipped(rows.get(i))) {
                cuts.put(i, oracle.cut(rows.get(i)));
            }
        }
        return cuts;
    }

    /** Lines of the cuts on the distance to one, in order. */
    List<double[]> lines(CutOracle oracle) {
        return rows.stream()
                .filter(r -> !skipped(r) && r.get("cut_type").equals("fit-dist"))
                .map(oracle::line)
                .toList();
    }

    /** Rows that name a step and are applied, by their name. */
    Map<String, Integer> steps() {
        Map<String, Integer> steps = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            if (!skipped(rows.get(i)) && !rows.get(i).get("output").isEmpty()) {
                steps.put(i + "-" + rows.get(i).get("output"), i);
            }
        }
        return steps;
    }
}
