package etroc.telescope.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import etroc.SharedSession;
import java.nio.file.Files;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Blocks of any size, scattered over partitions and out of order, give what the matcher finds in whole runs. */
class EventBuilderSparkTest {
    private static final String PARTITIONS = "spark.sql.shuffle.partitions";
    private static final List<String> RUNS = List.of("a", "b", "c", "none");
    private static final int[] SIZES = {1200, 37, 1000, 0};
    private static final int[] IDS = {0, 1, 3};
    private static final EventMatcher WINDOWS = new SequenceMatcher(List.of(0, 1, 3));
    private static final EventMatcher TWO_OF_THREE = new CoincidenceMatcher(List.of(0, 1, 3), 3, -1, 2);

    @TempDir
    static java.nio.file.Path directory;

    private static SparkSession spark;
    private static String usualPartitions;
    private static final int[][] BOARD = new int[SIZES.length][];
    private static final int[][] TOA = new int[SIZES.length][];

    @BeforeAll
    static void hits() {
        spark = SharedSession.get();
        usualPartitions = spark.conf().get(PARTITIONS);
        Random random = new Random(4);
        for (int run = 0; run < SIZES.length; run++) {
            BOARD[run] = new int[SIZES[run]];
            TOA[run] = new int[SIZES[run]];
            int time = 250;
            for (int i = 0; i < SIZES[run]; i++) {
                BOARD[run][i] = random.nextInt(5) == 0 ? IDS[random.nextInt(3)] : IDS[i % 3];
                time = i % 3 == 0 ? 100 + random.nextInt(400) : time;
                TOA[run][i] = random.nextInt(8) == 0 ? 100 + random.nextInt(400) : time + random.nextInt(20);
            }
        }
    }

    @AfterEach
    void usualPartitions() {
        spark.conf().set(PARTITIONS, usualPartitions);
    }

    private static Dataset<Row> rows(int partitions, boolean shuffled) {
        List<Row> rows = new ArrayList<>();
        for (int run = 0; run < SIZES.length; run++) {
            for (int row = 0; row < SIZES[run]; row++) {
                rows.add(RowFactory.create(
                        run,
                        (long) row,
                        BOARD[run][row],
                        TOA[run][row],
                        row % 512,
                        1000 + run,
                        1,
                        row % 7 == 0 ? null : LocalDateTime.of(2022, 4, 8, 1, 0, 0, 1000 * row)));
            }
        }
        if (shuffled) {
            Collections.shuffle(rows, new Random(1));
        }
        return spark.createDataFrame(
                JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(rows, partitions),
                StructType.fromDDL("run_index int, row bigint, data_board_id int, time_of_arrival int,"
                        + " time_over_threshold int, calibration_code int, hit_flag int, datetime timestamp_ntz"));
    }

    private static NumberedHits numbered(Dataset<Row> rows) {
        Map<Integer, Long> byBoard = Arrays.stream(BOARD)
                .flatMapToInt(Arrays::stream)
                .boxed()
                .collect(Collectors.groupingBy(b -> b, TreeMap::new, Collectors.counting()));
        return new NumberedHits(rows, RUNS, Arrays.stream(SIZES).asLongStream().toArray(), byBoard);
    }

    /** Events of whole runs as {@code run event toa/tot/cal/time ...}. */
    private static List<String> whole(EventMatcher matcher) throws Exception {
        List<String> events = new ArrayList<>();
        for (int r = 0; r < SIZES.length; r++) {
            int run = r;
            int number = 0;
            for (int[] event : matcher.match(wholeRun(run)).events()) {
                events.add(RUNS.get(run) + " " + number++ + " "
                        + Arrays.stream(event)
                                .mapToObj(h -> h < 0
                                        ? "null/null/null/null"
                                        : TOA[run][h] + "/" + h % 512 + "/" + (1000 + run) + "/"
                                                + (h % 7 == 0 ? null : LocalDateTime.of(2022, 4, 8, 1, 0, 0, 1000 * h)))
                                .collect(Collectors.joining(" ")));
            }
        }
        Collections.sort(events);
        return events;
    }

    private static HitBlock wholeRun(int run) {
        return new HitBlock(0, BOARD[run], TOA[run], 0, SIZES[run], true, true);
    }

    private static List<String> built(Path place, EventMatcher matcher) {
        return EventBuilder.events(spark, place, matcher.slots()).collectAsList().stream()
                .map(r -> r.getAs("run") + " " + r.getAs("event") + " "
                        + matcher.slots().stream()
                                .map(s -> r.getAs("time_of_arrival_" + s) + "/" + r.getAs("time_over_threshold_" + s)
                                        + "/" + r.getAs("calibration_code_" + s) + "/" + r.getAs("datetime_" + s))
                                .collect(Collectors.joining(" ")))
                .sorted()
                .toList();
    }

    private static Path place() throws Exception {
        return new Path(Files.createTempDirectory(directory, "events").toUri());
    }

