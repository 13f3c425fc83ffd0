package etroc.layout;

/** Lines of the text layouts, for whoever writes data; the counterpart of the layouts' decoders. */
public final class HitText {
    private HitText() {}

    /** A line of split text with five columns. */
    public static String split(int board, int toa, int tot, int cal, int flag) {
        StringBuilder line = new StringBuilder(18);
        padded(line, board, 2);
        padded(line.append(' '), toa, 3);
        padded(line.append(' '), tot, 3);
        padded(line.append(' '), cal, 3);
        return line.append(' ').append(flag).append('\n').toString();
    }

    /** A line of raw words. */
    public static String word(int board, int toa, int tot, int cal, int flag) {
        return WordLayout.word(board, toa, tot, cal, flag) + "\n";
    }

    /**
     * A line of beam summary text.
     *
     * @param datetime {@code YYYY-MM-DD HH:MM:SS}
     */
    public static String beam(int board, int toa, int tot, int cal, int flag, String datetime) {
        return board + " " + toa + " " + tot + " " + cal + " " + flag + " " + datetime + "\n";
    }

    private static void padded(StringBuilder line, int value, int width) {
        String text = Integer.toString(value);
        line.append(" ".repeat(Math.max(0, width - text.length()))).append(text);
    }
}
