package etroc.oracle;

import java.util.List;

/**
 * A line that is a hit, or with keep-all any record.
 *
 * @param line place among all lines of its run, headers not counted
 */
record Hit(int board, int toa, int tot, int cal, int flag, long line) {
    /** A variable by the name of its column. */
    int code(String variable) {
        return switch (variable) {
            case "time_of_arrival" -> toa;
            case "time_over_threshold" -> tot;
            case "calibration_code" -> cal;
            case "hit_flag" -> flag;
            default -> throw new IllegalArgumentException(variable);
        };
    }

    static final List<String> CODES = List.of("time_of_arrival", "time_over_threshold", "calibration_code", "hit_flag");
}
