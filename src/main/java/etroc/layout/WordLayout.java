package etroc.layout;

/**
 * Raw words: one 32-bit unsigned decimal integer a line. Bits 31..30 board id (2 = no board), 29..21 TOT, 20..11 TOA, 10..1 CAL, 0 hit flag;
 * a line of two characters or fewer is an idle word. Source: src/docs/formats.md, "ETROC1 words".
 */
record WordLayout() implements RecordLayout {
    private static final long serialVersionUID = 1L;
    static final WordLayout INSTANCE = new WordLayout();

    private static final long MAX_WORD = 0xFFFFFFFFL;
    private static final int NO_BOARD = 2;
    private static final int MAX_IDLE_LENGTH = 2;

    @Override
    public String name() {
        return "words";
    }

    @Override
    public boolean hasDatetime() {
        return false;
    }

    @Override
    public Decoder decoder() {
        return new WordDecoder();
    }

    /** The word of a hit, for writers. */
    static long word(int board, int toa, int tot, int cal, int flag) {
        return (long) board << 30 | (long) tot << 21 | (long) toa << 11 | (long) cal << 1 | flag;
    }

    private static final class WordDecoder implements Decoder {
        private final NumberScanner numbers = new NumberScanner();

        @Override
        public int decodeUsual(byte[] b, int from, int limit, HitRecord record) {
            long word = 0;
            int end = Math.min(limit, from + 11);
            for (int i = from; i < end; i++) {
                int digit = b[i] - '0';
                if (digit < 0 || digit > 9) {
                    boolean usual = b[i] == '\n' && i - from > MAX_IDLE_LENGTH && word <= MAX_WORD;
                    return usual && fill(word, record) != LineKind.NO_BOARD ? i - from + 1 : 0;
                }
                word = word * 10 + digit;
            }
            return 0;
        }

        private static LineKind fill(long word, HitRecord record) {
            record.board = (int) (word >>> 30);
            record.tot = (int) (word >>> 21) & HitRecord.MAX_TOT;
            record.toa = (int) (word >>> 11) & HitRecord.MAX_TOA;
            record.cal = (int) (word >>> 1) & HitRecord.MAX_CAL;
            record.flag = (int) word & 1;
            if (record.board == NO_BOARD) {
                return LineKind.NO_BOARD;
            }
            return record.flag == 1 ? LineKind.HIT : LineKind.NO_HIT;
        }

        @Override
        public LineKind decode(byte[] b, int from, int to, HitRecord record) {
            numbers.reset(b, from, to);
            int first = numbers.position();
            if (first == to || to - from <= MAX_IDLE_LENGTH) {
                return LineKind.IDLE;
            }
            long word = numbers.next();
            numbers.expectEnd();
            Malformation problem = numbers.problem();
            if (problem != null) {
                return record.malformed(problem);
            }
            if (word > MAX_WORD) {
                return record.malformed(Malformation.WORD_OUT_OF_RANGE);
            }
            return fill(word, record);
        }
    }
}
