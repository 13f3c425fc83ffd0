package etroc.layout.etroc2;

/** Lines of one FPGA word each: 32 binary digits, or an unsigned decimal number. */
public final class FpgaText {
    /** What {@link #word} says of a line that is no word. */
    public static final long MALFORMED = -1;

    private static final long MAX_WORD = 0xFFFFFFFFL;
    private static final int MAX_DECIMAL = 10;

    private FpgaText() {}

    /**
     * The word of a line.
     *
     * @param from first byte of the line
     * @param to end of the line, without its line end
     * @return 0 to 2^32 - 1, or {@link #MALFORMED}
     */
    public static long word(byte[] line, int from, int to) {
        int end = to;
        int begin = from;
        while (end > begin && line[end - 1] == ' ') {
            end--;
        }
        while (begin < end && line[begin] == ' ') {
            begin++;
        }
        int digits = end - begin;
        boolean binary = digits == Integer.SIZE;
        if (digits == 0 || (digits > MAX_DECIMAL && !binary)) {
            return MALFORMED;
        }
        int base = binary ? 2 : 10;
        long word = 0;
        for (int i = begin; i < end; i++) {
            int digit = line[i] - '0';
            if (digit < 0 || digit >= base) {
                return MALFORMED;
            }
            word = word * base + digit;
        }
        return word <= MAX_WORD ? word : MALFORMED;
    }
}
