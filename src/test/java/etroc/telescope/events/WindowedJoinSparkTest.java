package etroc.telescope.events;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.assertj.core.api.Assertions.assertThat;

import etroc.SharedSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Coincidences against windowed joins across the boards in Spark SQL: all candidates as range joins, then rounds in which a candidate wins that
 * is the best of each of its hits.
 */
class WindowedJoinSparkTest {
    private static final String SCHEMA = "run_index int, row bigint, data_board_id int, time_of_arrival int,"
            + " time_over_threshold int, calibration_code int, hit_flag int, datetime timestamp_ntz";

    @TempDir
    Path directory;

    private final SparkSession spark = SharedSession.get();

    private Dataset<Row> hits(int[] sizes, long seed) {
        Random random = new Random(seed);
        List<Row> rows = new ArrayList<>();
        int[] ids = {0, 1, 3};
        for (int run = 0; run < sizes.length; run++) {
            int time = 0;
            for (int i = 0; i < sizes[run]; i++) {
                time = i % 3 == 0 ? 100 + random.nextInt(400) : time;
                int board = random.nextInt(4) == 0 ? ids[random.nextInt(3)] : ids[i % 3];
                int toa = random.nextInt(8) == 0 ? 100 + random.nextInt(400) : time + random.nextInt(30);
                rows.add(RowFactory.create(run, (long) i, board, toa, 1, 1, 1, null));
            }
        }
        return spark.createDataFrame(rows, StructType.fromDDL(SCHEMA)).repartition(5);
    }

    /** Candidates of one hit of each of some boards, with their place in the order of the specification. */
    private static Dataset<Row> candidates(
            Dataset<Row> unused, List<Integer> ids, List<Integer> pattern, int window, int toaWindow) {
        Dataset<Row> sets = null;
        for (int b : ids) {
            Dataset<Row> board = unused.where(col("data_board_id").equalTo(b))
                    .select(
                            col("run_index"),
                            col("row").as("row_" + b),
                            col("time_of_arrival").as("toa_" + b));
            Dataset<Row> before = sets;
            Column near = ids.stream()
                    .takeWhile(other -> other != b)
                    .map(other -> expr("abs(row_" + other + " - row_" + b + ") <= " + window))
                    .reduce(lit(true), Column::and);
            sets = before == null ? board : before.join(board, "run_index").where(near);
        }
        String rows = ids.stream().sorted().map(b -> "row_" + b).collect(Collectors.joining(", "));
        String toas = ids.stream().map(b -> "toa_" + b).collect(Collectors.joining(", "));
        String ordered =
                pattern.stream().filter(ids::contains).map(b -> "row_" + b).collect(Collectors.joining(", "));
        return sets.where(spread(rows) + " <= " + window)
                .where(toaWindow < 0 ? "true" : spread(toas) + " <= " + toaWindow)
                .select(
                        col("run_index"),
                        expr("array(" + rows + ")").as("rows"),
                        expr("struct(array_sort(array(" + ordered + ")) != array(" + ordered + ") as disorder, "
                                        + spread(rows) + " as span, array_min(array(" + rows + ")) as first, array("
                                        + rows + ") as rows)")
                                .as("rank"));
    }

    private static String spread(String values) {
        return "(array_max(array(" + values + ")) - array_min(array(" + values + ")))";
    }

    /** Takes the winners of each round until no candidate is left. */
    private static List<Row> winners(Dataset<Row> candidates) {
        List<Row> all = new ArrayList<>();
        Dataset<Row> left = candidates.localCheckpoint();
        while (!left.isEmpty()) {
            Column best = min("rank").over(Window.partitionBy("run_index", "hit"));
            Dataset<Row> won = left.select(
                            col("run_index"),
                            col("rows"),
                            col("rank"),
                            explode(col("rows")).as("hit"))
                    .withColumn("best", best)
                    .groupBy("run_index", "rows", "rank")
                    .agg(count_if(col("best").notEqual(col("rank"))).as("beaten"))
                    .where("beaten = 0")
                    .select("run_index", "rows")
                    .localCheckpoint();
            all.addAll(won.collectAsList());
            Dataset<Row> used =
                    won.select(col("run_index").as("run"), explode(col("rows")).as("used"));
            left = left.join(broadcast(used), expr("run_index = run and array_contains(rows, used)"), "left_anti")
                    .localCheckpoint();
        }
        return all;
    }

    private static List<List<Integer>> choices(List<Integer> pattern, int count) {
        List<List<Integer>> choices = new ArrayList<>();
        for (int mask = 0; mask < 1 << pattern.size(); mask++) {
            int bits = mask;
            if (Integer.bitCount(mask) == count) {
                choices.add(pattern.stream()
                        .filter(b -> (bits >> pattern.indexOf(b) & 1) == 1)
                        .toList());
            }
        }
        return choices;
    }

    @ParameterizedTest
    @CsvSource({"3, 50, 3, 013", "4, -1, 2, 103"})
    void coincidencesAreTheWinnersOfWindowedJoins(int window, int toaWindow, int required, String ids) {
        List<Integer> pattern = ids.chars().mapToObj(c -> c - '0').toList();
        int[] sizes = {300, 120};
        Dataset<Row> hits = hits(sizes, window).localCheckpoint();
        List<String> expected = new ArrayList<>();
        Dataset<Row> unused = hits;
        for (int count = pattern.size(); count >= required; count--) {
            Dataset<Row> candidates = null;
            for (List<Integer> boards : choices(pattern, count)) {
                Dataset<Row> some = candidates(unused, boards, pattern, window, toaWindow);
                candidates = candidates == null ? some : candidates.union(some);
            }
            List<Row> won = winners(candidates);
            won.forEach(w -> expected.add(w.getInt(0) + " " + w.getList(1)));
            Dataset<Row> used = spark.createDataFrame(won, StructType.fromDDL("run_index int, rows array<bigint>"))
                    .select(col("run_index"), explode(col("rows")).as("row"));
            unused = unused.join(used, new String[] {"run_index", "row"}, "left_anti")
                    .localCheckpoint();
        }
        // the TOT codes carry the row
        Dataset<Row> marked = hits.withColumn("time_over_threshold", col("row").cast("int"));
        NumberedHits numbered = new NumberedHits(marked, List.of("a", "b"), new long[] {300, 120}, Map.of());
        CoincidenceMatcher matcher = new CoincidenceMatcher(pattern, window, toaWindow, required);
        org.apache.hadoop.fs.Path place = new org.apache.hadoop.fs.Path(directory.toUri());
        new EventBuilder(numbered, matcher, 50, 40).build(place);
        String rows =
                pattern.stream().sorted().map(b -> "time_over_threshold_" + b).collect(Collectors.joining(", "));
        List<String> built = EventBuilder.events(spark, place, matcher.slots())
                .select(col("run_index"), expr("filter(array(" + rows + "), x -> x is not null)"))
                .collectAsList()
                .stream()
                .map(r -> r.getInt(0) + " " + r.getList(1))
                .toList();
        assertThat(built).containsExactlyInAnyOrderElementsOf(expected).hasSizeGreaterThan(60);
    }
}
