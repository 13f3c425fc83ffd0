package etroc.cuts;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import etroc.SharedSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts against the definitions (alone, cumulative, all others), one row after the other. */
class CutflowSparkTest {
    private static final int ROWS = 3000;

    /** Cut c passes where the value is no multiple of the c-th number of a list, which few or most values are. */
    private static List<Cut> cuts(int number, int spread) {
        return IntStream.range(0, number)
                .mapToObj(c -> new Cut(c, "", "cut " + c, "value % " + (spread + c) + " <> 0"))
                .toList();
    }

    private static Dataset<Row> rows(List<Long> values) {
        return SharedSession.get()
                .createDataset(values, Encoders.LONG())
                .toDF("value")
                .withColumn("board", functions.pmod(col("value"), functions.lit(3)))
                .repartition(4);
    }

    private static List<Cutflow.Line> expected(List<Cut> cuts, List<Long> values, int spread) {
        List<Cutflow.Line> lines = new ArrayList<>();
        for (int c = 0; c < cuts.size(); c++) {
            int cut = c;
            lines.add(new Cutflow.Line(
                    cuts.get(c),
                    values.size(),
                    count(values, spread, i -> i == cut, cuts.size()),
                    count(values, spread, i -> i <= cut, cuts.size()),
                    count(values, spread, i -> i != cut, cuts.size())));
        }
        return lines;
    }

    /** Values that pass all cuts that are asked for. */
    private static long count(List<Long> values, int spread, IntPredicate asked, int cuts) {
        return values.stream()
                .filter(v -> IntStream.range(0, cuts).filter(asked).allMatch(c -> v % (spread + c) != 0))
                .count();
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "3, 2", "8, 5", "30, 40", "63, 100"})
    void countsWhatTheDefinitionsSay(int number, int spread) {
        Random random = new Random(number);
        List<Long> values = random.longs(ROWS, 0, 1_000_000).boxed().toList();
        List<Cut> cuts = cuts(number, spread);
        Dataset<Row> counts = rows(values)
                .withColumn(Cutflow.FAILING, Cutflow.failing(cuts))
                .groupBy("board", Cutflow.FAILING)
                .count()
                .cache();
        assertThat(Cutflow.of(cuts, counts)).isEqualTo(expected(cuts, values, spread));
        // and by another column
        for (int b = 0; b < 3; b++) {
            int board = b;
            List<Long> ofBoard = values.stream().filter(v -> v % 3 == board).toList();
            assertThat(Cutflow.of(cuts, counts.filter(col("board").equalTo(board))))
                    .isEqualTo(expected(cuts, ofBoard, spread));
        }
        counts.unpersist();
    }

    @Test
    void passesTheFirstCutsAsTheirSqlDoes() {
        List<Cut> cuts = cuts(63, 50);
        Dataset<Row> rows = rows(new Random(1).longs(ROWS, 0, 1_000_000).boxed().toList())
                .withColumn(Cutflow.FAILING, Cutflow.failing(cuts))
                .cache();
        for (int first : List.of(0, 5, 63)) {
            assertThat(rows.filter(Cutflow.passes(first)).select("value").collectAsList())
                    .as("first %d", first)
                    .isEqualTo(rows.filter(Cutflow.all(cuts.subList(0, first)))
                            .select("value")
                            .collectAsList())
                    .isNotEmpty();
        }
        rows.unpersist();
    }

    @Test
    void noEventsAndNoCuts() {
        List<Cut> cuts = cuts(2, 2);
        Dataset<Row> none = rows(List.of()).withColumn(Cutflow.FAILING, Cutflow.failing(cuts));
        assertThat(Cutflow.of(cuts, none.groupBy(Cutflow.FAILING).count()))
                .isEqualTo(
                        cuts.stream().map(c -> new Cutflow.Line(c, 0, 0, 0, 0)).toList());
        Dataset<Row> some = rows(List.of(1L, 2L)).withColumn(Cutflow.FAILING, Cutflow.failing(List.of()));
        assertThat(some.filter(Cutflow.passes(0)).count()).isEqualTo(2);
        assertThat(Cutflow.of(List.of(), some.groupBy(Cutflow.FAILING).count())).isEmpty();
    }
}
