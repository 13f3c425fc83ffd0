package etroc.telescope.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import etroc.SharedSession;
import etroc.ingest.HitIngest;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Blocks that are small, scattered over partitions and out of order give what the matcher finds in whole runs. */
class EventBuilderSparkTest {
    private static final int[] SIZES = {1000, 37, 400};
    private static final int FILE = 61;
    private static final int[] IDS = {0, 1, 3};

    @TempDir
    static java.nio.file.Path directory;

    private static SparkSession spark;
    private static final int[][] BOARD = new int[SIZES.length][];
    private static final int[][] TOA = new int[SIZES.length][];

    @BeforeAll
    static void hits() {
        spark = SharedSession.get();
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

    /** Runs cut into files of alternating batches. */
    private static NumberedHits numbered() {
        Map<NumberedHits.File, NumberedHits.Place> files = new HashMap<>();
        Map<Integer, Long> byBoard = new TreeMap<>();
        int file = 0;
        for (int run = 0; run < SIZES.length; run++) {
            for (int row = 0; row < SIZES[run]; row += FILE) {
                files.put(new NumberedHits.File(file % 2, file), new NumberedHits.Place(run, row));
                file++;
            }
            for (int board : BOARD[run]) {
                byBoard.merge(board, 1L, Long::sum);
            }
        }
        return new NumberedHits(List.of("a", "b", "c"), new long[] {1000, 37, 400}, byBoard, files);
    }

    private static Dataset<Row> rows(int partitions, boolean shuffled) {
        List<Row> rows = new ArrayList<>();
        int file = 0;
        for (int run = 0; run < SIZES.length; run++) {
            for (int row = 0; row < SIZES[run]; row++) {
                if (row > 0 && row % FILE == 0) {
                    file++;
                }
                rows.add(RowFactory.create(
                        file % 2, file, (long) row % FILE, BOARD[run][row], TOA[run][row], row % 512, run, 1, null));
            }
            file++;
        }
        if (shuffled) {
            Collections.shuffle(rows, new Random(1));
        }
        StructType schema = new StructType();
        for (String name : PieceCutter.COLUMNS) {
            boolean wide = name.equals(HitIngest.ROW);
            schema = schema.add(name, name.equals("datetime") ? "timestamp_ntz" : wide ? "bigint" : "int");
        }
        return spark.createDataFrame(
                JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(rows, partitions), schema);
    }

    /** Events of whole runs as {@code run event toa_0 toa_1 ...}. */
    private static List<String> whole(EventMatcher matcher) throws Exception {
        List<String> events = new ArrayList<>();
        for (int run = 0; run < SIZES.length; run++) {
            HitBlock all = new HitBlock(0, BOARD[run], TOA[run], 0, SIZES[run], true, true);
            int number = 0;
            for (int[] event : matcher.match(all).events()) {
                StringBuilder text = new StringBuilder("abc".charAt(run) + " " + number++);
                for (int hit : event) {
                    text.append(' ').append(hit < 0 ? "null" : TOA[run][hit] + "/" + hit % 512);
                }
                events.add(text.toString());
            }
        }
        Collections.sort(events);
        return events;
    }

    private static List<String> built(Path place, BuiltEvents built, EventMatcher matcher) {
        return EventBuilder.events(spark, place, built, matcher.slots()).collectAsList().stream()
                .map(r -> {
                    StringBuilder text = new StringBuilder(r.getAs("run") + " " + r.getAs("event"));
                    for (String slot : matcher.slots()) {
                        Object toa = r.getAs("time_of_arrival_" + slot);
                        text.append(' ')
                                .append(toa == null ? "null" : toa + "/" + r.getAs("time_over_threshold_" + slot));
                    }
                    return text.toString();
                })
                .sorted()
                .toList();
    }

    static List<EventMatcher> matchers() {
        return List.of(
                new SequenceMatcher(List.of(0, 1, 3)),
                new SequenceMatcher(List.of(0, 1, 0)),
                new CoincidenceMatcher(List.of(0, 1, 3), 3, 50, 3),
                new CoincidenceMatcher(List.of(0, 1, 3), 3, -1, 2));
    }

    /** Blocks of 50 rows: with neighbours of less than a block, and of several blocks. */
    @ParameterizedTest
    @CsvSource({"1, false, 40", "7, true, 40", "3, true, 120"})
    void smallBlocksGiveWhatWholeRunsGive(int partitions, boolean shuffled, int halo) throws Exception {
        NumberedHits hits = numbered();
        for (EventMatcher matcher : matchers()) {
            Path place = new Path(Files.createTempDirectory(directory, "events").toUri());
            Optional<BuiltEvents> built =
                    new EventBuilder(spark, hits, matcher, 50).build(rows(partitions, shuffled), halo, place);
            List<String> expected = whole(matcher);
            assertThat(built(place, built.orElseThrow(), matcher))
                    .isEqualTo(expected)
                    .hasSizeGreaterThan(20);
            assertThat(built.get().events().values().stream().mapToLong(n -> n).sum())
                    .isEqualTo(expected.size());
            assertThat(built.get().hits()).isEqualTo(hits.byBoard());
            long inEvents = expected.stream()
                    .flatMap(e -> Arrays.stream(e.split(" ")).skip(2))
                    .filter(h -> !h.equals("null"))
                    .count();
            assertThat(built.get().hitsInEvents().values().stream()
                            .mapToLong(n -> n)
                            .sum())
                    .isEqualTo(inEvents);
        }
    }

    @Test
    void tooFewNeighboursAreSaidToBeTooFew() throws Exception {
        EventMatcher matcher = new CoincidenceMatcher(List.of(0, 1, 3), 3, -1, 2);
        Path place = new Path(Files.createTempDirectory(directory, "events").toUri());
        assertThat(new EventBuilder(spark, numbered(), matcher, 50).build(rows(2, false), 1, place))
                .isEmpty();
    }

    @Test
    void aMissingHitIsNotPassedOver() throws Exception {
        Path place = new Path(Files.createTempDirectory(directory, "events").toUri());
        Dataset<Row> rows = rows(2, false).filter("not (file_index = 3 and row = 5)");
        EventBuilder builder = new EventBuilder(spark, numbered(), new SequenceMatcher(List.of(0, 1, 3)), 50);
        assertThatThrownBy(() -> builder.build(rows, 40, place)).hasMessageContaining("expected, but from row");
    }
}
