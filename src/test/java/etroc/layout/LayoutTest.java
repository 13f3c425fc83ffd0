package etroc.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutTest {
    /** {@code kind} or {@code kind board toa tot cal flag}, as the quick and the careful decoder see a line. */
    private static String decode(RecordLayout layout, String line) {
        byte[] bytes = (line + "\n" + " ".repeat(64)).getBytes(StandardCharsets.ISO_8859_1);
        RecordLayout.Decoder decoder = layout.decoder();
        HitRecord careful = new HitRecord();
        LineKind kind = decoder.decode(bytes, 0, line.length(), careful);
        HitRecord quick = new HitRecord();
        int used = decoder.decodeUsual(bytes, 0, bytes.length, quick);
        if (used > 0) {
            assertThat(used).isEqualTo(line.length() + 1);
            assertThat(text(quick)).as(line).isEqualTo(text(careful));
            assertThat(kind).as(line).isIn(LineKind.HIT, LineKind.NO_HIT);
        }
        return kind == LineKind.HIT || kind == LineKind.NO_HIT ? kind + " " + text(careful) : kind.toString();
    }

    private static String text(HitRecord r) {
        return r.board + " " + r.toa + " " + r.tot + " " + r.cal + " " + r.flag;
    }

    /** An independent reading of split text. */
    private static String oracle(String line) {
        String trimmed = line.replaceAll("^ +| +$", "");
        if (trimmed.isEmpty()) {
            return "IDLE";
        }
        String[] fields = trimmed.split(" +");
        int[] limits = {3, 1023, 511, 1023, 1};
        if (fields.length != 5) {
            return "MALFORMED";
        }
        for (int i = 0; i < 5; i++) {
            if (!fields[i].matches("[0-9]{1,9}") || Integer.parseInt(fields[i]) > limits[i]) {
                return "MALFORMED";
            }
        }
        if (Integer.parseInt(fields[0]) == 2) {
            return "MALFORMED";
        }
        StringBuilder numbers = new StringBuilder();
        for (String field : fields) {
            numbers.append(' ').append(Integer.parseInt(field));
        }
        return (fields[4].replaceFirst("^0+(?=.)", "").equals("1") ? "HIT" : "NO_HIT") + numbers;
    }

    @Test
    void splitTextAgreesWithAnOracleOnManyMutatedLines() {
        Random random = new Random(7);
        String odd = " 0123456789\rxP-@.,\u00ff";
        int records = 0;
        for (int i = 0; i < 200_000; i++) {
            String line = String.format(
                    Locale.ROOT,
                    "%2d %3d %3d %3d %d",
                    new int[] {0, 1, 2, 3}[random.nextInt(4)],
                    random.nextInt(1100),
                    random.nextInt(560),
                    random.nextInt(1100),
                    random.nextInt(2));
            if (random.nextInt(3) == 0) {
                int at = random.nextInt(line.length());
                line = line.substring(0, at) + odd.charAt(random.nextInt(odd.length())) + line.substring(at + 1);
            }
            String decoded = decode(SplitLayout.FIVE, line);
            assertThat(decoded).as("'" + line + "'").isEqualTo(oracle(line));
            records += decoded.contains("HIT") ? 1 : 0;
        }
        assertThat(records).isGreaterThan(50_000);
    }

    @Test
    void usualSplitLinesGoTheQuickWay() {
        byte[] line = HitText.split(3, 393, 29, 144, 1).getBytes(StandardCharsets.US_ASCII);
        assertThat(SplitLayout.FIVE.decoder().decodeUsual(line, 0, line.length, new HitRecord()))
                .isEqualTo(17);
    }

    @Test
    void fourColumnsAreBoardZero() {
        assertThat(decode(SplitLayout.FOUR, "393  29 144 1")).isEqualTo("HIT 0 393 29 144 1");
        assertThat(decode(SplitLayout.FOUR, " 0 393  29 144 1")).isEqualTo("MALFORMED");
    }

    @ParameterizedTest
    @CsvSource({
        "1221091671,HIT 1 268 70 171 1",
        "0,IDLE",
        "'',IDLE",
        "17,IDLE",
        "38912,NO_HIT 0 19 0 0 0",
        "9961472,NO_HIT 0 768 4 0 0",
        "2550136832,NO_BOARD",
        "4294967295,HIT 3 1023 511 1023 1",
        "4294967296,MALFORMED",
        "12 34567,MALFORMED",
        "0x1234,MALFORMED",
        "-1234,MALFORMED",
    })
    void wordsHaveTheirBitsWhereTheFormatSays(String line, String expected) {
        assertThat(decode(WordLayout.INSTANCE, line)).isEqualTo(expected);
    }

    @Test
    void wordsOfAWriterComeBack() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            int board = new int[] {0, 1, 3}[random.nextInt(3)];
            int toa = random.nextInt(1024);
            int tot = random.nextInt(512);
            int cal = random.nextInt(1024);
            String line = HitText.word(board, toa, tot, cal, 1).trim();
            if (line.length() > 2) {
                assertThat(decode(WordLayout.INSTANCE, line))
                        .isEqualTo("HIT " + board + " " + toa + " " + tot + " " + cal + " 1");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0 165 106 146 1 2022-04-08 01:00:00,HIT 0 165 106 146 1",
        "3 165 106 146 0 2022-04-08 01:00:00,NO_HIT 3 165 106 146 0",
        "2 165 106 146 1 2022-04-08 01:00:00,MALFORMED",
        "0 165 106 146 1 2022-13-08 01:00:00,MALFORMED",
        "0 165 106 146 1 2022-04-08T01:00:00,MALFORMED",
        "0 165 106 146 1,MALFORMED",
        "0 165 106 146 1 2022-04-08,MALFORMED",
        "0 1650 106 146 1 2022-04-08 01:00:00,MALFORMED",
        "'min file index: 0, max file index: 299',HEADER",
    })
    void beamLines(String line, String expected) {
        assertThat(decode(BeamLayout.INSTANCE, line)).isEqualTo(expected);
    }

    @Test
    void beamLinesOfOneRawFileGoTheQuickWay() {
        byte[] lines =
                (HitText.beam(0, 1, 2, 3, 1, "2022-04-08 01:00:00").repeat(3)).getBytes(StandardCharsets.US_ASCII);
        RecordLayout.Decoder decoder = BeamLayout.INSTANCE.decoder();
        HitRecord record = new HitRecord();
        assertThat(decoder.decodeUsual(lines, 0, lines.length, record)).isZero();
        decoder.decode(lines, 0, 29, record);
        long stamp = record.datetime;
        record.datetime = 0;
        assertThat(decoder.decodeUsual(lines, 30, lines.length, record)).isEqualTo(30);
        assertThat(record.datetime).isEqualTo(stamp).isEqualTo(1_649_379_600_000_000L);
    }
}
