package etroc.layout;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Split text, {@code "%2d %3d %3d %3d %d\n"}: board, TOA, TOT, CAL, hit flag; the single-chip variant lacks the board, which is 0 then.
 *
 * <p>The usual line of five columns is 17 bytes. It is read as two longs: one comparison shows that all bytes lie in 0x20..0x3F, where the
 * low five bits tell them apart, and each three-byte field is then one look-up in a table that knows blank-padded numbers.
 */
record SplitLayout(int columns) implements RecordLayout {
    private static final long serialVersionUID = 1L;
    static final SplitLayout FIVE = new SplitLayout(5);
    static final SplitLayout FOUR = new SplitLayout(4);

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int USUAL_LENGTH = 17;
    private static final long HIGH_BITS = 0xE0E0E0E0E0E0E0E0L;
    private static final long BLANK_OR_DIGIT = 0x2020202020202020L;
    private static final int LOW = 0x1F;
    /** Low bits of a blank. */
    private static final int BLANK = 0;
    /** Value of three characters, each given by its low five bits, the first one lowest; -1 if they are no blank-padded number. */
    private static final short[] THREE = threeCharacters();
    /** Board of two characters; -1 if they are none. */
    private static final byte[] BOARD = boards();

    private static short[] threeCharacters() {
        short[] values = new short[1 << 15];
        Arrays.fill(values, (short) -1);
        for (int value = 0; value < 1000; value++) {
            String text = HitText.padded(value, 3);
            values[low(text, 0) | low(text, 1) << 5 | low(text, 2) << 10] = (short) value;
        }
        return values;
    }

    private static byte[] boards() {
        byte[] values = new byte[1 << 10];
        Arrays.fill(values, (byte) -1);
        for (int board : new int[] {0, 1, 3}) {
            String text = HitText.padded(board, 2);
            values[low(text, 0) | low(text, 1) << 5] = (byte) board;
        }
        return values;
    }

    private static int low(String text, int i) {
        return text.charAt(i) & LOW;
    }

    @Override
    public String name() {
        return "split";
    }

    @Override
    public boolean hasDatetime() {
        return false;
    }

    @Override
    public Decoder decoder() {
        return new SplitDecoder(columns);
    }

    private static final class SplitDecoder implements Decoder {
        private final int columns;
        private final NumberScanner numbers = new NumberScanner();

        SplitDecoder(int columns) {
            this.columns = columns;
        }

        @Override
        public int decodeUsual(byte[] b, int from, int limit, HitRecord record) {
            if (columns != 5 || limit - from < USUAL_LENGTH || b[from + 16] != '\n') {
                return 0;
            }
            long first = (long) LONG.get(b, from); // " b ttt T": board, TOA, first character of TOT
            long second = (long) LONG.get(b, from + 8); // "TT CCC f"
            int board = BOARD[low(first, 0) | low(first, 1) << 5];
            int toa = THREE[low(first, 3) | low(first, 4) << 5 | low(first, 5) << 10];
            int tot = THREE[low(first, 7) | low(second, 0) << 5 | low(second, 1) << 10];
            int cal = THREE[low(second, 3) | low(second, 4) << 5 | low(second, 5) << 10];
            int flag = low(second, 7) - ('0' & LOW);
            boolean bytesFit = ((first & HIGH_BITS) == BLANK_OR_DIGIT) && ((second & HIGH_BITS) == BLANK_OR_DIGIT);
            int blanks = low(first, 2) | low(first, 6) | low(second, 2) | low(second, 6);
            if (!bytesFit
                    || blanks != BLANK
                    || (board | toa | tot | cal) < 0
                    || (flag & ~1) != 0
                    || tot > HitRecord.MAX_TOT) {
                return 0;
            }
            record.board = board;
            record.toa = toa;
            record.tot = tot;
            record.cal = cal;
            record.flag = flag;
            return USUAL_LENGTH;
        }

        private static int low(long bytes, int i) {
            return (int) (bytes >>> (8 * i)) & LOW;
        }

        @Override
        public LineKind decode(byte[] b, int from, int to, HitRecord record) {
            numbers.reset(b, from, to);
            if (numbers.position() == to) {
                return LineKind.IDLE;
            }
            record.board = columns == 5 ? numbers.nextInt() : 0;
            record.toa = numbers.nextInt();
            record.tot = numbers.nextInt();
            record.cal = numbers.nextInt();
            record.flag = numbers.nextInt();
            numbers.expectEnd();
            Malformation problem = numbers.problem();
            return problem == null ? record.checked() : record.malformed(problem);
        }
    }
}
