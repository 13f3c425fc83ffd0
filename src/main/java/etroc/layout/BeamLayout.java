package etroc.layout;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

/**
 * Beam summary text: {@code board TOA TOT CAL hit YYYY-MM-DD HH:MM:SS} after a first line {@code min file index: ...} that may be missing.
 * The time stamp is that of the raw file; all hits of one raw file share it.
 */
record BeamLayout() implements RecordLayout {
    private static final long serialVersionUID = 1L;
    static final BeamLayout INSTANCE = new BeamLayout();

    private static final byte[] HEADER = "min file index".getBytes(StandardCharsets.US_ASCII);
    private static final int STAMP_LENGTH = 19;
    private static final long MICROS = 1_000_000L;

    @Override
    public String name() {
        return "beam";
    }

    @Override
    public boolean hasDatetime() {
        return true;
    }

    @Override
    public Decoder decoder() {
        return new BeamDecoder();
    }

    private static final class BeamDecoder implements Decoder {
        private final NumberScanner numbers = new NumberScanner();
        private final byte[] lastStamp = new byte[STAMP_LENGTH];
        private long lastMicros;
        private boolean stampKnown;

        @Override
        public int decodeUsual(byte[] b, int from, int limit, HitRecord record) {
            if (!stampKnown || limit - from < 48) {
                return 0;
            }
            int p = from;
            long packed = 0;
            for (int field = 0; field < 5; field++) {
                int value = 0;
                int start = p;
                int digit;
                while ((digit = b[p] - '0') >= 0 && digit <= 9 && p - start < 4) {
                    value = value * 10 + digit;
                    p++;
                }
                if (p == start || b[p] != ' ') {
                    return 0;
                }
                p++;
                packed = packed << 12 | Math.min(value, 0xFFF);
            }
            int end = p + STAMP_LENGTH;
            if (b[end] != '\n' || !Arrays.equals(b, p, end, lastStamp, 0, STAMP_LENGTH)) {
                return 0;
            }
            record.board = (int) (packed >>> 48);
            record.toa = (int) (packed >>> 36) & 0xFFF;
            record.tot = (int) (packed >>> 24) & 0xFFF;
            record.cal = (int) (packed >>> 12) & 0xFFF;
            record.flag = (int) packed & 0xFFF;
            record.datetime = lastMicros;
            return record.checked() == LineKind.MALFORMED ? 0 : end + 1 - from;
        }

        @Override
        public LineKind decode(byte[] b, int from, int to, HitRecord record) {
            numbers.reset(b, from, to);
            int first = numbers.position();
            if (first == to) {
                return LineKind.IDLE;
            }
            if (to - first >= HEADER.length
                    && Arrays.equals(b, first, first + HEADER.length, HEADER, 0, HEADER.length)) {
                return LineKind.HEADER;
            }
            record.board = numbers.nextInt();
            record.toa = numbers.nextInt();
            record.tot = numbers.nextInt();
            record.cal = numbers.nextInt();
            record.flag = numbers.nextInt();
            Malformation problem = numbers.problem();
            if (problem != null) {
                return record.malformed(problem);
            }
            int stamp = numbers.position();
            if (stamp == to) {
                return record.malformed(Malformation.WRONG_COLUMN_COUNT);
            }
            int end = to;
            while (b[end - 1] == ' ') {
                end--;
            }
            if (!readStamp(b, stamp, end)) {
                return record.malformed(Malformation.BAD_TIME_STAMP);
            }
            record.datetime = lastMicros;
            return record.checked();
        }

        private boolean readStamp(byte[] b, int from, int to) {
            if (to - from != STAMP_LENGTH || b[from + 10] != ' ') {
                return false;
            }
            if (stampKnown && Arrays.equals(b, from, to, lastStamp, 0, STAMP_LENGTH)) {
                return true;
            }
            String text = new String(b, from, STAMP_LENGTH, StandardCharsets.US_ASCII);
            try {
                lastMicros = LocalDateTime.parse(text.replace(' ', 'T')).toEpochSecond(ZoneOffset.UTC) * MICROS;
            } catch (DateTimeException e) {
                return false;
            }
            System.arraycopy(b, from, lastStamp, 0, STAMP_LENGTH);
            stampKnown = true;
            return true;
        }
    }
}