    private static void check(EventMatcher matcher, Path place, BuiltEvents built) throws Exception {
        List<String> expected = whole(matcher);
        assertThat(built(place, matcher)).isEqualTo(expected).hasSizeGreaterThan(20);
        assertThat(built.events()).containsOnlyKeys("a", "b", "c");
        assertThat(built.events().values().stream().mapToLong(n -> n).sum()).isEqualTo(expected.size());
        Map<Integer, Long> inEvents = new TreeMap<>();
        long lost = 0;
        for (int run = 0; run < SIZES.length; run++) {
            EventMatcher.Matches matches = matcher.match(wholeRun(run));
            lost += matches.lost();
            for (int[] event : matches.events()) {
                IntStream.range(0, event.length)
                        .forEach(s -> inEvents.merge(matcher.boards().get(s), event[s] < 0 ? 0L : 1L, Long::sum));
            }
        }
        assertThat(built.hitsInEvents()).isEqualTo(inEvents);
        assertThat(built.lostHits()).isEqualTo(lost);
    }

    static Stream<EventMatcher> matchers() {
        return Stream.of(
                WINDOWS,
                new SequenceMatcher(List.of(3)),
                new SequenceMatcher(List.of(1, 0)),
                new SequenceMatcher(List.of(0, 1, 0)),
                new CoincidenceMatcher(List.of(0, 1, 3), 3, 50, 3),
                new CoincidenceMatcher(List.of(1, 0, 3), 5, 30, 1));
    }

    /** Small blocks with neighbours of less than a block, in any order. */
    @ParameterizedTest
    @MethodSource("matchers")
    void smallBlocksGiveWhatWholeRunsGive(EventMatcher matcher) throws Exception {
        Path place = place();
        check(matcher, place, new EventBuilder(numbered(rows(3, true)), matcher, 50, 40).build(place));
    }

    @ParameterizedTest
    @CsvSource({"50, 1", "50, 7", "50, 64", "1000, 2", "65536, 1", "65536, 64"})
    void eventsDependOnNeitherBlocksNorPartitions(int blockRows, int partitions) throws Exception {
        spark.conf().set(PARTITIONS, partitions);
        for (EventMatcher matcher : List.of(WINDOWS, TWO_OF_THREE)) {
            Path place = place();
            NumberedHits hits = numbered(rows(partitions, partitions > 1));
            check(matcher, place, new EventBuilder(hits, matcher, blockRows, 120).build(place));
        }
    }

    /** A halo of 3 rows does for some blocks; the others are looked at again, and alone. */
    @Test
    void onlyBlocksWhoseNeighboursMatterAreLookedAtAgain() throws Exception {
        Path place = place();
        check(TWO_OF_THREE, place, new EventBuilder(numbered(rows(2, true)), TWO_OF_THREE, 50, 3).build(place));
        Dataset<Row> found = spark.read().parquet(new Path(place, "events").toString());
        long blocks = found.where("hits is not null").count();
        long again = found.where("hits is null and index_in_block is null").count();
        assertThat(blocks)
                .isEqualTo(24 + 1 + 20)
                .isEqualTo(found.select("block").distinct().count());
        assertThat(again).isBetween(1L, 2 * blocks);
        assertThat(found.where("hits is null and index_in_block is null")
                        .select("block")
                        .distinct()
                        .count())
                .isLessThan(blocks);
    }

    static Stream<EventMatcher> oneOfEachWay() {
        return Stream.of(WINDOWS, TWO_OF_THREE);
    }

    @ParameterizedTest
    @MethodSource("oneOfEachWay")
    void aMissingOrADoubledHitIsNotPassedOver(EventMatcher matcher) throws Exception {
        Dataset<Row> rows = rows(2, false);
        Map<String, String> missing = Map.of(
                "row = 333", "hits from row 333 of a run expected, but from row 334 found",
                "row between 100 and 149", "run a has 1200 hits, but 1150 were looked at",
                "row >= 1190", "run a has 1200 hits, but 1190 were looked at",
                "row < 50", "run a has 1200 hits, but 1150 were looked at");
        for (Map.Entry<String, String> e : missing.entrySet()) {
            NumberedHits hits = numbered(rows.where("not (run_index = 0 and " + e.getKey() + ")"));
            // with a matcher a block, its neighbours may be the first to miss it
            List<String> told = matcher == WINDOWS
                    ? List.of(e.getValue())
                    : List.of(
                            e.getValue(),
                            "some hits are missing, or there twice",
                            "hits from row 100 of a run expected, but from row 150 found");
            Throwable failure = catchThrowable(() -> new EventBuilder(hits, matcher, 50, 40).build(place()));
            assertThat(Throwables.getStackTrace(failure)).containsAnyOf(told.toArray(String[]::new));
        }
        NumberedHits twice = numbered(rows.union(rows.where("run_index = 2 and row = 77")));
        assertThatThrownBy(() -> new EventBuilder(twice, matcher, 50, 40).build(place()))
                .hasStackTraceContaining("hits from row 78 of a run expected, but from row 77 found");
    }

    @Test
    void noHitsAreNoEvents() throws Exception {
        Path place = place();
        NumberedHits none = new NumberedHits(rows(2, false).limit(0), RUNS, new long[4], Map.of());
        for (EventMatcher matcher : List.of(WINDOWS, TWO_OF_THREE)) {
            assertThat(new EventBuilder(none, matcher, 50, 40).build(place).events())
                    .isEmpty();
            assertThat(built(place, matcher)).isEmpty();
        }
    }
}
