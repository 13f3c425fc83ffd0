package etroc.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import etroc.CommandRun;
import etroc.Sqlite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An output that is brought up to date has the tables of an analysis from nothing, and only what changed is done. */
class ReprocessSparkTest {
    private static final List<String> SCAN_TABLES =
            List.of("combined_etroc1_data", "dac_vs_charge", "s_curve_fits", "cutflow", "runs", "quality", "run_hits");
    private static final List<String> BEAM_TABLES = List.of(
            "timing_info", "twc_fit_info", "board_info_data", "cutflow", "event_info", "resolution_correlation");

    @TempDir
    Path directory;

    private Path input;
    private Path out;

    @BeforeEach
    void places() {
        input = directory.resolve("in");
        out = directory.resolve("out");
    }

    private void scan() {
        CommandRun.ok("simulate", "scan", input, "--seed", 5, "--charges", "14,20", "--step", 8, "--lines", 100);
        CommandRun.ok("scan", input, "-o", out, "-q");
    }

    private String latest() throws IOException {
        return Files.readString(out.resolve("LATEST"));
    }

    private static Map<String, List<String>> tables(Path of, List<String> names) throws Exception {
        Map<String, List<String>> tables = new TreeMap<>();
        for (String name : names) {
            tables.put(name, Sqlite.lines(of, name, List.of("*")));
        }
        return tables;
    }

    private void sameAsFromNothing(List<String> tables, Object... command) throws Exception {
        Path fresh = directory.resolve("fresh" + System.nanoTime());
        CommandRun.ok(
                Stream.concat(Stream.of(command), Stream.of("-o", fresh, "-q")).toArray());
        assertThat(tables(out, tables)).isEqualTo(tables(fresh, tables));
    }

    /** Seconds of the steps that the newest result took. */
    private List<String> stepsOfLatest() throws IOException {
        JsonNode manifest = new JsonMapper()
                .readTree(Sqlite.latest(out).resolve("manifest.json").toFile());
        List<String> steps = new ArrayList<>();
        manifest.get("durations_s").fieldNames().forEachRemaining(steps::add);
        return steps;
    }

    private List<Path> scanFiles() throws IOException {
        try (Stream<Path> files = Files.list(input)) {
            return files.filter(f -> f.toString().endsWith(".dat")).sorted().toList();
        }
    }

    @Test
    void nothingChangedNothingRuns() throws Exception {
        scan();
        String id = latest();
        assertThat(CommandRun.ok("reprocess", out).out()).contains("nothing to do");
        assertThat(latest()).isEqualTo(id);
        assertThat(CommandRun.ok("reprocess", out, "--dry-run").out())
                .contains("ingest     unchanged", "counts     unchanged", "fits       unchanged");
    }

    @Test
    void newChangedAndRemovedFilesAreFollowed() throws Exception {
        scan();
        List<Path> files = scanFiles();
        String removed = Files.readString(files.get(0));
        Files.delete(files.get(0));
        Path changed = files.get(1);
        Files.writeString(changed, Files.readString(changed) + removed);
        Path added = input.resolve(files.get(2).getFileName().toString().replace("_Split_0", "_Split_1"));
        Files.copy(files.get(3), added);
        assertThat(CommandRun.ok("reprocess", out, "--dry-run").out()).contains("ingest     runs: input files changed");
        CommandRun again = CommandRun.ok("reprocess", out);
        int kept = files.size() - 2;
        assertThat(again.err()).contains(kept + " of " + (kept + 2) + " files are ingested already");
        sameAsFromNothing(SCAN_TABLES, "scan", input);
        try (Stream<Path> batches = Files.list(out.resolve("hits"))) {
            assertThat(batches.map(p -> p.getFileName().toString())).containsExactlyInAnyOrder("ingest=1", "ingest=2");
        }
    }

    @Test
    void otherFitSettingsUseTheCountsAgain() throws Exception {
        scan();
        CommandRun.ok("reprocess", out, "-q", "--set", "scan.noise.edge-offset=7");
        assertThat(stepsOfLatest()).contains("fits").doesNotContain("count hits after cuts", "write hits");
        sameAsFromNothing(SCAN_TABLES, "scan", input, "--set", "scan.noise.edge-offset=7");
        // the settings stay
        assertThat(CommandRun.ok("reprocess", out).out()).contains("nothing to do");
    }

    @Test
    void otherCutsStartFromTheHits() throws Exception {
        scan();
        CommandRun.ok("reprocess", out, "-q", "--set", "scan.cut=calibration_code < 100");
        assertThat(stepsOfLatest()).contains("count hits after cuts").doesNotContain("write hits");
        sameAsFromNothing(SCAN_TABLES, "scan", input, "--set", "scan.cut=calibration_code < 100");
    }

