package etroc.telescope.etroc2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import etroc.CommandRun;
import etroc.SharedSession;
import etroc.Sqlite;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code etroc telescope} on simulated ETROC2 data: what is done again and what is not, and that layouts do not matter. */
class Etroc2CommandSparkTest {
    private static final List<String> TABLES = List.of(
            "hit_flow",
            "pixel_calibration",
            "hot_pixels",
            "alignment",
            "tracks",
            "track_resolution",
            "track_pairs",
            "board_resolution",
            "pixel_resolution",
            "resolution_spread",
            "hit_map",
            "efficiency",
            "efficiency_map",
            "remarks");
    private static final String READ = "write hits and frames";
    private static final String TRACKS = "pixels and tracks";
    private static final String WIDTHS = "tracks of boards 0-1-2";
    private static final String MAPS = "hit map";

    @TempDir
    Path directory;

    private Path simulated(String layout) {
        Path input = directory.resolve("in-" + layout);
        CommandRun.ok(words("simulate telescope " + input + " --chip etroc2 --layout " + layout
                + " --boards 3 --events 1500 --seed 3 --beam 7.5:7.5:0.6 --shifts 0:0,0:1,1:0 --wild-cal 0.03"));
        return input;
    }

    private static Object[] words(String command, String... more) {
        return Stream.concat(Stream.of(command.split(" ")), Stream.of(more)).toArray();
    }

    /** A narrow beam makes its centre look hot. */
    private static String settings(String... more) {
        StringBuilder settings = new StringBuilder(" --set etroc2.hot.factor=50 --set telescope.bootstrap.replicas=10");
        for (String setting : more) {
            settings.append(" --set ").append(setting);
        }
        return settings.toString();
    }

    private Path analysed(Path input, String... more) {
        Path out = directory.resolve("out-" + input.getFileName() + more.length);
        CommandRun.ok(words("telescope " + input + " -o " + out + " -q" + settings(more)));
        return out;
    }

    private static List<String> steps(Path out) throws IOException {
        List<String> steps = new ArrayList<>();
        new JsonMapper()
                .readTree(Sqlite.latest(out).resolve("manifest.json").toFile())
                .get("durations_s")
                .fieldNames()
                .forEachRemaining(steps::add);
        return steps;
    }

    private static Map<String, List<String>> tables(Path out) throws Exception {
        Map<String, List<String>> tables = new TreeMap<>();
        for (String name : TABLES) {
            tables.put(name, Sqlite.lines(out, name, List.of("*")));
        }
        return tables;
    }

    private static Dataset<Row> events(Path out) throws IOException {
        return SharedSession.get()
                .read()
                .parquet(Sqlite.latest(out).resolve("tables/events.parquet").toString());
    }

    @Test
    void onlyWhatChangedIsDoneAgain() throws Exception {
        Path input = simulated("kcu");
        Path out = analysed(input);
        assertThat(steps(out)).contains(READ, TRACKS, WIDTHS, MAPS);
        assertThat(CommandRun.ok("reprocess", out).out()).contains("nothing to do");
        assertThat(CommandRun.ok("reprocess", out, "--dry-run").out())
                .contains(
                        "ingest     unchanged", "tracks     unchanged", "resolution unchanged", "maps       unchanged");

        Map<String, List<String>> first = tables(out);
        CommandRun.ok(words("reprocess " + out + " -q --set etroc2.efficiency.near=2"));
        assertThat(steps(out)).contains(MAPS).doesNotContain(READ, TRACKS, WIDTHS);
        Map<String, List<String>> second = tables(out);
        for (String same : TABLES.subList(0, 11)) {
            assertThat(second.get(same)).as(same).isEqualTo(first.get(same));
        }
        assertThat(events(out).count()).isPositive();

        Path tape = Files.move(input, directory.resolve("tape"));
        CommandRun.ok(words("reprocess " + out + " -q --ingested-only --set etroc2.correlation=4"));
        assertThat(steps(out)).contains(MAPS, WIDTHS).doesNotContain(READ, TRACKS);
        Files.move(tape, input);
        Path fresh = analysed(input, "etroc2.efficiency.near=2", "etroc2.correlation=4");
        assertThat(tables(out)).isEqualTo(tables(fresh));

        assertThat(CommandRun.ok("verify", out).exit()).isZero();
        assertThat(CommandRun.ok("show", out).out()).contains("chi2 of tracks", "0-1-2");
        eventsAreThoseOfTheTracks(out);
    }

    private static long number(Map<String, Object> row, String column) {
        return ((Number) row.get(column)).longValue();
    }

    private static void eventsAreThoseOfTheTracks(Path out) throws Exception {
        Dataset<Row> events = events(out);
        List<Map<String, Object>> tracks = Sqlite.query(
                out,
                "select distinct track, events, after_windows, after_correlation, after_residual_cut from track_resolution");
        assertThat(tracks).isNotEmpty();
        for (Map<String, Object> track : tracks) {
            Dataset<Row> own = events.filter("track = " + track.get("track"));
            assertThat(own.count()).isEqualTo(number(track, "events"));
            assertThat(own.filter("in_windows").count()).isEqualTo(number(track, "after_windows"));
            assertThat(own.filter("correlated").count()).isEqualTo(number(track, "after_correlation"));
            assertThat(own.filter("accepted").count()).isEqualTo(number(track, "after_residual_cut"));
        }
        String csv = CommandRun.ok("export", out, "events").out();
        assertThat(csv).startsWith("boards,track,run,event,in_windows,correlated,accepted,row_0,column_0,");
        assertThat(csv.lines().count()).isEqualTo(events.count() + 1);
    }

    /** What does not hold the names of runs, by which the replicas are drawn. */
    private static Map<String, List<String>> withoutUncertainties(Path out) throws Exception {
        Map<String, List<String>> tables = new TreeMap<>();
        for (String name : List.of("pixel_calibration", "hot_pixels", "alignment", "tracks", "hit_map", "efficiency")) {
            List<String> columns = name.equals("hit_map")
                    ? List.of("data_board_id", "row", "column", "hits", "input_hits", "good_hits", "frames")
                    : List.of("*");
            tables.put(name, Sqlite.lines(out, name, columns));
        }
        tables.put(
                "board_resolution",
                Sqlite.lines(
                        out,
                        "board_resolution",
                        List.of(
                                "boards",
                                "step",
                                "data_board_id",
                                "tracks",
                                "events",
                                "variance_ns2",
                                "intrinsic_ns")));
        return tables;
    }

    @Test
    void layoutsOfTheSameDataGiveTheSame() throws Exception {
        Map<String, List<String>> kcu = withoutUncertainties(analysed(simulated("kcu")));
        assertThat(kcu.get("board_resolution")).hasSize(9);
        assertThat(withoutUncertainties(analysed(simulated("fpga")))).isEqualTo(kcu);
        Map<String, List<String>> text = withoutUncertainties(analysed(simulated("nem-1")));
        // every frame has a hit, so that nobody knows whether empty ones were written
        assertThat(text.remove("efficiency")).allMatch(row -> row.contains("no frame is empty"));
        kcu.remove("efficiency");
        assertThat(text).isEqualTo(kcu);
    }
}
