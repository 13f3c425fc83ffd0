package etroc.layout.etroc2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import etroc.Golden;
import etroc.layout.etroc2.FrameRow.HitRow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KcuDecoderTest {
    private static final Path CASE = Golden.mini("etroc2-kcu");

    private record Decoded(List<FrameRow> frames, KcuCounts counts) {}

    private static byte[] file(String name) {
        return Golden.read(CASE.resolve("input").resolve(name));
    }

    private static Decoded whole(byte[] bytes) {
        return sliced(bytes, new long[] {0, bytes.length}, 1 << 16);
    }

    /** Reads slices between the cuts, each by itself, in chunks. */
    private static Decoded sliced(byte[] bytes, long[] cuts, int chunk) {
        List<FrameRow> frames = new ArrayList<>();
        KcuCounts counts = null;
        for (int i = 0; i + 1 < cuts.length; i++) {
            KcuDecoder decoder = new KcuDecoder(cuts[i], cuts[i + 1], f -> frames.add(FrameRow.of(f)));
            int at = (int) Math.min(bytes.length, KcuDecoder.firstByte(cuts[i]));
            while (!decoder.done() && at < bytes.length) {
                int to = Math.min(bytes.length, at + chunk);
                decoder.decode(bytes, at, to);
                at = to;
            }
            decoder.finish();
            counts = counts == null ? decoder.counts() : counts.then(decoder.counts());
        }
        frames.sort(Comparator.comparingLong(FrameRow::line));
        return new Decoded(frames, counts.whole());
    }

    @ParameterizedTest
    @ValueSource(strings = {"500_rb0", "501_rb0", "502_rb0", "503_rb0", "504_rb0", "504_rb1"})
    void readsWhatTheGoldenCaseSays(String run) throws IOException {
        JsonNode expected = Golden.json(CASE.resolve("expected/output_run_" + run + ".json"));
        Decoded read = whole(file("output_run_" + run + ".dat"));
        List<HitRow> hits = StreamSupport.stream(expected.get("hits").spliterator(), false)
                .map(FrameRow::hit)
                .sorted(Comparator.comparingLong(HitRow::line))
                .toList();
        assertThat(read.frames.stream().flatMap(f -> f.data().stream())).containsExactlyInAnyOrderElementsOf(hits);
        assertThat(read.frames.stream().map(FrameRow::without))
                .containsExactlyElementsOf(
                        StreamSupport.stream(expected.get("frames").spliterator(), false)
                                .map(f -> FrameRow.of(f, List.of()))
                                .toList());
        assertCounts(read.counts, expected);
    }

    private static void assertCounts(KcuCounts counts, JsonNode expected) {
        assertThat(counts.records()).isEqualTo(expected.get("records").asLong());
        assertThat(counts.padding()).isEqualTo(expected.get("padding").asLong());
        assertThat(counts.markerMismatches())
                .isEqualTo(expected.get("marker_mismatches").asLong());
        assertThat(counts.trailingBytes())
                .isEqualTo(expected.get("trailing_bytes").asLong());
        assertThat(counts.conserved()).isTrue();
        assertThat(counts.streams()).hasSize(expected.get("streams").size());
        counts.streams()
                .forEach((stream, c) -> assertThat(json(c))
                        .isEqualTo(expected.get("streams")
                                .get(String.valueOf(stream))
                                .toString()));
    }

    private static String json(StreamCounts c) {
        return String.format(
                "{\"header\":%d,\"data\":%d,\"trailer\":%d,\"filler\":%d,\"firmware_filler\":%d,\"reserved\":%d,"
                        + "\"frames\":%d,\"hits\":%d,\"no_trailer\":%d,\"unterminated_data\":%d,\"orphan_data\":%d,"
                        + "\"orphan_trailer\":%d,\"open_at_end\":%d,\"missing_triggers\":%d,\"l1_repeats\":%d,"
                        + "\"l1_jumps\":%d}",
                c.header(),
                c.data(),
                c.trailer(),
                c.filler(),
                c.firmwareFiller(),
                c.reserved(),
                c.frames(),
                c.hits(),
                c.noTrailer(),
                c.unterminatedData(),
                c.orphanData(),
                c.orphanTrailer(),
                c.openAtEnd(),
                c.missingTriggers(),
                c.l1Repeats(),
                c.l1Jumps());
    }

    @Test
    void everyCutInTwoReadsTheSame() {
        byte[] bytes = file("output_run_502_rb0.dat");
        Decoded expected = whole(bytes);
        for (int cut = 0; cut <= bytes.length; cut++) {
            assertThat(sliced(bytes, new long[] {0, cut, bytes.length}, 1000))
                    .as("cut at byte %d", cut)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 8, 13, 64, 1009})
    void manySlicesInChunksOfAnySizeReadTheSame(int chunk) {
        byte[] bytes = file("output_run_502_rb0.dat");
        Decoded expected = whole(bytes);
        Random random = new Random(chunk);
        for (int pieces : new int[] {1, 2, 7, 64, bytes.length}) {
            long[] cuts = random.longs(pieces + 1, 0, bytes.length + 1).sorted().toArray();
            cuts[0] = 0;
            cuts[pieces] = bytes.length;
            assertThat(sliced(bytes, cuts, chunk)).as("%d slices", pieces).isEqualTo(expected);
        }
    }

    /** Words of all kinds in any order on four e-links, so that every state meets every border. */
    @Test
    void wordsInAnyOrderAreConservedAndReadTheSameInSlices() {
        Random random = new Random(5);
        for (int trial = 0; trial < 500; trial++) {
            byte[] bytes = anyOrder(random, 60);
            Decoded expected = whole(bytes);
            assertThat(expected.counts.conserved()).isTrue();
            long[] cuts = random.longs(5, 0, bytes.length + 1).sorted().toArray();
            cuts[0] = 0;
            cuts[4] = bytes.length;
            assertThat(sliced(bytes, cuts, 24)).as("trial %d", trial).isEqualTo(expected);
        }
    }

    private static byte[] anyOrder(Random random, int records) {
        ByteBuffer out = ByteBuffer.allocate(records * KcuDecoder.RECORD).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < records; i++) {
            long word = switch (random.nextInt(6)) {
                case 0, 1 -> ChipWord.header(random.nextInt(256), 0, random.nextInt(3564));
                case 2, 3 -> ChipWord.data(0, random.nextInt(16), random.nextInt(16), 300, 90, 170);
                case 4 -> ChipWord.trailer(3, 0, random.nextInt(3), 7);
                default -> 0x3C5C000000L | (long) (1 + random.nextInt(3)) << 22;
            };
            out.putLong((long) random.nextInt(4) << 40 | word | (random.nextInt(9) == 0 ? 0 : 1L << 48));
        }
        return out.array();
    }

    @Test
    void aFileCutAtEveryByteKeepsTheFramesBefore() {
        byte[] bytes = file("output_run_500_rb0.dat");
        List<FrameRow> all = whole(bytes).frames;
        for (int length = 0; length <= Math.min(bytes.length, 2000); length++) {
            Decoded read = whole(Arrays.copyOf(bytes, length));
            assertThat(read.counts.conserved()).isTrue();
            assertThat(read.counts.trailingBytes()).isEqualTo(length % KcuDecoder.RECORD);
            List<FrameRow> complete =
                    read.frames.stream().filter(FrameRow::complete).toList();
            assertThat(all).containsAll(complete);
            long open = read.counts.streams().values().stream()
                    .mapToLong(StreamCounts::openAtEnd)
                    .sum();
            assertThat(read.frames).hasSize((int) (complete.size() + open));
        }
    }

    @Test
    void randomBytesAreCountedToTheLastOne() {
        Random random = new Random(1);
        for (int trial = 0; trial < 50; trial++) {
            byte[] bytes = new byte[random.nextInt(20_000)];
            random.nextBytes(bytes);
            Decoded read = whole(bytes);
            assertThat(read.counts.conserved()).isTrue();
            assertThat(KcuDecoder.RECORD * read.counts.records() + read.counts.trailingBytes())
                    .isEqualTo(bytes.length);
            assertThat(sliced(bytes, new long[] {0, bytes.length / 3, bytes.length}, 100))
                    .isEqualTo(read);
        }
    }

    /** Headers alone are those that the decoder asks about, whatever else stands in the file. */
    @Test
    void headersAloneAreTheSame() {
        Random random = new Random(8);
        for (int trial = 0; trial < 200; trial++) {
            byte[] bytes = trial == 0 ? file("output_run_502_rb0.dat") : anyOrder(random, 200);
            List<String> all = new ArrayList<>();
            KcuDecoder decoder = new KcuDecoder(0, bytes.length, (s, l1, bcid) -> noted(all, s, l1, bcid), f -> {});
            decoder.decode(bytes, 0, bytes.length);
            List<String> alone = new ArrayList<>();
            KcuDecoder.headers(bytes, 0, bytes.length / 8 * 8, (s, l1, bcid) -> noted(alone, s, l1, bcid));
            assertThat(alone).isEqualTo(all).isNotEmpty();
        }
    }

    private static long noted(List<String> all, int stream, int l1, int bcid) {
        all.add(stream + " " + l1 + " " + bcid);
        return all.size();
    }

    /** Ten million data words of an open frame: it takes so many as it may, and the rest is counted. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aFrameThatDoesNotEndTakesNoMemory(int slices) {
        int words = 10_000_000;
        byte[] chunk = new byte[1 << 16];
        ByteBuffer.wrap(chunk)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer()
                .put(java.util.stream.LongStream.generate(
                                () -> ChipWriter.kcuRecord(3, ChipWord.data(0, 1, 2, 3, 4, 5)))
                        .limit(chunk.length / KcuDecoder.RECORD)
                        .toArray());
        byte[] header = ChipWriter.kcuBytes(ChipWriter.kcuRecord(3, ChipWord.header(1, 0, 2)));
        long size = (words + 1L) * KcuDecoder.RECORD;
        KcuCounts counts = null;
        int[] taken = new int[1];
        for (int s = 0; s < slices; s++) {
            long start = size * s / slices;
            KcuDecoder decoder = new KcuDecoder(start, size * (s + 1) / slices, f -> taken[0] = f.dataWords());
            long at = KcuDecoder.firstByte(start);
            if (at == 0) {
                decoder.decode(header, 0, header.length);
                at = header.length;
            }
            while (at < size && !decoder.done()) {
                int n = (int) Math.min(chunk.length, size - at);
                decoder.decode(chunk, 0, n);
                at += n;
            }
            decoder.finish();
            counts = counts == null ? decoder.counts() : counts.then(decoder.counts());
        }
        StreamCounts stream = counts.whole().streams().get(3);
        assertThat(taken[0]).isEqualTo(Frame.MOST_WORDS);
        assertThat(stream.data()).isEqualTo(words);
        assertThat(stream.unterminatedData()).isEqualTo(Frame.MOST_WORDS);
        assertThat(stream.orphanData()).isEqualTo(words - Frame.MOST_WORDS);
        assertThat(stream.openAtEnd()).isEqualTo(1);
        assertThat(counts.whole().conserved()).isTrue();
    }
}
