package etroc.cuts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import etroc.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of {@code src/docs/cuts.md} are true. */
class CutDocumentationTest {
    private static final Path PAGE = Path.of("src/docs/cuts.md");

    @TempDir
    Path directory;

    /** Cells of the rows of the table under a header. */
    private static List<List<String>> table(String header) throws IOException {
        List<String> lines = Files.readAllLines(PAGE);
        int first = lines.indexOf(header) + 2;
        assertThat(first).as(header).isGreaterThan(1);
        return lines.subList(first, lines.size()).stream()
                .takeWhile(l -> l.startsWith("|"))
                .map(l -> Arrays.stream(l.substring(1).split("(?<!\\\\)\\|"))
                        .map(c -> c.strip().replace("\\|", "|"))
                        .toList())
                .toList();
    }

    private static String code(String cell) {
        assertThat(cell).startsWith("`").endsWith("`");
        return cell.substring(1, cell.length() - 1);
    }

    static Stream<Arguments> mistakes() throws IOException {
        List<List<String>> rows = table("| stage | cut | error holds |");
        assertThat(rows).hasSizeGreaterThan(60);
        return rows.stream().map(r -> Arguments.of(r.get(0), code(r.get(1)), r.get(2)));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void eachMistakeGetsTheErrorThatThePagePromises(String stage, String cut, String error) {
        assertThatThrownBy(() -> check(stage, cut))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(error)
                .hasMessageContaining(stage.endsWith("table") ? "cuts.csv, line 2: " : "here: '" + cut.strip() + "'")
                .message()
                .hasLineCount(1);
    }

    private void check(String stage, String cut) throws IOException {
        Configuration conf = new Configuration(false);
        switch (stage) {
            case "hits" -> SqlCut.checked(cut, TestColumns.HITS, "here");
            case "events" -> SqlCut.checked(cut, TestColumns.EVENTS, "here");
            case "hit table" ->
                Cuts.ofEvents(csv(EventCuts.COLUMNS, cut), false, conf).check(TestColumns.HITS);
            case "event table" ->
                Cuts.ofEvents(csv(EventCuts.COLUMNS, cut), false, conf).check(TestColumns.EVENTS);
            case "time table" ->
                Cuts.ofTimes(csv(TimeCuts.COLUMNS, cut), false, conf).check(TestColumns.TIMES);
            default -> throw new AssertionError(stage);
        }
    }

    private List<CutSettings.Source> csv(List<String> header, String row) throws IOException {
        Path file = directory.resolve("cuts.csv");
        Files.writeString(file, String.join(",", header) + ",output\n" + row + "\n");
        return List.of(CutSettings.Source.table(file.toString()));
    }

    static Stream<Arguments> applied() throws IOException {
        return table("| written | applied |").stream().map(r -> Arguments.of(code(r.get(0)), code(r.get(1))));
    }

    @ParameterizedTest
    @MethodSource("applied")
    void theSqlThatIsAppliedIsTheOneOfThePage(String written, String applied) {
        assertThat(SqlCut.checked(written, TestColumns.HITS, "here")).isEqualTo(applied);
    }
}
