package etroc.layout;

import etroc.InputException;
import etroc.UsageException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Finds the layout of a file by looking at its first lines and its name. */
public final class Layouts {
    public static final String AUTO = "auto";

    private static final List<RecordLayout> KNOWN =
            List.of(SplitLayout.FIVE, SplitLayout.FOUR, WordLayout.INSTANCE, BeamLayout.INSTANCE);

    /** To be named: its lines could as well be words of another layout; {@link etroc.layout.etroc2.Etroc2Layout} recognises it. */
    private static final RecordLayout NAMED_ONLY = MixedLayout.INSTANCE;

    private static final int LINES_LOOKED_AT = 100;
    /** Bytes at the beginning of a file that are looked at. */
    static final int HEAD = 64 * 1024;

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Layouts() {}

    /** The layouts that a value of the option {@code layout} allows. */
    public static List<RecordLayout> named(String option) {
        if (option.equalsIgnoreCase(NAMED_ONLY.name())) {
            return List.of(NAMED_ONLY);
        }
        List<RecordLayout> layouts = KNOWN.stream()
                .filter(l -> option.equalsIgnoreCase(AUTO) || option.equalsIgnoreCase(l.name()))
                .toList();
        if (layouts.isEmpty()) {
            throw new UsageException("layout '" + option + "' is unknown; possible: auto, split, words, beam, mixed");
        }
        return layouts;
    }

    /**
     * The layout that most of the first lines fit; where none fits any, the one that the name suggests, so that its lines are counted as malformed.
     *
     * @param head first bytes of the file
     * @param length how many of them are valid
     * @param whole whether the file ends there
     * @throws InputException if neither lines nor name tell
     */
    static RecordLayout detect(List<RecordLayout> allowed, byte[] head, int length, boolean whole, String path) {
        if (allowed.size() == 1 || length == 0) {
            return allowed.get(0);
        }
        List<int[]> lines = lines(head, length, whole);
        RecordLayout best = null;
        int bestFits = 0;
        for (RecordLayout layout : allowed) {
            int fits = fits(layout, head, lines);
            if (fits > bestFits) {
                bestFits = fits;
                best = layout;
            }
        }
        if (best != null) {
            return best;
        }
        return byName(allowed, path, head, lines);
    }

    private static List<int[]> lines(byte[] head, int length, boolean whole) {
        List<int[]> lines = new ArrayList<>();
        int from = 0;
        while (from < length && lines.size() < LINES_LOOKED_AT) {
            int to = SliceReader.indexOfLineEnd(head, from, length);
            if (to < 0) {
                if (!whole && !lines.isEmpty()) {
                    break;
                }
                to = length;
            }
            lines.add(new int[] {from, SliceReader.withoutCarriageReturn(head, from, to)});
            from = to + 1;
        }
        return lines;
    }

    private static int fits(RecordLayout layout, byte[] head, List<int[]> lines) {
        RecordLayout.Decoder decoder = layout.decoder();
        HitRecord record = new HitRecord();
        int fits = 0;
        for (int[] line : lines) {
            boolean blank = line[0] == line[1];
            LineKind kind = blank ? LineKind.MALFORMED : decoder.decode(head, line[0], line[1], record);
            if (kind != LineKind.MALFORMED && (kind != LineKind.IDLE || isBlankOrDigit(head[line[0]]))) {
                fits++;
            }
        }
        return fits;
    }

    /** An idle word of other characters speaks for no layout. */
    private static boolean isBlankOrDigit(byte b) {
        return b == ' ' || (b >= '0' && b <= '9');
    }

    private static RecordLayout byName(List<RecordLayout> allowed, String path, byte[] head, List<int[]> lines) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        String suggested = name.contains("Split")
                ? "split"
                : name.startsWith("TDC_Data") ? "words" : name.contains("Beam") ? "beam" : "";
        return allowed.stream()
                .filter(l -> l.name().equals(suggested))
                .findFirst()
                .orElseThrow(() -> {
                    String first = lines.isEmpty() ? "" : quoted(head, lines.get(0)[0], lines.get(0)[1]);
                    return new InputException(
                            path + ", line 1: found " + first
                                    + ", which is no line of split text (5 or 4 columns), raw words or beam summary text; set the layout");
                });
    }

    /** The text of a line for messages and tables: at most 200 characters, other than printable ones as {@code \xNN}. */
    static String printable(byte[] bytes, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to && text.length() < 200; i++) {
            int c = bytes[i] & 0xFF;
            if (c >= 0x20 && c < 0x7F) {
                text.append((char) c);
            } else {
                text.append("\\x").append(HEX.toHexDigits(bytes[i]));
            }
        }
        return to - from > 200 ? text + "..." : text.toString();
    }

    private static String quoted(byte[] bytes, int from, int to) {
        return "'" + printable(bytes, from, Math.min(to, from + 80)) + "'";
    }
}
