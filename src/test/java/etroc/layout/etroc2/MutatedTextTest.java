package etroc.layout.etroc2;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.Golden;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines deleted, doubled, exchanged and changed at random places: all are counted once, the same in one piece and in seven. */
class MutatedTextTest {
    private static final int TRIALS = 150;
    private static final String TYPED = "0123456789 xHDTE-";

    private static List<String> mutated(List<String> of, Random random) {
        List<String> lines = new ArrayList<>(of);
        for (int i = random.nextInt(12); i >= 0; i--) {
            int place = random.nextInt(lines.size());
            String line = lines.get(place);
            switch (random.nextInt(5)) {
                case 0 -> lines.remove(place);
                case 1 -> lines.add(place, line);
                case 2 -> lines.add(place, lines.get(random.nextInt(lines.size())));
                case 3 -> lines.set(place, line.substring(0, random.nextInt(line.length() + 1)));
                default -> {
                    int c = random.nextInt(line.length() + 1);
                    char typed = TYPED.charAt(random.nextInt(TYPED.length()));
                    lines.set(place, line.substring(0, c) + typed + line.substring(Math.min(line.length(), c + 1)));
                }
            }
        }
        return lines;
    }

    private static List<String> lines(String golden) {
        return new String(
                        Golden.read(Golden.mini(golden.split("/", 2)[0]).resolve(golden.split("/", 2)[1])),
                        StandardCharsets.US_ASCII)
                .lines()
                .toList();
    }

    private static TextCounts text(TextDialect dialect, List<String> lines, int[] cuts) {
        TextCounts sum = null;
        for (int i = 0; i + 1 < cuts.length; i++) {
            TextDecoder decoder = new TextDecoder(dialect, new TextSink() {
                @Override
                public void frame(Frame frame) {}

                @Override
                public void malformed(String reason, long line) {}
            });
            for (int at = cuts[i]; at < lines.size() && !decoder.done(); at++) {
                if (at == cuts[i + 1]) {
                    decoder.reachBorder();
                }
                byte[] line = lines.get(at).getBytes(StandardCharsets.US_ASCII);
                if (!decoder.done()) {
                    decoder.decode(line, 0, line.length, at);
                }
            }
            decoder.finish();
            sum = sum == null ? decoder.counts() : sum.then(decoder.counts());
        }
        return sum.whole();
    }

    @ParameterizedTest
    @CsvSource({
        "keyed, keyed/TDC_Data_translated_0.dat",
        "nem-0, nem-0/TDC_Data_translated_0.dat",
        "nem-1, nem-1/TDC_Data_translated_0.nem",
        "nem-2, nem-2/translated_0.nem",
        "sem-1, sem-1/file_0.sem",
        "sem-2, sem-2/file_0.nem"
    })
    void translatedText(String name, String file) {
        TextDialect dialect = TextDialect.named(name).orElseThrow();
        List<String> whole = lines("etroc2-text/input/" + file);
        Random random = new Random(name.hashCode());
        for (int trial = 0; trial < TRIALS; trial++) {
            List<String> lines = mutated(whole, random);
            TextCounts counts = text(dialect, lines, new int[] {0, lines.size()});
            assertThat(counts.conserved()).isTrue();
            assertThat(counts.get(TextCount.LINES)).isEqualTo(lines.size());
            assertThat(counts.get(TextCount.BLANK))
                    .isEqualTo(lines.stream().filter(String::isBlank).count());
            long words = lines.stream()
                    .filter(l -> l.matches(name.equals("keyed") ? "ETROC2 \\d (HEADER|DATA|TRAILER) .*" : "[HDT] .*"))
                    .count();
            long read = counts.get(TextCount.HEADERS) + counts.get(TextCount.DATA) + counts.get(TextCount.TRAILERS);
            assertThat(read).isBetween(words - counts.get(TextCount.MALFORMED), words);
            int[] cuts = random.ints(8, 0, lines.size() + 1).sorted().toArray();
            cuts[0] = 0;
            cuts[7] = lines.size();
            assertThat(text(dialect, lines, cuts)).as("trial %d", trial).isEqualTo(counts);
        }
    }

    /** The words of a bit string, found by searching the text of the bits. */
    private static long[] wordsAndRest(String bits) {
        String header = "001111000101110000[01]{22}";
        String filler = "00111100010111001[01]{23}";
        String data = "1[01]{39}";
        String trailer = "(?!0011110001011100)0[01]{39}";
        long words = 0;
        long rest = 0;
        String last = "";
        int p = 0;
        while (p + 40 <= bits.length()) {
            String word = bits.substring(p, p + 40);
            String next = p + 80 <= bits.length() ? bits.substring(p + 40, p + 80) : "";
            String inFrame = "(" + data + "|" + trailer + ")";
            String between = "(" + header + "|" + filler + ")";
            if (!last.isEmpty() && !word.matches(last.matches(header + "|" + data) ? inFrame : between)) {
                last = "";
            }
            boolean begins = word.matches(header)
                    ? next.isEmpty() || next.matches(inFrame)
                    : word.matches(filler) && (next.isEmpty() || next.matches(between));
            if (!last.isEmpty() || begins) {
                words++;
                last = word;
                p += 40;
            } else {
                rest++;
                p++;
            }
        }
        return new long[] {words, rest + bits.length() - p};
    }

    @Test
    void mixedLines() {
        List<String> whole = lines("etroc2-emulator/input/TDC_Data_0.dat");
        Random random = new Random(9);
        for (int trial = 0; trial < TRIALS; trial++) {
            MixedDecoder decoder = new MixedDecoder(HeaderEvents.NONE, f -> {});
            StringBuilder bits = new StringBuilder();
            for (String line : mutated(whole, random)) {
                byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
                long word = FpgaText.word(bytes, 0, bytes.length);
                if (word == FpgaText.MALFORMED) {
                    decoder.malformed();
                    continue;
                }
                decoder.decode(word, 0);
                String digits = String.format("%32s", Long.toBinaryString(word)).replace(' ', '0');
                bits.append(digits.startsWith("1100") ? digits.substring(4) : "");
            }
            decoder.finish();
            MixedCounts counts = decoder.counts();
            assertThat(counts.whole().conserved()).isTrue();
            long[] expected = wordsAndRest(bits.toString());
            Map<String, Long> named = counts.named();
            assertThat(counts.streams().get(0).words()).isEqualTo(expected[0]);
            assertThat(named.get("0 unsynced_bits")).isEqualTo(expected[1]);
        }
    }
}
