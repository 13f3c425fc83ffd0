package etroc.source.etroc2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import etroc.Golden;
import etroc.InputException;
import etroc.SharedSession;
import etroc.runs.StreamFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The data source on golden cases, cut into as many pieces as there are partitions. */
class Etroc2SourceSparkTest {
    private static final List<String> FRAME = List.of(
            "split",
            "line",
            "event",
            "stream",
            "l1_counter",
            "frame_type",
            "bcid",
            "data_words",
            "complete",
            "chip_id",
            "status",
            "hits_declared",
            "frame_faults",
            "crc_ok");
    private static final List<String> HIT = List.of(
            "split",
            "line",
            "event",
            "stream",
            "chip_id",
            "bcid",
            "l1_counter",
            "frame_type",
            "ea",
            "column",
            "row",
            "time_of_arrival",
            "time_over_threshold",
            "calibration_code",
            "frame_faults",
            "crc_ok");

    @TempDir
    Path directory;

    /** Copies the files of a golden case to where they are files as a DAQ leaves them. */
    private Path unpacked(String inCase) throws IOException {
        Path from = Golden.mini(inCase.substring(0, inCase.indexOf('/')))
                .resolve(inCase.substring(inCase.indexOf('/') + 1));
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString().replaceFirst("\\.gz$", "");
                Files.write(directory.resolve(name), Golden.read(file.resolveSibling(name)));
            }
        }
        return directory;
    }

    private Dataset<Row> read(String table, int partitions, String... options) {
        var reader = SharedSession.get()
                .read()
                .format("etroc2")
                .option("table", table)
                .option("partitions", partitions);
        for (int i = 0; i < options.length; i += 2) {
            reader.option(options[i], options[i + 1]);
        }
        return reader.load(directory.toString());
    }

    private static List<List<@Nullable Object>> rows(Dataset<Row> of, List<String> columns) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Row row : of.collectAsList()) {
            List<@Nullable Object> values = new ArrayList<>();
            columns.forEach(c -> values.add(row.getAs(c) instanceof Long l ? (Object) l.intValue() : row.getAs(c)));
            rows.add(values);
        }
        return rows;
    }

    private static @Nullable Object value(JsonNode node, String key) {
        JsonNode value = node.path(key);
        return value.isMissingNode() || value.isNull()
                ? null
                : value.isBoolean() ? (Object) value.asBoolean() : value.asInt();
    }

    private static List<List<@Nullable Object>> expected(JsonNode of, List<String> keys) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        of.forEach(n -> {
            List<@Nullable Object> row = new ArrayList<>();
            keys.forEach(k -> row.add(k.equals("split") && !n.has("split") ? Integer.valueOf(0) : value(n, k)));
            rows.add(row);
        });
        return rows;
    }

    private static List<List<@Nullable Object>> frames(JsonNode of) {
        return expected(
                of,
                List.of(
                        "split",
                        "line",
                        "event",
                        "stream",
                        "l1",
                        "type",
                        "bcid",
                        "data_words",
                        "complete",
                        "chip",
                        "status",
                        "hits",
                        "faults",
                        "crc_ok"));
    }

    private static List<List<@Nullable Object>> hits(JsonNode of) {
        return expected(
                of,
                List.of(
                        "split",
                        "line",
                        "event",
                        "stream",
                        "chip",
                        "bcid",
                        "l1",
                        "type",
                        "ea",
                        "col",
                        "row",
                        "toa",
                        "tot",
                        "cal",
                        "frame_faults",
                        "crc_ok"));
    }

    /** Frames of the golden cases have no chip and no faults where they are not complete, and hits no place of their file but their own. */
    private void agrees(String run, JsonNode expected, int partitions, boolean splits) {
        List<List<@Nullable Object>> found = new ArrayList<>(
                rows(read("frames", partitions).where("run = '" + run + "'").orderBy("frame"), FRAME));
        List<List<@Nullable Object>> frames = frames(expected.get("frames"));
        assertThat(found).hasSameSizeAs(frames);
        for (int i = 0; i < frames.size(); i++) {
            List<@Nullable Object> own = found.get(i);
            if (Boolean.FALSE.equals(own.get(8))) {
                own.set(9, frames.get(i).get(9));
                own.set(12, frames.get(i).get(12));
            }
            if (!splits) {
                own.set(0, 0);
                frames.get(i).set(0, 0);
            }
        }
        assertThat(found).isEqualTo(frames);
        assertThat(rows(read("hits", partitions).where("run = '" + run + "'"), HIT))
                .containsExactlyInAnyOrderElementsOf(hits(expected.get("hits")));
    }

    @ParameterizedTest
    @CsvSource({"500,1", "500,7", "501,2", "502,1", "502,2", "502,7", "502,64", "503,1"})
    void recordsOfAFile(String run, int partitions) throws IOException {
        String name = "output_run_" + run + "_rb0";
        Files.write(
                directory.resolve(name + ".dat"),
                Golden.read(Golden.mini("etroc2-kcu").resolve("input/" + name + ".dat")));
        JsonNode expected = Golden.json(Golden.mini("etroc2-kcu").resolve("expected/" + name + ".json"));
        agrees("output_run_" + run, expected, partitions, true);
        if (!run.equals("503")) {
            assertCounts(expected.get("streams"), partitions);
        }
    }

    private void assertCounts(JsonNode streams, int partitions) {
        Map<String, Long> counts = new TreeMap<>();
        read("quality", partitions)
                .where("stream is not null")
                .collectAsList()
                .forEach(r -> counts.merge(
                        r.<Integer>getAs("stream") + " " + r.getAs("counter"), r.<Long>getAs("count"), Long::sum));
        Map<String, Long> wanted = new TreeMap<>();
        streams.fields()
                .forEachRemaining(s -> s.getValue().fields().forEachRemaining(c -> {
                    if (c.getValue().asLong() != 0) {
                        wanted.put(s.getKey() + " " + c.getKey(), c.getValue().asLong());
                    }
                }));
        counts.keySet().removeIf(k -> !wanted.containsKey(k) && k.matches(".*(missing_triggers|l1_repeats|l1_jumps)"));
        assertThat(counts).isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void twoReadoutBoardsAreJoined(int partitions) throws IOException {
        for (int board = 0; board < 2; board++) {
            String name = "output_run_504_rb" + board + ".dat";
            Files.write(
                    directory.resolve(name),
                    Golden.read(Golden.mini("etroc2-kcu").resolve("input/" + name)));
        }
        for (int board = 0; board < 2; board++) {
            JsonNode expected =
                    Golden.json(Golden.mini("etroc2-kcu").resolve("expected/output_run_504_rb" + board + ".json"));
            List<Object> events = new ArrayList<>();
            expected.get("frames").forEach(f -> events.add(f.get("event").asInt()));
            List<Object> found = new ArrayList<>();
            rows(read("frames", partitions).where("split = " + board).orderBy("line"), List.of("event"))
                    .forEach(r -> found.add(r.get(0)));
            assertThat(found).isEqualTo(events);
        }
        assertThat(read("frames", partitions).select("event").distinct().count())
                .isEqualTo(30);
        assertThat(rows(
                        read("frames", partitions)
                                .groupBy("split", "chip_id", "data_board_id")
                                .count()
                                .orderBy("split"),
                        List.of("split", "chip_id", "data_board_id", "count")))
                .containsExactly(List.of(0, 65, 0, 30), List.of(1, 69, 1, 29));
    }

    @ParameterizedTest
    @CsvSource({"clean,1", "clean,2", "clean,7", "clean,64", "faults,1", "faults,7", "clean-lines,1", "clean-decimal,7"
    })
    void wordsOfARun(String name, int partitions) throws IOException {
        Path golden = Golden.mini("etroc2-fpga");
        unpacked("etroc2-fpga/input/" + name);
        JsonNode expected = Golden.json(golden.resolve("expected/" + name.replaceFirst("-.*", "") + ".json"));
        if (name.startsWith("clean-")) { // zero words are not among the lines, so that lines differ
            assertThat(rows(read("hits", partitions), HIT.subList(2, HIT.size())))
                    .containsExactlyInAnyOrderElementsOf(hits(expected.get("hits")).stream()
                            .map(h -> h.subList(2, h.size()))
                            .toList());
            return;
        }
        agrees(directory.getFileName().toString(), expected, partitions, false);
        assertThat(rows(
                        read("events", partitions).orderBy("event"),
                        List.of(
                                "event",
                                "split",
                                "line",
                                "event_number",
                                "mask",
                                "words",
                                "frames",
                                "clock_fillers_before")))
                .isEqualTo(expected(
                        expected.get("events"),
                        List.of(
                                "event",
                                "split",
                                "line",
                                "number",
                                "mask",
                                "words",
                                "frames",
                                "clock_fillers_before")));
        Map<String, Long> counts = new TreeMap<>();
        read("quality", partitions)
                .where("stream is null")
                .collectAsList()
                .forEach(r -> counts.merge(r.getAs("counter"), r.<Long>getAs("count"), Long::sum));
        expected.get("counts")
                .fields()
                .forEachRemaining(c -> assertThat(counts.getOrDefault(c.getKey(), 0L))
                        .as(c.getKey())
                        .isEqualTo(c.getValue().asLong()));
    }

    @ParameterizedTest
    @CsvSource({"keyed,1", "keyed,7", "nem-0,1", "nem-1,7", "nem-2,64", "sem-1,2", "sem-2,7"})
    void translatedText(String name, int partitions) throws IOException {
        unpacked("etroc2-text/input/" + name);
        JsonNode expected = Golden.json(Golden.mini("etroc2-text").resolve("expected/" + name + ".json"));
        agrees(directory.getFileName().toString(), expected, partitions, true);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void damagedTextGivesWhatIsWhole(int partitions) throws IOException {
        unpacked("etroc2-text/input/faults");
        JsonNode expected = Golden.json(Golden.mini("etroc2-text").resolve("expected/faults.json"));
        assertThat(rows(read("hits", partitions), HIT)).containsExactlyInAnyOrderElementsOf(hits(expected.get("hits")));
        var options = Etroc2Options.of(Map.of("partitions", Integer.toString(partitions)));
        var conf = SharedSession.get().sessionState().newHadoopConf();
        List<StreamRun> runs = StreamRuns.of(StreamFiles.list(List.of(directory.toString()), conf), options, conf);
        try (Etroc2Reading reading = Etroc2Reading.of(SharedSession.get(), runs, options)) {
            JsonNode counts = expected.get("counts");
            for (String name : List.of(
                    "lines",
                    "blank",
                    "broken",
                    "malformed",
                    "frames",
                    "hits",
                    "no_trailer",
                    "unterminated_data",
                    "orphan_data",
                    "orphan_trailer",
                    "open_at_end",
                    "event_hit_mismatch")) {
                assertThat(reading.quality().sum(name))
                        .as(name)
                        .isEqualTo(counts.get(name).asLong());
            }
            assertThat(reading.quality().errors())
                    .extracting(f -> f.split() + " " + f.line())
                    .containsExactly("0 7", "1 3");
            assertThat(reading.quality().errors().get(0).text()).contains("16");
        }
    }

    @Test
    void layoutsSideBySideAreAnError() throws IOException {
        unpacked("etroc2-fpga/input/clean");
        unpacked("etroc2-text/input/nem-2");
        assertThatThrownBy(() -> read("hits", 1).count())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("several layouts lie side by side")
                .hasMessageContaining("fpga (as ")
                .hasMessageContaining("nem (as ");
        assertThat(read("hits", 1, "layout", "nem").count())
                .isEqualTo(read("hits", 1, "layout", "fpga").count());
    }

    @Test
    void anythingElseIsRefused() throws IOException {
        byte[] noise = new byte[5000];
        new java.util.Random(7).nextBytes(noise);
        Files.write(directory.resolve("file_0.bin"), noise);
        assertThatThrownBy(() -> read("hits", 1).count())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("file_0.bin is no ETROC2 data: tried FPGA words");
    }
}
