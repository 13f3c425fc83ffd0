package etroc.layout;

/** Lines of the text layouts, for whoever writes data; the counterpart of the layouts' decoders. */
public final class HitText {
    private HitText() {}

    /** A line of split text with five columns. */
    public static String split(int board, int toa, int tot, int cal, int flag) {
        return padded(board, 2) + " " + padded(toa, 3) + " " + padded(tot, 3) + " " + padded(cal, 3) + " " + flag
                + "\n";
    }

    /** A line of split text with four columns, of a single chip. */
    public static String split(int toa, int tot, int cal, int flag) {
        return padded(toa, 3) + " " + padded(tot, 3) + " " + padded(cal, 3) + " " + flag + "\n";
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

    /** A number with blanks before it, in the digits of ASCII whatever the language of the machine. */
    static String padded(int value, int width) {
        String text = Integer.toString(value);
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
