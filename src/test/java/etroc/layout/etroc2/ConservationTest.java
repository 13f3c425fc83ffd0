package etroc.layout.etroc2;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.Golden;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Valid files with words flipped, deleted and inserted at random places: every word is counted once, as a count by the letters of words says, which
 * shares nothing with the decoders, and the counts are the same in one piece and in seven.
 */
class ConservationTest {
    private static final int TRIALS = 150;
    private static final int PIECES = 7;

    /** Changes a list at some places. */
    private static <T> List<T> mutated(
            List<T> of, Random random, Supplier<T> made, java.util.function.UnaryOperator<T> flip) {
        List<T> all = new ArrayList<>(of);
        for (int i = random.nextInt(12); i >= 0 && !all.isEmpty(); i--) {
            int place = random.nextInt(all.size());
            switch (random.nextInt(5)) {
                case 0 -> all.remove(place);
                case 1 -> all.add(place, made.get());
                case 2 -> all.add(place, all.get(random.nextInt(all.size())));
                case 3 ->
                    all.subList(place, Math.min(all.size(), place + random.nextInt(4)))
                            .clear();
                default -> all.set(place, flip.apply(all.get(place)));
            }
        }
        return all;
    }

    private static int[] cuts(Random random, int size) {
        int[] cuts = random.ints(PIECES + 1, 0, size + 1).sorted().toArray();
        cuts[0] = 0;
        cuts[PIECES] = size;
        return cuts;
    }

    /** H, D, T, and F for all others, by the word's digits. */
    private static char letter(long word) {
        String digits = String.format("%40s", Long.toBinaryString(word)).replace(' ', '0');
        if (digits.startsWith("1")) {
            return 'D';
        }
        return digits.startsWith("0011110001011100") ? (digits.startsWith("00", 16) ? 'H' : 'F') : 'T';
    }

    private static long count(String of, String pattern) {
        return Pattern.compile(pattern).matcher(of).results().count();
    }

    /** What the letters of a stream's unit say. */
    private static Map<String, Long> expected(String letters) {
        Map<String, Long> n = new TreeMap<>();
        n.put("header", count(letters, "H"));
        n.put("data", count(letters, "D"));
        n.put("trailer", count(letters, "T"));
        n.put("frames", count(letters, "H[DF]*T"));
        n.put("no_trailer", count(letters, "H[DF]*(?=H)"));
        n.put("open_at_end", count(letters, "H[DF]*$"));
        Matcher whole = Pattern.compile("H([DF]*)T").matcher(letters);
        n.put("hits", whole.results().mapToLong(m -> count(m.group(1), "D")).sum());
        Matcher broken = Pattern.compile("H([DF]*)(?=H|$)").matcher(letters);
        n.put(
                "unterminated_data",
                broken.results().mapToLong(m -> count(m.group(1), "D")).sum());
        String outside = letters.replaceAll("H[DF]*(T|(?=H)|$)", "");
        n.put("orphan_data", count(outside, "D"));
        n.put("orphan_trailer", count(outside, "T"));
        return n;
    }

    private static void agrees(StreamCounts counts, Map<String, Long> expected) {
        Map<String, Long> own = new TreeMap<>(counts.named());
        own.keySet().retainAll(expected.keySet());
        assertThat(own).isEqualTo(expected);
    }

    private static KcuCounts kcu(byte[] bytes, int[] cuts) {
        KcuCounts sum = null;
        for (int i = 0; i + 1 < cuts.length; i++) {
            KcuDecoder decoder = new KcuDecoder(cuts[i], cuts[i + 1], f -> {});
            int from = (int) Math.min(bytes.length, KcuDecoder.firstByte(cuts[i]));
            decoder.decode(bytes, from, bytes.length);
            decoder.finish();
            sum = sum == null ? decoder.counts() : sum.then(decoder.counts());
        }
        return sum.whole();
    }

    @ParameterizedTest
    @CsvSource({"500", "501", "502"})
    void recordsOfAFile(int run) {
        byte[] file = Golden.read(Golden.mini("etroc2-kcu").resolve("input/output_run_" + run + "_rb0.dat"));
        List<Long> records = new ArrayList<>();
        ByteBuffer words = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        while (words.remaining() >= 8) {
            records.add(words.getLong());
        }
        Random random = new Random(run);
        for (int trial = 0; trial < TRIALS; trial++) {
            List<Long> changed = mutated(records, random, random::nextLong, r -> r ^ 1L << random.nextInt(Long.SIZE));
            byte[] bytes = ChipWriter.kcuBytes(
                    changed.stream().mapToLong(Long::longValue).toArray());
            KcuCounts counts = kcu(bytes, new int[] {0, bytes.length});
            assertThat(counts.conserved()).isTrue();
            assertThat(kcu(bytes, cuts(random, bytes.length)))
                    .as("trial %d", trial)
                    .isEqualTo(counts);
            Map<Integer, StringBuilder> letters = new TreeMap<>();
            long padding = 0;
            for (long record : changed) {
                long word = record & 0xFFFFFFFFFFL;
                boolean pad = (record >>> 48 & 3) == 0
                        && letter(word) != 'D'
                        && (word == 0 || Integer.compareUnsigned((int) word, 256) <= 0);
                padding += pad ? 1 : 0;
                if (!pad) {
                    letters.computeIfAbsent((int) (record >>> 40 & 0xFF), s -> new StringBuilder())
                            .append(letter(word));
                }
            }
            assertThat(counts.padding()).isEqualTo(padding);
            assertThat(counts.streams()).hasSameSizeAs(letters);
            letters.forEach((stream, l) -> agrees(counts.streams().get(stream), expected(l.toString())));
        }
    }

