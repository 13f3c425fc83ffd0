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
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FpgaDecoderTest {
    private static final Path CASE = Golden.mini("etroc2-fpga");

    private record EventRow(
            long position,
            int number,
            int mask,
            int words,
            int type,
            int hits,
            int overflow,
            int hamming,
            int crc,
            int frames) {}

    private record ErrorRow(String error, long position) {}

    private record Decoded(
            List<FrameRow> frames,
            List<Long> framePositions,
            List<EventRow> events,
            List<Long> clocks,
            List<ErrorRow> errors,
            FpgaCounts counts) {
        FpgaCounts whole() {
            var streams = new java.util.TreeMap<>(counts.streams());
            streams.replaceAll((channel, c) -> c.whole());
            return new FpgaCounts(counts.counts(), streams);
        }
    }

    private static final class Rows implements FpgaSink {
        final Decoded into;
        final long clocksBefore;

        Rows(Decoded into, long clocksBefore) {
            this.into = into;
            this.clocksBefore = clocksBefore;
        }

        @Override
        public void frame(Frame frame, FpgaEvent event) {
            into.frames.add(FrameRow.of(frame));
            into.framePositions.add(event.position());
        }

        @Override
        public void event(FpgaEvent e) {
            into.events.add(new EventRow(
                    e.position(),
                    e.number(),
                    e.mask(),
                    e.words(),
                    e.type(),
                    e.hitsDeclared(),
                    e.overflow(),
                    e.hamming(),
                    e.crc(),
                    e.frames()));
            into.clocks.add(clocksBefore + e.clockFillersBefore());
        }

        @Override
        public void error(FpgaError error, long position) {
            into.errors.add(new ErrorRow(error.name().toLowerCase(Locale.ROOT), position));
        }
    }

    private static Decoded empty(FpgaCounts counts) {
        return new Decoded(
                new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), counts);
    }

    private static Decoded whole(int[] words) {
        return sliced(words, new long[] {0, words.length}, FpgaDecoder.LOOKAHEAD + 1);
    }

    /** First finds where reading enters each slice, each slice by itself, then reads each. */
    private static Decoded sliced(int[] words, long[] cuts, int window) {
        Decoded all = empty(new FpgaCounts(java.util.Map.of(), java.util.Map.of()));
        FpgaCounts counts = null;
        long entry = 0;
        for (int i = 0; i + 1 < cuts.length; i++) {
            long clocks = counts == null ? 0 : counts.get(FpgaCount.CLOCK_FILLERS);
            FpgaDecoder decoder = new FpgaDecoder(entry, cuts[i + 1], new Rows(all, clocks));
            while (!decoder.done()) {
                int from = (int) decoder.position();
                int to = Math.min(words.length, from + window);
                decoder.decode(Arrays.copyOfRange(words, from, to), 0, to - from, to == words.length);
            }
            counts = counts == null ? decoder.counts() : counts.then(decoder.counts());
            entry = passage(words, cuts[i], cuts[i + 1], window).exit(entry);
            assertThat(entry).as("where slice %d is left", i).isEqualTo(Math.max(decoder.position(), entry));
        }
        return new Decoded(all.frames, all.framePositions, all.events, all.clocks, all.errors, counts);
    }

    private static FpgaPassages.Passage passage(int[] words, long start, long end, int window) {
        FpgaPassages passages = new FpgaPassages(start, end);
        int position = (int) start;
        while (!passages.done()) {
            int to = Math.min(words.length, position + window);
            position +=
                    passages.walk(Arrays.copyOfRange(words, position, to), to - position, to == words.length, position);
        }
        return passages.passage();
    }

    private static int[] words(byte[] bytes) {
        int[] words = new int[bytes.length / 4];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
        return words;
    }

    private static int[] run(String name) {
        int files = name.equals("clean") ? 3 : 1;
        return IntStream.range(0, files)
                .mapToObj(i -> words(Golden.read(CASE.resolve("input/" + name + "/file_" + i + ".bin"))))
                .flatMapToInt(Arrays::stream)
                .toArray();
    }

    private static RunPlaces places(String name) {
        return name.equals("clean") ? RunPlaces.of(652 / 4, 668 / 4, 708 / 4) : RunPlaces.of(1978 / 4);
    }

    private static JsonNode expected(String name) throws IOException {
        return Golden.json(CASE.resolve("expected/" + name + ".json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"clean", "faults"})
    void readsWhatTheGoldenCaseSays(String name) throws IOException {
        JsonNode expected = expected(name);
        Decoded read = whole(run(name));
        assertFrames(read, places(name), expected);
        assertEvents(read, places(name), expected);
        for (FpgaCount what : FpgaCount.values()) {
            JsonNode count = expected.get("counts").get(what.name().toLowerCase(Locale.ROOT));
            if (count != null) {
                assertThat(read.counts.get(what)).as(what.name()).isEqualTo(count.asLong());
            }
        }
        assertThat(read.whole().conserved()).isTrue();
        read.whole().streams().forEach((channel, c) -> {
            JsonNode s = expected.get("streams").get(String.valueOf(channel));
            assertThat(List.of(c.header(), c.data(), c.trailer(), c.frames(), c.hits()))
                    .isEqualTo(List.of(
                            s.get("header").asLong(),
                            s.get("data").asLong(),
                            s.get("trailer").asLong(),
                            s.get("frames").asLong(),
                            s.get("hits").asLong()));
            assertThat(List.of(c.noTrailer(), c.unterminatedData(), c.openAtEnd()))
                    .isEqualTo(List.of(
                            s.get("no_trailer").asLong(),
                            s.get("unterminated_data").asLong(),
                            s.get("open_at_end").asLong()));
        });
    }

    private static void assertFrames(Decoded read, RunPlaces places, JsonNode expected) {
        List<FrameRow> frames = new ArrayList<>();
        List<HitRow> hits = new ArrayList<>();
        for (int i = 0; i < read.frames.size(); i++) {
            int file = places.file(read.framePositions.get(i));
            FrameRow f = read.frames.get(i);
            frames.add(f.without().at(places.line(f.line(), file)));
            f.data().forEach(h -> hits.add(h.at(places.line(h.line(), file))));
        }
        List<FrameRow> expectedFrames = new ArrayList<>();
        expected.get("frames").forEach(f -> expectedFrames.add(FrameRow.of(f, List.of())));
        List<HitRow> expectedHits = new ArrayList<>();
        expected.get("hits").forEach(h -> expectedHits.add(FrameRow.hit(h)));
        assertThat(frames).containsExactlyElementsOf(expectedFrames);
        assertThat(hits).containsExactlyElementsOf(expectedHits);
    }

    private static void assertEvents(Decoded read, RunPlaces places, JsonNode expected) {
        List<EventRow> events = new ArrayList<>();
        List<Long> clocks = new ArrayList<>();
        for (JsonNode e : expected.get("events")) {
            events.add(new EventRow(
                    places.firstWord()[e.get("split").asInt()] + e.get("line").asLong(),
                    e.get("number").asInt(),
                    e.get("mask").asInt(),
                    e.get("words").asInt(),
                    e.get("type").asInt(),
                    e.get("hits").asInt(),
                    e.get("overflow").asInt(),
                    e.get("hamming").asInt(),
                    e.get("crc").asInt(),
                    e.get("frames").asInt()));
            clocks.add(e.get("clock_fillers_before").asLong());
        }
        assertThat(read.events).containsExactlyElementsOf(events);
        assertThat(read.clocks).isEqualTo(clocks);
        List<ErrorRow> errors = new ArrayList<>();
        expected.get("errors")
                .forEach(e -> errors.add(new ErrorRow(
                        e.get("error").asText(),
                        places.firstWord()[e.get("split").asInt()]
                                + e.get("line").asLong())));
        assertThat(read.errors).isEqualTo(errors);
    }

    @ParameterizedTest
    @CsvSource({"clean-lines", "clean-decimal"})
    void textLinesHoldTheSameWords(String name) {
        byte[] text = Golden.read(CASE.resolve("input/" + name + "/TDC_Data_0.dat"));
        List<Integer> words = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '\n') {
                long word = FpgaText.word(text, from, i);
                assertThat(word).isNotEqualTo(FpgaText.MALFORMED);
                words.add((int) word);
                from = i + 1;
            }
        }
        assertThat(words)
                .containsExactlyElementsOf(
                        Arrays.stream(run("clean")).filter(w -> w != 0).boxed().toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "x", "4294967296", "-1", "1 2", "00000000000000000000000000000012", "010101010101"})
    void linesThatAreNoWordAreMalformed(String line) {
        byte[] bytes = line.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        assertThat(FpgaText.word(bytes, 0, bytes.length)).isEqualTo(FpgaText.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"clean", "faults"})
    void everyCutInTwoReadsTheSame(String name) {
        int[] words = run(name);
        Decoded expected = whole(words);
        for (int cut = 0; cut <= words.length; cut++) {
            Decoded read = sliced(words, new long[] {0, cut, words.length}, FpgaDecoder.LOOKAHEAD + 1);
            assertThat(read).as("cut at word %d", cut).isEqualTo(expected);
        }
    }

    /** Words out of which events, dumps and fillers come about by chance, some within one another. */
    @Test
    void wordsInAnyOrderAreConservedAndReadTheSameInSlices() {
        Random random = new Random(3);
        for (int trial = 0; trial < 150; trial++) {
            int[] words = anyOrder(random, 400);
            Decoded expected = whole(words);
            assertThat(expected.whole().conserved()).isTrue();
            for (int pieces : new int[] {2, 7}) {
                long[] cuts =
                        random.longs(pieces + 1, 0, words.length + 1).sorted().toArray();
                cuts[0] = 0;
                cuts[pieces] = words.length;
                assertThat(sliced(words, cuts, FpgaDecoder.LOOKAHEAD + 1))
                        .as("trial %d", trial)
                        .isEqualTo(expected);
            }
        }
    }

    private static int[] anyOrder(Random random, int length) {
        int[] kinds = {0xC3A3C3AF, 0x2C000000, 0x5555AAAA, 0x55AA55AA, 0x3C5C3CC9, 0x55900000, 0, 0x569C3038};
        int[] words = new int[length];
        for (int i = 0; i < length; i++) {
            boolean second = i > 0 && words[i - 1] == kinds[0];
            boolean again = i > 0 && random.nextInt(2) == 0 && (words[i - 1] & 0xFF) == 0xAA;
            words[i] = second
                    ? 0x10000000 | random.nextInt(5) << 2
                    : again ? words[i - 1] : kinds[random.nextInt(kinds.length)];
        }
        return words;
    }

    /** A raw dump that is longer than a slice, and one that is too long to be one. */
    @ParameterizedTest
    @CsvSource({"9998, 10002, 0", "9999, 0, 2"})
    void dumpsReachAcrossSlices(int inside, long dumpWords, long oldFillers) {
        int[] words = new int[inside + 200];
        Arrays.fill(words, 50, 50 + inside, 0x12345678);
        Arrays.fill(words, 48, 50, FpgaScanner.DUMP_START);
        Arrays.fill(words, 50 + inside, 52 + inside, FpgaScanner.DUMP_END);
        Decoded expected = whole(words);
        assertThat(expected.counts.get(FpgaCount.RAW_DUMP_WORDS)).isEqualTo(dumpWords);
        assertThat(expected.counts.get(FpgaCount.OLD_FILLERS)).isEqualTo(oldFillers);
        long[] cuts = new long[8];
        for (int i = 0; i < 8; i++) {
            cuts[i] = (long) words.length * i / 7;
        }
        assertThat(sliced(words, cuts, FpgaDecoder.LOOKAHEAD + 1)).isEqualTo(expected);
    }

    @Test
    void aRunOfDumpStartsTakesNoSearchForEach() {
        int[] words = new int[3_000_000];
        Arrays.fill(words, FpgaScanner.DUMP_START);
        FpgaDecoder decoder = new FpgaDecoder(0, words.length, new Rows(empty(null), 0));
        long begin = System.nanoTime();
        decoder.decode(words, 0, words.length, true);
        assertThat(decoder.counts().get(FpgaCount.OLD_FILLERS)).isEqualTo(words.length);
        assertThat((System.nanoTime() - begin) / 1e9).isLessThan(5);
    }

    @Test
    void aRunCutAtEveryWordKeepsTheEventsBefore() {
        int[] words = run("clean");
        List<EventRow> all = whole(words).events;
        for (int length = 0; length < words.length; length++) {
            Decoded read = whole(Arrays.copyOf(words, length));
            int end = length;
            long cut = all.stream()
                    .filter(e -> e.position < end && e.position + 3 + FpgaScanner.payload(e.words) > end)
                    .count();
            assertThat(read.whole().conserved()).isTrue();
            assertThat(read.counts.get(FpgaCount.CUT_AT_END)).isEqualTo(cut);
            assertThat(read.events).isEqualTo(all.subList(0, read.events.size()));
            assertThat(read.events.size() + cut)
                    .isEqualTo(all.stream().filter(e -> e.position < end).count());
        }
    }
}
