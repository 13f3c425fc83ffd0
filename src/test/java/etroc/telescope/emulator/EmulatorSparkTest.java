package etroc.telescope.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import etroc.CommandRun;
import etroc.Golden;
import etroc.SharedSession;
import etroc.Sqlite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mixed word lines through the command line. */
class EmulatorSparkTest {
    @TempDir
    Path directory;

    private Path data(String name, byte[] bytes) throws IOException {
        Path data = Files.createDirectories(directory.resolve("data"));
        Files.write(data.resolve(name), bytes);
        return data;
    }

    private static List<List<Integer>> rows(Path out, String table, String... columns) throws IOException {
        List<List<Integer>> rows = new ArrayList<>();
        Path place = Sqlite.latest(out).resolve("tables/" + table + ".parquet");
        for (Row row : SharedSession.get().read().parquet(place.toString()).collectAsList()) {
            rows.add(List.of(columns).stream()
                    .map(c -> row.<Number>getAs(c).intValue())
                    .toList());
        }
        return rows;
    }

    private static List<List<Integer>> expected(JsonNode of, String... keys) {
        List<List<Integer>> rows = new ArrayList<>();
        of.forEach(
                n -> rows.add(List.of(keys).stream().map(k -> n.get(k).asInt()).toList()));
        return rows;
    }

    @Test
    void theGoldenCaseIsRead() throws IOException, SQLException {
        Path golden = Golden.mini("etroc2-emulator");
        JsonNode expected = Golden.json(golden.resolve("expected/TDC_Data_0.json"));
        Path data = data("TDC_Data_0.dat", Golden.read(golden.resolve("input/TDC_Data_0.dat")));
        Path out = directory.resolve("out");
        CommandRun.ok("ingest", data, "-o", out);
        assertThat(rows(out, "emulator_frames", "line", "event", "stream", "l1_counter", "bcid", "data_words"))
                .containsExactlyInAnyOrderElementsOf(
                        expected(expected.get("frames"), "line", "event", "stream", "l1", "bcid", "data_words"));
        String[] columns = {
            "line", "event", "chip_id", "row", "column", "time_of_arrival", "time_over_threshold", "calibration_code"
        };
        assertThat(rows(out, "emulator_hits", columns))
                .containsExactlyInAnyOrderElementsOf(
                        expected(expected.get("hits"), "line", "event", "chip", "row", "col", "toa", "tot", "cal"));
        List<List<Integer>> etroc1 = new ArrayList<>();
        SharedSession.get()
                .read()
                .parquet(out.resolve("hits").toString())
                .collectAsList()
                .forEach(r -> etroc1.add(
                        List.of("line", "data_board_id", "time_over_threshold", "time_of_arrival", "calibration_code")
                                .stream()
                                .map(c -> r.<Number>getAs(c).intValue())
                                .toList()));
        assertThat(etroc1)
                .containsExactlyInAnyOrderElementsOf(
                        expected(expected.get("etroc1"), "line", "board", "tot", "toa", "cal"));
        assertThat(Sqlite.query(out, "select * from link_quality"))
                .singleElement()
                .satisfies(r -> assertThat(r)
                        .containsEntry("frames", 12)
                        .containsEntry("complete_frames", 12)
                        .containsEntry("hits", 11)
                        .containsEntry("crc_known", 12)
                        .containsEntry("crc_failures", 0)
                        .containsEntry("ea0", 11)
                        .containsEntry("fillers", 33)
                        .containsEntry("unsynced_bits", 24)
                        .containsEntry("losses_of_step", 0));
        Map<String, Object> joint =
                Sqlite.query(out, "select * from joint_events").get(0);
        assertThat(joint).containsEntry("etroc1_events", 20).containsEntry("shifted", 0);
    }

    @Test
    void eventsOfBothChipsAreThoseThatWereWritten() throws IOException, SQLException {
        MixedFile first = new MixedFile(1, 3000);
        MixedFile second = new MixedFile(2, 600);
        data("TDC_Data_0.dat", String.join("\n", first.lines).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        Path data = data(
                "TDC_Data_1.dat", String.join("\n", second.lines).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        Path out = directory.resolve("out");
        CommandRun run = CommandRun.ok("telescope", data, "-o", out, "--set", "etroc.telescope.bootstrap.replicas=0");
        assertThat(run.out()).contains("etroc1_events");
        Map<String, Object> row =
                Sqlite.query(out, "select * from joint_events").get(0);
        long[] shifted = {first.shifted()[0] + second.shifted()[0], first.shifted()[1] + second.shifted()[1]};
        assertThat(List.of("etroc1_events", "with_frame", "shifted", "accidental", "joint_events").stream()
                        .map(c -> ((Number) row.get(c)).longValue()))
                .containsExactly(
                        (long) first.triples.size() + second.triples.size(),
                        first.withFrame() + second.withFrame(),
                        shifted[0],
                        shifted[1],
                        first.joint() + second.joint());
        Map<String, Object> link =
                Sqlite.query(out, "select * from link_quality").get(0);
        assertThat(((Number) link.get("complete_frames")).intValue())
                .isEqualTo(first.frames.size() + second.frames.size());
        assertThat(Sqlite.query(out, "select count(*) n from timing_info")
                        .get(0)
                        .get("n"))
                .isNotEqualTo(0);
    }
}
