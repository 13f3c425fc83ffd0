package etroc.oracle;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the lines of a file are, by regular expressions over its whole text. */
public final class TextFile {
    /** The layouts of ETROC1. */
    public enum Layout {
        FIVE,
        FOUR,
        WORDS,
        BEAM
    }

    /** Longer lines are none that anybody wrote [bytes]. */
    private static final int LONGEST = 4096;

    private static final Pattern FIVE =
            Pattern.compile(" *(\\d{1,10}) +(\\d{1,10}) +(\\d{1,10}) +(\\d{1,10}) +(\\d{1,10}) *");
    private static final Pattern FOUR = Pattern.compile("() *(\\d{1,10}) +(\\d{1,10}) +(\\d{1,10}) +(\\d{1,10}) *");
    private static final Pattern BEAM =
            Pattern.compile(" *(\\d{1,10}) +(\\d{1,10}) +(\\d{1,10}) +(\\d{1,10}) +(\\d{1,10})"
                    + " +(\\d{4})-(\\d\\d)-(\\d\\d) (\\d\\d):(\\d\\d):(\\d\\d) *");
    private static final Pattern WORD = Pattern.compile(" *(\\d{1,10}) *");

    final List<Hit> records = new ArrayList<>();
    public long lines;
    public long hits;
    public long noHitLines;
    public long idleWords;
    public long malformed;
    public long headerLines;

    private final Layout layout;
    private final long firstLine;

    private TextFile(Layout layout, long firstLine) {
        this.layout = layout;
        this.firstLine = firstLine;
    }

    /**
     * Reads a file.
     *
     * @param firstLine lines of the run before it
     */
    public static TextFile read(byte[] bytes, Layout layout, long firstLine) {
        TextFile file = new TextFile(layout, firstLine);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        if (lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            file.line(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line, i == 0);
        }
        return file;
    }

    /** The records as {@code board TOA TOT CAL flag}. */
    public List<String> texts() {
        return records.stream()
                .map(h -> h.board() + " " + h.toa() + " " + h.tot() + " " + h.cal() + " " + h.flag())
                .toList();
    }

    private void line(String line, boolean first) {
        if (first
                && line.length() <= LONGEST
                && layout == Layout.BEAM
                && line.replaceFirst("^ +", "").startsWith("min file index")) {
            headerLines++;
            return;
        }
        if (line.length() > LONGEST) {
            malformed++;
        } else if (line.replace(" ", "").isEmpty() || (layout == Layout.WORDS && line.length() <= 2)) {
            idleWords++;
        } else {
            long[] fields = layout == Layout.WORDS ? word(line) : columns(line);
            if (fields.length == 0) {
                malformed++;
            } else if (fields[0] == 2) {
                noHitLines++;
            } else {
                record(fields);
            }
        }
        lines++;
    }

    private void record(long[] f) {
        records.add(new Hit((int) f[0], (int) f[1], (int) f[2], (int) f[3], (int) f[4], firstLine + lines));
        if (f[4] == 1) {
            hits++;
        } else {
            noHitLines++;
        }
    }

    /** Board, TOA, TOT, CAL, flag; nothing if it is no record. */
    private static long[] word(String line) {
        Matcher m = WORD.matcher(line);
        if (!m.matches() || Long.parseLong(m.group(1)) >= 1L << 32) {
            return new long[0];
        }
        String bits = Long.toBinaryString(Long.parseLong(m.group(1)) | 1L << 32).substring(1);
        int[] cuts = {0, 2, 11, 21, 31, 32};
        long[] f = new long[5];
        for (int i = 0; i < 5; i++) {
            f[i] = Long.parseLong(bits.substring(cuts[i], cuts[i + 1]), 2);
        }
        return new long[] {f[0], f[2], f[1], f[3], f[4]};
    }

    private long[] columns(String line) {
        Matcher m = (layout == Layout.FIVE ? FIVE : layout == Layout.FOUR ? FOUR : BEAM).matcher(line);
        if (!m.matches() || (layout == Layout.BEAM && !isTime(m))) {
            return new long[0];
        }
        long[] f = new long[5];
        for (int i = 0; i < 5; i++) {
            f[i] = m.group(i + 1).isEmpty() ? 0 : Long.parseLong(m.group(i + 1));
        }
        boolean possible = Set.of(0L, 1L, 3L).contains(f[0]) && f[1] < 1024 && f[2] < 512 && f[3] < 1024 && f[4] < 2;
        return possible ? f : new long[0];
    }

    private static boolean isTime(Matcher m) {
        int[] t = new int[6];
        for (int i = 0; i < 6; i++) {
            t[i] = Integer.parseInt(m.group(i + 6));
        }
        try {
            return LocalDateTime.of(t[0], t[1], t[2], t[3], t[4], t[5]) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
