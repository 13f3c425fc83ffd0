package etroc.layout.etroc2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import etroc.Golden;
import etroc.InputException;
import etroc.layout.etroc2.FrameRow.HitRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextDecoderTest {
    private static final Path CASE = Golden.mini("etroc2-text");

    /** A frame with its event in the run and the remainder of its CRC. */
    private record Row(FrameRow frame, long event, int syndrome) {}

    private record Decoded(List<Row> frames, List<String> malformed, TextCounts counts) {}

    private static List<String> lines(String... files) {
        List<String> lines = new ArrayList<>();
        for (String file : files) {
            lines.addAll(new String(Golden.read(CASE.resolve("input").resolve(file)), StandardCharsets.US_ASCII)
                    .lines()
                    .toList());
        }
        return lines;
    }

    private static Decoded whole(TextDialect dialect, List<String> lines, Syndromes syndromes) {
        return sliced(dialect, lines, new long[] {0, lines.size()}, syndromes);
    }

    private static Decoded sliced(TextDialect dialect, List<String> lines, long[] cuts, Syndromes syndromes) {
        List<Row> frames = new ArrayList<>();
        List<String> malformed = new ArrayList<>();
        TextCounts counts = null;
        for (int i = 0; i + 1 < cuts.length; i++) {
            long before = counts == null ? 0 : counts.get(TextCount.EVENT_HEADERS);
            Syndromes ofSlice = new Syndromes(dialect);
            TextDecoder decoder = new TextDecoder(dialect, new TextSink() {
                @Override
                public void frame(Frame f) {
                    ofSlice.add(f);
                    frames.add(new Row(FrameRow.of(f), before + f.event(), f.complete() ? f.syndrome() : 0));
                }

                @Override
                public void malformed(String reason, long line) {
                    malformed.add(line + ": " + reason);
                }
            });
            int at = (int) cuts[i];
            while (at < lines.size() && !decoder.done()) {
                if (at == cuts[i + 1]) {
                    decoder.reachBorder();
                    if (decoder.done()) {
                        break;
                    }
                }
                byte[] line = lines.get(at).getBytes(StandardCharsets.US_ASCII);
                decoder.decode(line, 0, line.length, at++);
            }
            decoder.finish();
            syndromes.add(ofSlice);
            counts = counts == null ? decoder.counts() : counts.then(decoder.counts());
        }
        frames.sort(Comparator.comparingLong(r -> r.frame.line()));
        return new Decoded(frames, malformed, counts.whole());
    }

    private static @Nullable Boolean crcOk(JsonNode row) {
        return row.path("crc_ok").isBoolean() ? row.get("crc_ok").asBoolean() : null;
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
    void everyDialectHoldsTheSame(String name, String file) throws IOException {
        List<String> lines = lines(file);
        TextDialect dialect = TextDialect.of(lines, file).orElseThrow();
        assertThat(dialect.optionName()).isEqualTo(name);
        JsonNode expected = Golden.json(CASE.resolve("expected/" + name + ".json"));
        Syndromes syndromes = new Syndromes(dialect);
        Decoded read = whole(dialect, lines, syndromes);
        syndromes.checkOrder(name);

        List<FrameRow> frames = new ArrayList<>();
        expected.get("frames").forEach(f -> frames.add(FrameRow.of(f, List.of())));
        assertThat(read.frames.stream().map(r -> r.frame.without())).containsExactlyElementsOf(frames);
        List<HitRow> hits = new ArrayList<>();
        expected.get("hits").forEach(h -> hits.add(FrameRow.hit(h)));
        assertThat(read.frames.stream().flatMap(r -> r.frame.data().stream())).containsExactlyElementsOf(hits);
        for (int i = 0; i < read.frames.size(); i++) {
            Row row = read.frames.get(i);
            JsonNode f = expected.get("frames").get(i);
            assertThat(syndromes.crcOk(row.frame.stream(), row.syndrome)).isEqualTo(crcOk(f));
            if (dialect.hasEvents()) {
                assertThat(row.event).isEqualTo(f.get("event").asLong());
            }
        }
        assertCounts(read, expected.get("counts"));
    }

    private static void assertCounts(Decoded read, JsonNode expected) {
        TextCounts c = read.counts;
        assertThat(c.conserved()).isTrue();
        assertThat(List.of(
                        c.get(TextCount.LINES),
                        c.get(TextCount.EVENT_HEADERS),
                        c.get(TextCount.HEADERS),
                        c.get(TextCount.DATA),
                        c.get(TextCount.TRAILERS),
                        c.get(TextCount.EVENT_TRAILERS),
                        c.get(TextCount.FILLERS),
                        c.get(TextCount.CLOCK_FILLERS),
                        c.get(TextCount.BLANK),
                        c.get(TextCount.BROKEN),
                        c.get(TextCount.MALFORMED),
                        c.get(TextCount.EVENT_HIT_MISMATCH)))
                .isEqualTo(List.of(
                        expected.get("lines").asLong(),
                        expected.get("EH").asLong(),
                        expected.get("H").asLong(),
                        expected.get("D").asLong(),
                        expected.get("T").asLong(),
                        expected.get("ET").asLong(),
                        expected.get("filler").asLong(),
                        expected.get("clock_fillers").asLong(),
                        expected.path("blank").asLong(),
                        expected.path("broken").asLong(),
                        expected.path("malformed").asLong(),
                        expected.path("event_hit_mismatch").asLong()));
        assertThat(List.of(
                        sum(c, StreamCounts::frames),
                        sum(c, StreamCounts::hits),
                        sum(c, StreamCounts::noTrailer),
                        sum(c, StreamCounts::unterminatedData),
                        sum(c, StreamCounts::orphanData),
                        sum(c, StreamCounts::orphanTrailer),
                        sum(c, StreamCounts::openAtEnd)))
                .isEqualTo(List.of(
                        expected.get("frames").asLong(),
                        expected.get("hits").asLong(),
                        expected.path("no_trailer").asLong(),
                        expected.path("unterminated_data").asLong(),
                        expected.path("orphan_data").asLong(),
                        expected.path("orphan_trailer").asLong(),
                        expected.path("open_at_end").asLong()));
    }

    private static long sum(TextCounts counts, ToLongFunction<StreamCounts> of) {
        return counts.streams().values().stream().mapToLong(of).sum();
    }

    private static List<String> faults() {
        return lines("faults/translated_0.nem", "faults/translated_1.nem");
    }

    @Test
    void faultsAreCountedAndReadingGoesOn() throws IOException {
        JsonNode expected = Golden.json(CASE.resolve("expected/faults.json"));
        int linesOfFirst = lines("faults/translated_0.nem").size();
        Syndromes syndromes = new Syndromes(TextDialect.NEM_2);
        Decoded read = whole(TextDialect.NEM_2, faults(), syndromes);
        assertCounts(read, expected.get("counts"));
        assertThat(read.malformed).containsExactly("7: row 16 out of range", linesOfFirst + 3 + ": unknown line");
        List<HitRow> hits = new ArrayList<>();
        List<@Nullable Boolean> fits = new ArrayList<>();
        expected.get("hits").forEach(h -> {
            hits.add(FrameRow.hit(h).at(h.get("line").asLong() + h.get("split").asLong() * linesOfFirst));
            fits.add(crcOk(h));
        });
        assertThat(read.frames.stream().flatMap(r -> r.frame.data().stream())).containsExactlyElementsOf(hits);
        List<@Nullable Boolean> found = new ArrayList<>();
        read.frames.forEach(r -> r.frame.data().forEach(h -> found.add(syndromes.crcOk(r.frame.stream(), r.syndrome))));
        assertThat(found).isEqualTo(fits);
    }

    @Test
    void everyCutInTwoReadsTheSame() {
        for (TextDialect dialect : List.of(TextDialect.NEM_2, TextDialect.KEYED)) {
            List<String> lines = dialect == TextDialect.KEYED ? lines("keyed/TDC_Data_translated_0.dat") : faults();
            Decoded expected = whole(dialect, lines, new Syndromes(dialect));
            for (int cut = 0; cut <= lines.size(); cut++) {
                assertThat(sliced(dialect, lines, new long[] {0, cut, lines.size()}, new Syndromes(dialect)))
                        .as("%s cut at line %d", dialect, cut)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void linesInAnyOrderAreConservedAndReadTheSameInSlices() {
        String[] kinds = {
            "EH 0001 7 2 4",
            "H 0 1 00 5",
            "H 1 1 00 5",
            "D 0 0 1 2 300 90 170",
            "D 1 0 1 2 300 90 170",
            "T 0 0 1 57",
            "T 1 0 1 57",
            "ET 7",
            "",
            "x",
            "FILLER 0000000000000000"
        };
        Random random = new Random(2);
        for (int trial = 0; trial < 1000; trial++) {
            List<String> lines =
                    random.ints(50, 0, kinds.length).mapToObj(i -> kinds[i]).toList();
            Decoded expected = whole(TextDialect.NEM_1, lines, new Syndromes(TextDialect.NEM_1));
            assertThat(expected.counts.conserved()).isTrue();
            long[] cuts = random.longs(6, 0, lines.size() + 1).sorted().toArray();
            cuts[0] = 0;
            cuts[5] = lines.size();
            assertThat(sliced(TextDialect.NEM_1, lines, cuts, new Syndromes(TextDialect.NEM_1)))
                    .as("trial %d", trial)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "D 0 0b00 3 16 210 55 170|column 16 out of range",
                "D 0 0b00 3 4 1024 55 170|TOA 1024 out of range",
                "D 0 0b00 3 4 210 512 170|TOT 512 out of range",
                "D 0 0b00 3 4 210 55 1024|CAL 1024 out of range",
                "D 4 0b00 3 4 210 55 170|channel 4 out of range",
                "D 0 0b00 3 4 210 55|not a number",
                "D 0 0b00 3 4 210 55 170 1|too many fields",
                "D 0 0b02 3 4 210 55 170|not a number",
                "H 0 256 0b00 719|L1 counter 256 out of range",
                "H 0 12 0b00 4096|BCID 4096 out of range",
                "T 0 64 1 0b1|status 64 out of range",
                "EH 0b0001 65536 9 00|event number 65536 out of range",
                "D 0 0b00 3 4 99999999999999999999 55 170|TOA 1099511627776 out of range"
            })
    void linesOutOfRangeAreMalformed(String line, String reason) {
        Decoded read = whole(TextDialect.NEM_2, List.of(line), new Syndromes(TextDialect.NEM_2));
        assertThat(read.malformed).containsExactly("0: " + reason);
    }

    @Test
    void theCrcTellsThatRowsAreColumns() {
        List<String> lines = lines("nem-0/TDC_Data_translated_0.dat");
        Syndromes wrong = new Syndromes(TextDialect.NEM_1);
        List<String> asNem1 = lines.stream()
                .map(l -> l.replaceAll("^EH (\\d+) (\\d+) .*", "EH $1 $2 1 1"))
                .toList();
        whole(TextDialect.NEM_1, asNem1, wrong);
        assertThatThrownBy(() -> wrong.checkOrder("run 0"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("run 0")
                .hasMessageContaining("nem-0 fits");
    }

    @Test
    void aDialectIsToldByTheFirstDecisiveLine() {
        assertThat(TextDialect.of(List.of("", "junk", "EH 0001 3 000000000101"), "a.nem"))
                .contains(TextDialect.NEM_0);
        assertThat(TextDialect.of(List.of("EH 0001 3 5 13"), "a.dat")).contains(TextDialect.NEM_0);
        assertThat(TextDialect.of(List.of("EH 0001 3 5 13"), "a.nem")).contains(TextDialect.NEM_1);
        assertThat(TextDialect.of(List.of("CLOCK 0000 00001111 240", "EH 3 0 13"), "a.nem"))
                .contains(TextDialect.SEM_1);
        assertThat(TextDialect.of(Arrays.asList("", "x"), "a.nem")).isEmpty();
        for (TextDialect dialect : TextDialect.values()) {
            assertThat(TextDialect.named(dialect.optionName())).contains(dialect);
        }
    }
}