    private static final FpgaSink NOTHING = new FpgaSink() {
        @Override
        public void frame(Frame frame, FpgaEvent event) {}

        @Override
        public void event(FpgaEvent event) {}

        @Override
        public void error(FpgaError error, long position) {}
    };

    private static FpgaCounts fpga(int[] words, int[] cuts) {
        FpgaCounts sum = null;
        long entry = 0;
        for (int i = 0; i + 1 < cuts.length; i++) {
            FpgaDecoder decoder = new FpgaDecoder(entry, cuts[i + 1], NOTHING);
            decoder.decode(words, (int) entry, words.length, true);
            entry = decoder.position();
            sum = sum == null ? decoder.counts() : sum.then(decoder.counts());
        }
        return sum;
    }

    /** The words of a run, one after the other as formats 7 has them, as text with one letter a word; events as their chip words' letters. */
    private static List<String> items(int[] words, List<Integer> masks) {
        List<String> items = new ArrayList<>();
        for (int p = 0; p < words.length; p++) {
            String hex = String.format("%08x", words[p]);
            if (hex.startsWith("c3a3c3a") && p + 1 < words.length && words[p + 1] >>> 28 == 1) {
                int n = words[p + 1] >> 2 & 1023;
                int end = p + 2 + (int) Math.ceil(40 * n / 32.0);
                if (end < words.length && words[end] >>> 26 == 11) {
                    StringBuilder bits = new StringBuilder();
                    for (int i = p + 2; i < end; i++) {
                        bits.append(String.format("%32s", Integer.toBinaryString(words[i]))
                                .replace(' ', '0'));
                    }
                    StringBuilder event = new StringBuilder("E");
                    for (int k = 0; k < n; k++) {
                        event.append(letter(Long.parseLong(bits.substring(40 * k, 40 * k + 40), 2)));
                    }
                    items.add(event.toString());
                    masks.add(words[p] & 15);
                    p = end;
                    continue;
                }
            }
            items.add(
                    words[p] == 0
                            ? "zero"
                            : hex.startsWith("556")
                                    ? "fifo"
                                    : hex.startsWith("559")
                                            ? "clock"
                                            : hex.startsWith("553")
                                                    ? "clock2"
                                                    : hex.startsWith("5555") ? "old" : "unknown");
        }
        return items;
    }

    @Test
    void wordsOfARun() {
        byte[] file = Golden.read(Golden.mini("etroc2-fpga").resolve("input/clean/file_0.bin"));
        List<Integer> words = Arrays.stream(FpgaScanner.words(file)).boxed().toList();
        Random random = new Random(7);
        for (int trial = 0; trial < TRIALS; trial++) {
            int[] changed = mutated(words, random, random::nextInt, w -> w ^ 1 << random.nextInt(32)).stream()
                    .mapToInt(Integer::intValue)
                    .toArray();
            FpgaCounts counts = fpga(changed, new int[] {0, changed.length});
            assertThat(counts.conserved()).isTrue();
            assertThat(fpga(changed, cuts(random, changed.length)))
                    .as("trial %d", trial)
                    .isEqualTo(counts);
            if (counts.get(FpgaCount.RAW_DUMP_WORDS) > 0) {
                continue; // the letters know no dumps
            }
            List<Integer> masks = new ArrayList<>();
            List<String> items = items(changed, masks);
            List<String> events = items.stream().filter(i -> i.startsWith("E")).toList();
            assertThat(counts.get(FpgaCount.EVENTS)).isEqualTo(events.size());
            assertThat(counts.get(FpgaCount.CHIP_WORDS))
                    .isEqualTo(String.join("", events).length() - events.size());
            Map.of(
                            FpgaCount.ZERO_WORDS, "zero",
                            FpgaCount.FIFO_FILLERS, "fifo",
                            FpgaCount.CLOCK_FILLERS, "clock",
                            FpgaCount.CLOCK2_FILLERS, "clock2",
                            FpgaCount.OLD_FILLERS, "old",
                            FpgaCount.UNKNOWN_WORDS, "unknown")
                    .forEach((what, name) -> assertThat(counts.get(what))
                            .as(name)
                            .isEqualTo(items.stream().filter(name::equals).count()));
            agreesInEvents(counts, events, masks);
        }
    }

    /** The k-th header is that of the k-th channel; words behind a trailer are outside. */
    private static void agreesInEvents(FpgaCounts counts, List<String> events, List<Integer> masks) {
        Map<Integer, Long> hits = new TreeMap<>();
        long outside = 0;
        long missing = 0;
        for (int e = 0; e < events.size(); e++) {
            List<Integer> channels = new ArrayList<>();
            for (int c = 0; c < 4; c++) {
                if ((masks.get(e) >> c & 1) != 0) {
                    channels.add(c);
                }
            }
            String[] frames = events.get(e).substring(1).split("(?=H)", -1);
            for (String f : frames) {
                Matcher frame = Pattern.compile("H([DF]*)(T?)").matcher(f);
                if (!frame.lookingAt() || channels.isEmpty()) {
                    outside += f.length();
                    continue;
                }
                outside += f.length() - frame.end();
                int channel = channels.remove(0);
                if (!frame.group(2).isEmpty()) {
                    hits.merge(channel, count(frame.group(1), "D"), Long::sum);
                }
            }
            missing += channels.size();
        }
        assertThat(counts.get(FpgaCount.WORDS_OUTSIDE_FRAMES)).isEqualTo(outside);
        assertThat(counts.get(FpgaCount.MISSING_FRAMES)).isEqualTo(missing);
        counts.streams().forEach((channel, c) -> assertThat(c.hits()).isEqualTo(hits.getOrDefault(channel, 0L)));
    }
}
