package etroc.cuts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import etroc.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CutsTest {
    private static final String EVENTS = "board_id,variable,cut_type,cut_value,output\n";
    private static final String TIMES =
            "cut_type,cut_direction,variable_1,board_id_1,variable_2,board_id_2,value_1,value_2,value_3,output\n";

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void place() {
        file = directory.resolve("cuts.csv");
    }

    private Cuts read(String text) throws IOException {
        Files.writeString(file, text);
        return Cuts.ofEvents(List.of(table()), false, new Configuration(false));
    }

    private CutSettings.Source table() {
        return CutSettings.Source.table(file.toString());
    }

    private static CutSettings.Source sql(String sql, String output) {
        return new CutSettings.Source("", sql, output, "etroc.cuts.events");
    }

    @Test
    void aTableThatIsEditedLaterChangesNeitherWhatIsAppliedNorWhatIsRecorded() throws IOException {
        Cuts cuts = read(EVENTS + "*,calibration_code,<,160,\n");
        String recorded = cuts.text();
        List<Cut> before = cuts.check(TestColumns.EVENTS).cuts();
        Files.writeString(file, EVENTS + "*,calibration_code,<,500,\n");
        assertThat(cuts.check(TestColumns.EVENTS).cuts()).isEqualTo(before);
        assertThat(before.get(0).sql()).contains("calibration_code_0 < 160");
        assertThat(cuts.text()).isEqualTo(recorded).contains("160");
        Files.delete(file);
        assertThat(cuts.check(TestColumns.EVENTS).cuts()).hasSize(1);
        assertThat(read(EVENTS + "*,calibration_code,<,500,\n").text()).isNotEqualTo(recorded);
    }

    @Test
    void theTextToldByAllThatMatters() throws IOException {
        Set<String> texts = new TreeSet<>();
        texts.add(read(EVENTS + "*,calibration_code,<,160,\n").text());
        texts.add(read(EVENTS + "*,calibration_code,<,161,\n").text());
        texts.add(read(EVENTS + "*,calibration_code,<,160,name\n").text());
        texts.add(read(EVENTS + "#no,calibration_code,<,160,\n*,calibration_code,<,160,\n")
                .text());
        texts.add(read("variable,board_id,cut_type,cut_value\n*,calibration_code,<,160\n")
                .text());
        texts.add(
                Cuts.ofEvents(List.of(table()), true, new Configuration(false)).text());
        texts.add(Cuts.ofEvents(List.of(sql("a < b", "")), true, new Configuration(false))
                .text());
        texts.add(Cuts.ofEvents(List.of(sql("a < b", "name")), true, new Configuration(false))
                .text());
        assertThat(texts).hasSize(8);
        // comments and blanks do not
        assertThat(texts)
                .contains(read(EVENTS + "\n* , calibration_code,<, 160,\n").text());
    }

    @Test
    void rowsAreCountedOverAllSourcesSkippedOnesToo() throws IOException {
        Files.writeString(file, EVENTS + "0,calibration_code,<,160,low\n#1,x,y,z\n#,hit_flag,==,1,flag\n");
        CheckedCuts cuts = Cuts.ofEvents(
                        List.of(sql("event < 3", "first"), table(), sql("run = 'a'", "")),
                        true,
                        new Configuration(false))
                .check(TestColumns.EVENTS);
        assertThat(cuts.rows()).isEqualTo(5);
        assertThat(cuts.cuts())
                .extracting(Cut::row, Cut::output)
                .map(Object::toString)
                .containsExactly("(0, \"first\")", "(1, \"low\")", "(3, \"flag\")", "(4, \"\")");
        assertThat(cuts.cuts())
                .extracting(Cut::sql)
                .containsExactly(
                        "coalesce((event < 3), false)",
                        "coalesce(calibration_code_0 < 160, true)",
                        "(coalesce(hit_flag_0 == 1, true) OR coalesce(hit_flag_1 == 1, true) OR coalesce(hit_flag_3 == 1, true))",
                        "coalesce((run = 'a'), false)");
    }

    @Test
    void theSqlOfEveryKindOfTableRowIsACut() throws IOException {
        StringBuilder rows = new StringBuilder(TIMES);
        for (String x : List.of("time_of_arrival_ns,0", "time_of_arrival,1")) {
            rows.append("simple,<,").append(x).append(",,,-5.5,,,\n");
            rows.append("1d-dist,outside,").append(x).append(",,,-5,1e99,,\n");
            for (String kind :
                    List.of("diagonal,>", "diag-dist,<>", "fit-dist,<=", "circle,inside", "circle,outside")) {
                rows.append(kind).append(',').append(x).append(",time_over_threshold_ns,3,-1e9,-0.25,1e100,\n");
            }
            for (String corner : List.of("ur", "ul", "dr", "dl")) {
                rows.append("corner-")
                        .append(corner)
                        .append(",inside,")
                        .append(x)
                        .append(",time_of_arrival,3,1,2,3,\n");
            }
        }
        Files.writeString(
                file, rows.toString().replace("simple,<,time_of_arrival_ns,0", "simple,<,time_of_arrival_ns,*"));
        CheckedCuts cuts =
                Cuts.ofTimes(List.of(table()), false, new Configuration(false)).check(TestColumns.TIMES);
        assertThat(cuts.lines()).hasSize(2);
        List<FittedLine> fitted = List.of(
                new FittedLine("time_of_arrival_ns_0", "time_over_threshold_ns_3", -1e-12, 1e12),
                new FittedLine("time_of_arrival_1", "time_over_threshold_ns_3", Double.NaN, Double.NaN));
        assertThat(cuts.cuts(fitted)).hasSize(22).allSatisfy(c -> SqlCut.checked(c.sql(), TestColumns.TIMES, "table"));
        assertThatThrownBy(cuts::cuts).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> cuts.cuts(List.of(fitted.get(1), fitted.get(0))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noMoreCutsThanBits() {
        Configuration conf = new Configuration(false);
        CutSettings.Source one = sql("event < 3", "");
        assertThat(Cuts.ofEvents(Collections.nCopies(63, one), false, conf)
                        .check(TestColumns.EVENTS)
                        .cuts())
                .hasSize(63);
        assertThatThrownBy(() -> Cuts.ofEvents(Collections.nCopies(64, one), false, conf))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("etroc.cuts.events: 64 cuts; possible: 63");
    }

    @Test
    void noMoreStepsThanBits() throws IOException {
        Configuration conf = new Configuration(false);
        CutSettings.Source cut = sql("event < 3", "");
        Files.writeString(
                file,
                "cut_type,cut_direction,variable_1,board_id_1,variable_2,board_id_2,value_1,value_2,value_3,output\n"
                        + "simple,<,time_of_arrival,0,,,500,,,s\n".repeat(60));
        CutSettings.Source table = CutSettings.Source.table(file.toString());
        assertThat(Cuts.ofTimes(List.of(table, cut), false, conf)).isNotNull();
        assertThatThrownBy(() -> Cuts.ofTimes(List.of(table, cut, sql("event < 3", "one more")), false, conf))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(file + ": 61 rows name a step (output); possible: 60");
    }

    @Test
    void filesThatAreNoTables() throws IOException {
        for (byte[] content : List.of(
                new byte[0],
                new byte[2 << 20],
                "\u0000\u0001\n".getBytes(StandardCharsets.UTF_8),
                ("board_id,variable,cut_type,cut_value\n" + "x".repeat(10_000)).getBytes(StandardCharsets.UTF_8),
                ("board_id,variable,cut_type,cut_value\n" + ",".repeat(10_000)).getBytes(StandardCharsets.UTF_8),
                "board_id,variable,cut_type,cut_value\n\"*,calibration_code,<,5".getBytes(StandardCharsets.UTF_8))) {
            Files.write(file, content);
            assertThatThrownBy(() -> Cuts.ofEvents(List.of(table()), false, new Configuration(false))
                            .check(TestColumns.EVENTS))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("cuts.csv")
                    .message()
                    .hasLineCount(1);
        }
        for (String name : List.of("none.csv", directory.toString(), "a:b.csv", "nofs://x/cuts.csv")) {
            assertThatThrownBy(() ->
                            Cuts.ofEvents(List.of(CutSettings.Source.table(name)), false, new Configuration(false)))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("cut table " + name);
        }
    }

    @Test
    void rowsThatNoSingleHitCanPassAreRefusedForHits() throws IOException {
        for (String rows : List.of("*,calibration_code,<,200,\n", "0,hit_flag,==,1,\n3,calibration_code,<,200,\n")) {
            Cuts cuts = read(EVENTS + rows);
            assertThat(cuts.check(TestColumns.EVENTS).cuts()).isNotEmpty();
            assertThatThrownBy(() -> cuts.check(TestColumns.HITS))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("cuts.csv, line " + (rows.startsWith("*") ? 2 : 3))
                    .hasMessageContaining("#")
                    .hasMessageContaining("cuts.keep-events-without-data = true");
            CutSettings.Source table = table();
            assertThat(Cuts.ofEvents(List.of(table), true, new Configuration(false))
                            .check(TestColumns.HITS)
                            .cuts())
                    .isNotEmpty();
        }
        assertThat(read(EVENTS + "#,calibration_code,<,200,\n3,hit_flag,==,1,\n")
                        .check(TestColumns.HITS)
                        .cuts())
                .as("hits of one board")
                .hasSize(2);
    }
}
