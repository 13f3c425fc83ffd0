package etroc.telescope;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import etroc.CommandRun;
import etroc.Sqlite;
import etroc.store.ChangedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of an earlier result the numbers are used again, never its SQL: it may come from somebody else. */
class EarlierCutsSparkTest {
    private static final String HARM = "etroc.test.harm";

    @TempDir
    Path directory;

    private Path input;
    private Path out;
    private Path timeCuts;

    @BeforeEach
    void result() throws Exception {
        input = directory.resolve("in");
        out = directory.resolve("out");
        CommandRun.ok("simulate", "telescope", input, "--events", 2000, "--seed", 2);
        timeCuts = Files.writeString(directory.resolve("time.csv"), """
                cut_type,cut_direction,variable_1,board_id_1,variable_2,board_id_2,value_1,value_2,value_3,output
                fit-dist,<,time_of_arrival_ns,0,time_of_arrival_ns,1,0.2,,,line
                fit-dist,<,time_of_arrival_ns,0,time_of_arrival_ns,3,0.2,,,
                """);
        telescope(out);
        System.clearProperty(HARM);
    }

    private void telescope(Path to, Object... more) {
        CommandRun.ok(Stream.concat(
                        Stream.of(
                                "telescope",
                                input,
                                "-o",
                                to,
                                "-q",
                                "--time-cuts",
                                timeCuts,
                                "--set",
                                "telescope.bootstrap.replicas=0",
                                "--set",
                                "report.formats=[]"),
                        Stream.of(more))
                .toArray());
    }

    private void change(String sql) throws Exception {
        Path file = Sqlite.latest(out).resolve("results.sqlite");
        try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = db.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
        vouchFor(file);
    }

    /** Who changes tables may change their checksum too. */
    private static void vouchFor(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        CRC32C crc = new CRC32C();
        crc.update(content);
        Path manifest = file.resolveSibling("manifest.json");
        ObjectMapper json = new ObjectMapper();
        ObjectNode root = (ObjectNode) json.readTree(manifest.toFile());
        ObjectNode entry = (ObjectNode) root.path("files").path("results.sqlite");
        entry.put("bytes", content.length).put("crc32c", String.format(Locale.ROOT, "%08x", crc.getValue()));
        json.writeValue(manifest.toFile(), root);
        ChangedJson.vouchFor(manifest);
    }

    private static List<Map<String, Object>> resolutions(Path of) throws IOException, SQLException {
        return Sqlite.query(of, "select * from timing_info");
    }

    @Test
    void sqlOfAnEarlierResultIsNotExecuted() throws Exception {
        change("update cutflow set sql = 'java_method(''java.lang.System'', ''setProperty'', ''" + HARM
                + "'', ''done'') IS NULL'");
        CommandRun.ok("reprocess", out, "-q", "--set", "telescope.time-walk.degree=1");
        assertThat(System.getProperty(HARM)).isNull();
        Path fresh = directory.resolve("fresh");
        telescope(fresh, "--set", "telescope.time-walk.degree=1");
        assertThat(resolutions(out)).isEqualTo(resolutions(fresh)).isNotEmpty();
    }

    @Test
    void theLinesThatWereFittedAreKeptAsNumbers() throws Exception {
        List<Map<String, Object>> lines = Sqlite.query(out, "select * from cut_lines");
        assertThat(lines)
                .hasSize(2)
                .allSatisfy(l -> assertThat((Double) l.get("slope")).isPositive());
        String sql = Sqlite.query(out, "select sql from cutflow where step_name = 'line'")
                .get(0)
                .get("sql")
                .toString();
        assertThat(sql).contains(lines.get(0).get("slope") + "D", lines.get(0).get("intercept") + "D");
        CommandRun.ok("reprocess", out, "-q", "--set", "telescope.time-walk.degree=1");
        assertThat(Sqlite.query(out, "select * from cut_lines")).isEqualTo(lines);
    }

    @Test
    void linesThatAreMissingAreAnError() throws Exception {
        change("delete from cut_lines where x = 'time_of_arrival_ns_0' and y = 'time_of_arrival_ns_1'");
        CommandRun run = CommandRun.of("reprocess", out, "-q", "--set", "telescope.time-walk.degree=1");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .contains("the earlier result is damaged", "--overwrite", "table cut_lines has lines of [");
    }
}