    @Test
    void archivedInputsAreNotMissed() throws Exception {
        scan();
        Files.move(input, directory.resolve("tape"));
        assertThat(CommandRun.of("reprocess", out).exit()).isEqualTo(2);
        CommandRun.ok("reprocess", out, "-q", "--ingested-only", "--set", "scan.noise.edge-offset=7");
        Files.move(directory.resolve("tape"), input);
        sameAsFromNothing(SCAN_TABLES, "scan", input, "--set", "scan.noise.edge-offset=7");
    }

    @Test
    void telescopeStagesAreUsedAgain() throws Exception {
        CommandRun.ok("simulate", "telescope", input, "--events", 3000, "--seed", 2);
        Path timeCuts = Files.writeString(directory.resolve("time.csv"), """
                cut_type,cut_direction,variable_1,board_id_1,variable_2,board_id_2,value_1,value_2,value_3,output
                fit-dist,<,time_of_arrival_ns,0,time_of_arrival_ns,1,1,,,line
                """);
        Object[] cuts = {"--set", "cuts.events=calibration_code_0 > 130", "--time-cuts", timeCuts};
        CommandRun.ok(Stream.concat(Stream.of("telescope", input, "-o", out, "-q"), Stream.of(cuts))
                .toArray());
        List<String> first = stepsOfLatest();
        assertThat(first)
                .contains("write hits", "event cuts", "calibration", "lines of time cuts", "cutflow of time cuts");

        CommandRun.ok("reprocess", out, "-q", "--set", "telescope.time-walk.degree=1");
        assertThat(stepsOfLatest())
                .contains("time walk")
                .doesNotContain(
                        "write hits", "event cuts", "calibration", "lines of time cuts", "cutflow of time cuts");
        sameAsFromNothing(
                BEAM_TABLES,
                Stream.concat(Stream.of("telescope", input, "--set", "telescope.time-walk.degree=1"), Stream.of(cuts))
                        .toArray());

        CommandRun.ok("reprocess", out, "-q", "--set", "cuts.events=calibration_code_1 > 130");
        assertThat(CommandRun.ok("reprocess", out, "--dry-run").out()).contains("events     unchanged");
        sameAsFromNothing(
                BEAM_TABLES,
                "telescope",
                input,
                "--set",
                "telescope.time-walk.degree=1",
                "--set",
                "cuts.events=calibration_code_1 > 130",
                "--time-cuts",
                timeCuts);
    }

    @Test
    void pruneKeepsWhatTheLastResultsUse() throws Exception {
        scan();
        for (int offset = 5; offset < 8; offset++) {
            CommandRun.ok("reprocess", out, "-q", "--set", "scan.noise.edge-offset=" + offset);
        }
        Files.createDirectories(out.resolve("hits/ingest=9"));
        String id = latest();
        String would = CommandRun.ok("prune", out, "--keep", 2, "--dry-run").out();
        assertThat(would).contains("hits/ingest=9").hasLineCount(3);
        CommandRun.ok("prune", out, "--keep", 2);
        assertThat(latest()).isEqualTo(id);
        try (Stream<Path> results = Files.list(out.resolve("results"))) {
            assertThat(results).hasSize(2);
        }
        assertThat(out.resolve("hits/ingest=9")).doesNotExist();
        CommandRun.ok("reprocess", out, "-q", "--set", "scan.cut=calibration_code < 100");
    }

    @Test
    void overwriteLeavesNothingOfTheOld() throws Exception {
        scan();
        CommandRun.ok("scan", input, "-o", out, "-q", "--overwrite");
        try (Stream<Path> batches = Files.list(out.resolve("hits"))) {
            assertThat(batches.map(p -> p.getFileName().toString())).containsExactly("ingest=2");
        }
        sameAsFromNothing(SCAN_TABLES, "scan", input);
    }

    @Test
    void anOutputOfAnotherFormatIsSaidToBeOne() throws Exception {
        scan();
        Path manifest = Sqlite.latest(out).resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replaceFirst("\"format\" : \\d+,", ""));
        for (Object[] command : new Object[][] {{"reprocess", out}, {"show", out}, {"report", out}}) {
            CommandRun run = CommandRun.of(command);
            assertThat(run.exit()).as(run.err()).isEqualTo(2);
            assertThat(run.err()).contains("format 1", "--overwrite once").doesNotContain("damaged");
        }
        CommandRun.ok("scan", input, "-o", out, "-q", "--overwrite");
        assertThat(CommandRun.ok("reprocess", out).out()).contains("nothing to do");
    }
}
