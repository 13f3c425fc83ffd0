package etroc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.CommandRun;
import etroc.Sqlite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user does wrong: one message that helps, the right exit code, and nothing that looks like a result. */
class BadInputSparkTest {
    private static final String RUN = "TDC_Data_PhaseAdj0_F9P5_QSel20_DAC";

    @TempDir
    Path directory;

    private Path input;
    private Path out;

    @BeforeEach
    void smallScan() throws IOException {
        input = Files.createDirectories(directory.resolve("scan"));
        out = directory.resolve("out");
        for (int t = 400; t < 412; t++) {
            int hits = t < 404 ? 100 : t > 408 ? 0 : 50;
            write(RUN + t + "_Split_0.dat", " 0 390  70 147 1\n".repeat(hits) + " 0   0   0 134 0\n".repeat(100));
        }
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(input.resolve(name), text, StandardCharsets.ISO_8859_1);
    }

    private CommandRun scan(Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("scan", input, "-o", out, "-q"));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray());
    }

    private void fails(CommandRun run, int exit, String... hints) {
        assertThat(run.err()).contains(hints).doesNotContain("\tat ");
        assertThat(run.err().lines().filter(l -> !l.isBlank()).count()).isLessThanOrEqualTo(2);
        assertThat(run.exit()).isEqualTo(exit);
        assertThat(out.resolve("LATEST")).doesNotExist();
        assertThat(out.resolve("hits/ingest=0")).doesNotExist();
    }

    @Test
    void binaryGarbage() throws IOException {
        write(RUN + "420_Split_0.dat", "\u0000\u0001\u00fe\u00ff\n".repeat(50));
        fails(scan(), 2, RUN + "420: 50 of 50 lines", "line 1 '\\x00\\x01\\xFE\\xFF'", "max-malformed-fraction");
        Path weird = write("F9P5_weird.txt", "\u0000\u0001\u00fe\u00ff\n".repeat(50));
        fails(
                CommandRun.of("ingest", weird, "-o", out, "-q"),
                2,
                "F9P5_weird.txt, line 1: found '\\x00\\x01",
                "set the layout");
        fails(scan(), 2, "F9P5_weird' is no run of a charge-injection scan");
    }

    @Test
    void aTruncatedLastLineIsCountedAndTooManyBadLinesFailTheRun() throws Exception {
        write(RUN + "404_Split_0.dat", " 0 390  70 147 1\r\n".repeat(200) + " 0 390  70");
        assertThat(scan().exit()).isZero();
        assertThat(Sqlite.query(out, "select line, text, reason from malformed_lines")
                        .toString())
                .isEqualTo("[{line=200, text= 0 390  70, reason=wrong number of columns}]");
        assertThat(Sqlite.query(out, "select hits, malformed from quality where path like '%DAC404%'")
                        .toString())
                .isEqualTo("[{hits=200, malformed=1}]");
        write(RUN + "404_Split_0.dat", " 0 390  70 147 1\n".repeat(200) + " 0 390  70\n".repeat(3));
        CommandRun run = scan("--overwrite");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("404: 3 of 203 lines", "line 201");
        assertThat(scan("--overwrite", "--set", "input.max-malformed-fraction=0.02")
                        .exit())
                .isZero();
        assertThat(scan("--overwrite", "--set", "input.mode=DROPMALFORMED").exit())
                .isZero();
        assertThat(scan("--overwrite", "--set", "input.mode=FAILFAST").err())
                .contains("404_Split_0.dat, line 201: wrong number of columns");
    }

    @Test
    void codesOutOfRangeAreMalformedWithTheirReason() throws Exception {
        write(
                RUN + "404_Split_0.dat",
                " 0 390  70 147 1\n".repeat(10)
                        + " 0 1024  70 147 1\n 0 390 512 147 1\n 0 390  70 1024 1\n 2 390  70 147 1\n"
                        + " 0 390  70 147 7\n 0 390  70 147 1 1\n");
        assertThat(scan("--set", "input.max-malformed-fraction=1").exit()).isZero();
        assertThat(Sqlite.query(out, "select reason from malformed_lines order by line").stream()
                        .map(r -> r.get("reason")))
                .containsExactly(
                        "TOA is not in 0..1023",
                        "TOT is not in 0..511",
                        "CAL is not in 0..1023",
                        "board is not 0, 1 or 3",
                        "hit flag is not 0 or 1",
                        "wrong number of columns");
    }

    @Test
    void directoriesWithoutData() throws IOException {
        Path empty = Files.createDirectories(directory.resolve("empty"));
        Files.writeString(empty.resolve("notes.md"), "x");
        fails(CommandRun.of("scan", empty, "-o", out, "-q"), 2, "no data in", "1 other files");
        fails(CommandRun.of("scan", directory.resolve("absent"), "-o", out, "-q"), 2, "absent' does not exist");
    }

    @Test
    void aNameThatDoesNotParse() throws Exception {
        write("TDC_Data_PhaseAdj0_F9P5_QSel20_DACQ_Split_0.dat", "");
        fails(scan(), 2, "'DACQ'", "odd-names = skip");
        assertThat(scan("--set", "input.odd-names=skip").exit()).isZero();
        assertThat(Sqlite.query(out, "select text from remarks where kind = 'skipped file'")
                        .toString())
                .contains("DACQ");
    }

    @Test
    void twoRunsOfTheSameName() throws Exception {
        Path other = Files.createDirectories(input.resolve("copy"));
        Files.copy(input.resolve(RUN + "404_Split_0.dat"), other.resolve(RUN + "404_0_Split.dat"));
        fails(
                scan(),
                2,
                "copy/" + RUN + "404_0_Split.dat is split 0 of run " + RUN + "404 and so is",
                "duplicates = skip");
        assertThat(scan("--set", "input.duplicates=skip").exit()).isZero();
    }

    @Test
    void oneChargeAndAnEdgeOfTwoStepsAreRowsThatSayWhy() throws Exception {
        assertThat(scan().exit()).isZero();
        assertThat(Sqlite.query(out, "select remark from dac_vs_charge").toString())
                .contains("no line: 1 charge with hits", "no line: 1 charge with a fitted edge");
        assertThat(Sqlite.query(out, "select remark from s_curve_fits")
                        .get(0)
                        .get("remark")
                        .toString())
                .contains("the edge is not Gaussian");
    }

    @Test
    void cutsThatMakeNoSense() throws IOException {
        fails(scan("--set", "scan.cut=cal_code < 3"), 1, "cal_code", "possible: run, split, line");
        fails(scan("--set", "scan.cut=reflect('java.lang.Runtime','getRuntime') is null"), 1, "'reflect'");
        Path table = Files.writeString(
                directory.resolve("cuts.csv"),
                "board_id,variable,cut_type,cut_value\n#,calibration_code,<,200\n1,calibration_code,<,2\n");
        fails(scan("--cuts", table), 1, "cuts.csv, line 3", "board_id is '1'", "[0]");
        Files.writeString(table, "board_id,variable,cut_type,cut_value\n*,calibration,<,200\n");
        fails(scan("--cuts", table), 1, "cuts.csv, line 2", "variable is 'calibration'", "calibration_code");
        Files.writeString(table, "board_id,variable,cut_type,cut_value\n*,calibration_code,=<,200\n");
        fails(scan("--cuts", table), 1, "cut_type is '=<'", "< <= > >= == <>");
        Files.writeString(table, "board_id,variable,cut_type,cut_value\n*,calibration_code,<,many\n");
        fails(scan("--cuts", table), 1, "cut_value is 'many'", "a number");
        Files.writeString(table, "board,variable,cut_type,cut_value\n*,calibration_code,<,3\n");
        fails(scan("--cuts", table), 1, "line 1", "expected 'board_id,variable,cut_type,cut_value'");
        fails(scan("--cuts", directory.resolve("none.csv")), 1, "none.csv does not exist");
    }

    @Test
    void anOutputThatExistsIsKept() throws Exception {
        assertThat(scan().exit()).isZero();
        String id = Files.readString(out.resolve("LATEST"));
        CommandRun again = scan();
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.err()).contains("exists; etroc reprocess", "--overwrite replaces it");
        assertThat(Files.readString(out.resolve("LATEST"))).isEqualTo(id);
        Files.writeString(out.resolve("thesis.tex"), "x");
        assertThat(scan("--overwrite").err()).contains("'thesis.tex'", "nothing was overwritten");
    }

    @Test
    void usageErrors() {
        fails(CommandRun.of("scan"), 1, "Missing required");
        fails(CommandRun.of("scann", input), 1, "scan");
        fails(scan("--set", "scan.noise.platau=3"), 1, "etroc.scan.noise.plateau");
        fails(CommandRun.of("show", directory.resolve("nothing")), 2, "no results");
        fails(CommandRun.of("simulate", "scan", input), 1, "not empty");
    }

    /** Each hit of a scan is an event of its own: cuts on two boards drop every hit, unless boards without a hit pass. */
    @Test
    void cutsThatLetNoHitOfAScanThroughSayWhatToDo() throws Exception {
        Path cuts = Files.writeString(directory.resolve("cuts.csv"), """
                board_id,variable,cut_type,cut_value
                0,calibration_code,<,200
                1,calibration_code,<,200
                """);
        Path boards = directory.resolve("boards");
        CommandRun.ok("simulate", "scan", boards, "--charges", "14", "--step", 20, "--lines", 50);
        fails(CommandRun.of("scan", boards, "-o", out, "-q", "--cuts", cuts), 1, "keep-events-without-data");
        assertThat(out.resolve("LATEST")).doesNotExist();
        CommandRun.ok("scan", boards, "-o", out, "-q", "--cuts", cuts, "--set", "cuts.keep-events-without-data=true");
    }

    @Test
    void aTelescopeOfScanFilesSaysWhatToDo() {
        fails(CommandRun.of("telescope", input, "-o", out, "-q"), 2, "etroc scan");
        assertThat(out.resolve("LATEST")).doesNotExist();
    }

    @Test
    void showAndExport() throws Exception {
        assertThat(scan().exit()).isZero();
        assertThat(CommandRun.ok("show", out).out()).contains("[DAC]", "no line");
        assertThat(CommandRun.ok("show", out, "--tables").out()).contains("combined_etroc1_data", "12");
        assertThat(CommandRun.ok("show", out, "--provenance").out()).contains("spark_version");
        assertThat(CommandRun.ok("export", out, "combined_etroc1_data").out()).contains("0,0,F9P5,20,400,100");
        assertThat(CommandRun.of("export", out, "nothing").err())
                .contains("there is no table 'nothing'", "combined_etroc1_data");
        Path csv = directory.resolve("x.csv");
        CommandRun.ok("export", out, "quality", "-o", csv);
        assertThat(Files.readAllLines(csv)).hasSize(13);
        assertThat(scan("--dry-run").out()).contains("12 files of 12 runs", "calibration_code < 200");
    }
}
