package etroc.scan.bench;

import etroc.InputException;
import etroc.ingest.MalformedLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The last scan of a file {@code FPGA_Data.dat}: rows from the last reference row on, in the order of thresholds. All lines are accounted for.
 * Source: src/docs/formats.md, "ETROC2 scan folders".
 *
 * @param reference triggers of a measurement, from the reference row; null: there is none
 * @param points by threshold
 * @param lines of the file
 * @param leftOut how many lines are no points, by reason
 */
record FpgaRows(
        @Nullable Long reference,
        List<Point> points,
        long lines,
        Map<String, Integer> leftOut,
        List<MalformedLine> malformed) {
    /** Of a folder without a file. */
    static final FpgaRows NOTHING = new FpgaRows(null, List.of(), 0, Map.of("file that is missing", 1), List.of());

    private static final Pattern COMMA = Pattern.compile(" *, *");
    private static final int FIELDS = 7;
    private static final long MAX_COUNT = 0xFFFF_FFFFL;
    private static final int MAX_DAC = 1023;
    private static final int REFERENCE = -1;

    /** A measurement. */
    record Point(int dac, long data, long triggerBits) {}

    /**
     * Reads a file.
     *
     * @param ended after the end of the file: whether its last line has an end; without one it was cut, perhaps in the threshold
     * @param failFast whether a malformed line is an error
     * @throws InputException if a line is malformed and {@code failFast}
     */
    static FpgaRows read(BufferedReader in, BooleanSupplier ended, String path, boolean failFast) throws IOException {
        Rows rows = new Rows();
        long number = 0;
        String next;
        for (String line = in.readLine(); line != null; line = next, number++) {
            next = in.readLine();
            boolean cut = next == null && !ended.getAsBoolean();
            String wrong = cut ? rows.cut() : rows.add(line.strip());
            if (!wrong.isEmpty()) {
                String text = path + ", line " + (number + 1) + ": '" + line + "' " + wrong;
                if (failFast) {
                    throw new InputException(text);
                }
                rows.malformed.add(
                        new MalformedLine(path, number, line.substring(0, Math.min(200, line.length())), wrong));
            }
        }
        return rows.of(number);
    }

    /** How many lines are no points, without the reference row. */
    int leftOutRows() {
        return leftOut.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** What to say of lines that are no points. */
    String remark() {
        List<String> said = new ArrayList<>();
        leftOut.forEach((why, n) -> said.add(n + " " + why));
        return String.join(", ", said);
    }

    private static final class Rows {
        private final TreeMap<Integer, Point> points = new TreeMap<>();
        private final Map<String, Integer> leftOut = new LinkedHashMap<>();
        private final List<MalformedLine> malformed = new ArrayList<>();
        private @Nullable Long reference;
        private int sinceReference;

        /** @return what is wrong with it, or nothing */
        String add(String line) {
            String[] fields = COMMA.split(line, -1);
            if (line.isEmpty()) {
                count("blank lines");
                return "";
            }
            long[] values = new long[fields.length];
            try {
                for (int i = 0; i < fields.length && fields.length == FIELDS; i++) {
                    values[i] = i == 2 ? 0 : Long.parseLong(fields[i]); // the duration may be a fraction
                }
            } catch (NumberFormatException e) {
                count("malformed lines");
                return "is not 7 numbers";
            }
            if (fields.length != FIELDS || !possible(values)) {
                count("malformed lines");
                return fields.length == FIELDS
                        ? "has a count beyond 32 bits or a threshold beyond -1 to " + MAX_DAC
                        : "has " + fields.length + " fields instead of " + FIELDS;
            }
            row(values);
            return "";
        }

        /** A line without an end. */
        String cut() {
            count("malformed lines");
            return "has no end: the file was cut";
        }

        private static boolean possible(long[] v) {
            boolean counts = true;
            for (int i = 3; i < FIELDS - 1; i++) {
                counts &= v[i] >= 0 && v[i] <= MAX_COUNT;
            }
            return counts && v[FIELDS - 1] >= REFERENCE && v[FIELDS - 1] <= MAX_DAC;
        }

        private void row(long[] v) {
            int dac = (int) v[FIELDS - 1];
            if (dac == REFERENCE) {
                if (sinceReference > 0) {
                    leftOut.merge("rows of an older scan", sinceReference, Integer::sum);
                }
                points.clear();
                sinceReference = 1;
                reference = v[4];
            } else if (v[0] == 0) {
                count("rows with the link down");
            } else {
                sinceReference++;
                if (points.put(dac, new Point(dac, v[3], v[5])) != null) {
                    sinceReference--;
                    count("rows measured again");
                }
            }
        }

        private void count(String what) {
            leftOut.merge(what, 1, Integer::sum);
        }

        FpgaRows of(long lines) {
            return new FpgaRows(
                    reference,
                    List.copyOf(points.values()),
                    lines,
                    java.util.Collections.unmodifiableMap(new TreeMap<>(leftOut)),
                    malformed);
        }
    }
}
