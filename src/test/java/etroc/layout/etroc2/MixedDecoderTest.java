package etroc.layout.etroc2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import etroc.Golden;
import etroc.layout.etroc2.FrameRow.HitRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixedDecoderTest {
    private static final Path CASE = Golden.mini("etroc2-emulator");

    private record Decoded(List<FrameRow> frames, List<Long> events, MixedCounts counts) {}

    private static List<String> lines(int file) {
        return new String(Golden.read(CASE.resolve("input/TDC_Data_" + file + ".dat")), StandardCharsets.US_ASCII)
                .lines()
                .toList();
    }

    private static Decoded decoded(List<String> lines) {
        List<FrameRow> frames = new ArrayList<>();
        List<Long> events = new ArrayList<>();
        MixedDecoder decoder = new MixedDecoder(new CounterEvents(8, Map.of()), f -> {
            frames.add(FrameRow.of(f));
            events.add(f.event());
        });
        long number = 0;
        for (String line : lines) {
            byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
            long word = FpgaText.word(bytes, 0, bytes.length);
            if (word == FpgaText.MALFORMED) {
                decoder.malformed();
                number++;
            } else {
                decoder.decode(word, number++);
            }
        }
        decoder.finish();
        assertThat(decoder.counts().whole().conserved()).isTrue();
        return new Decoded(frames, events, decoder.counts());
    }

    @Test
    void readsWhatTheGoldenCaseSays() throws IOException {
        JsonNode expected = Golden.json(CASE.resolve("expected/TDC_Data_0.json"));
        Decoded read = decoded(lines(0));
        assertThat(read.frames.stream().map(FrameRow::without))
                .containsExactlyElementsOf(
                        StreamSupport.stream(expected.get("frames").spliterator(), false)
                                .map(f -> FrameRow.of(f, List.of()))
                                .toList());
        assertThat(read.events)
                .containsExactlyElementsOf(
                        StreamSupport.stream(expected.get("frames").spliterator(), false)
                                .map(f -> f.get("event").asLong())
                                .toList());
        List<HitRow> hits = StreamSupport.stream(expected.get("hits").spliterator(), false)
                .map(FrameRow::hit)
                .toList();
        assertThat(read.frames.stream().flatMap(f -> f.data().stream())).containsExactlyElementsOf(hits);
        Map<String, Long> named = read.counts.named();
        expected.get("counts")
                .fields()
                .forEachRemaining(c -> assertThat(named.get(c.getKey()))
                        .as(c.getKey())
                        .isEqualTo(c.getValue().asLong()));
        JsonNode stream = expected.get("streams").get("0");
        assertThat(named.get("0 unsynced_bits"))
                .isEqualTo(stream.get("unsynced_bits").asLong());
        StreamCounts counts = read.counts.streams().get(0);
        stream.fields().forEachRemaining(c -> {
            if (!c.getKey().equals("unsynced_bits")) {
                assertThat(counts.named().get(c.getKey()))
                        .as(c.getKey())
                        .isEqualTo(c.getValue().asLong());
            }
        });
    }

    private static List<Integer> good(Decoded read) {
        return read.frames.stream()
                .filter(f -> f.complete() && (f.faults() & FrameFault.CRC.bit()) == 0)
                .map(f -> f.l1() - 3)
                .toList();
    }

    @Test
    void aLostSliceCostsTheFrameAroundIt() throws IOException {
        JsonNode expected = Golden.json(CASE.resolve("expected/TDC_Data_1.json"));
        List<Integer> frames = new ArrayList<>();
        expected.get("frames_with_good_crc").forEach(f -> frames.add(f.asInt()));
        Decoded read = decoded(lines(1));
        assertThat(good(read)).containsExactlyElementsOf(frames);
        assertThat(read.counts.named().get("0 losses_of_step")).isPositive();
    }

    /** Whichever slice is lost, of twelve frames one or, at the border of two, two are lost. */
    @Test
    void anySliceMayBeLost() {
        List<String> lines = lines(0);
        for (int i = 0; i < lines.size(); i++) {
            List<String> fewer = new ArrayList<>(lines);
            fewer.remove(i);
            assertThat(good(decoded(fewer)).size()).as("without line %d", i).isGreaterThanOrEqualTo(10);
        }
    }

    @Test
    void isRecognised() {
        byte[] head = String.join("\n", lines(0)).getBytes(StandardCharsets.US_ASCII);
        assertThat(Etroc2Layout.of(head, "TDC_Data_0.dat", head.length)).contains(Etroc2Layout.MIXED);
    }

    /** Words of an ETROC1 at random: those of board 3 look like slices, and among so many bits some look like a header. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void wordsOfEtroc1AreNot(int seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append(random.nextLong(3L << 30, 1L << 32)).append('\n');
        }
        byte[] head = text.toString().getBytes(StandardCharsets.US_ASCII);
        assertThat(Etroc2Layout.of(head, "TDC_Data_0.dat", head.length)).isEmpty();
    }
}
