package etroc.telescope.etroc2;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import etroc.About;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code hit_counts}. */
@About("a number of hits that frames or events have, in frames without CRC or count fault")
public record HitCount(
        @About("frame or event") String per,

        @About("board; empty: all boards together") @Nullable
        Integer dataBoardId,

        @About("hits of a frame or event") int hits,

        @About("how many have that; an event counts whether or not the board has a frame in it")
        long count) {
    static final String TABLE = "hit_counts";
    private static final String FRAME = "frame";
    private static final String EVENT = "event";
    /** Stands for all boards while Spark counts. */
    private static final int ALL = -1;

    /** Of frames by board, then of events: of all boards, and by board. */
    static List<HitCount> of(Etroc2Telescope telescope, Frames frames) {
        List<HitCount> counts = new ArrayList<>(ofFrames(frames));
        List<Integer> boards = frames.streams().keySet().stream().sorted().toList();
        long events = telescope
                .input()
                .frames()
                .groupBy("run")
                .agg(max("event").plus(1).as("events"))
                .agg(coalesce(sum("events"), lit(0L)))
                .first()
                .getLong(0);
        Map<Integer, Map<Integer, Long>> found = ofEvents(telescope, boards);
        found.forEach((board, own) -> {
            Integer known = board == ALL ? null : board;
            long with = own.values().stream().mapToLong(Long::longValue).sum();
            counts.add(new HitCount(EVENT, known, 0, events - with));
            own.forEach((hits, n) -> counts.add(new HitCount(EVENT, known, hits, n)));
        });
        return counts;
    }

    /** Numbers of events by board and number of hits, where there are any. */
    private static Map<Integer, Map<Integer, Long>> ofEvents(Etroc2Telescope telescope, List<Integer> boards) {
        Map<Integer, Map<Integer, Long>> found = new TreeMap<>();
        found.put(ALL, new TreeMap<>());
        List<Column> sums = new ArrayList<>(
                List.of(struct(lit(ALL).as("board"), sum("data_words").as("n"))));
        for (int b : boards) {
            found.put(b, new TreeMap<>());
            Column own = when(col("data_board_id").equalTo(b), col("data_words"));
            sums.add(struct(lit(b).as("board"), sum(own).as("n")));
        }
        telescope
                .input()
                .frames()
                .filter(Frames.trusted()
                        .and(col("data_words").gt(0))
                        .and(col("event").isNotNull()))
                .groupBy("run", "event")
                .agg(array(sums.toArray(Column[]::new)).as("boards"))
                .select(explode(col("boards")).as("of"))
                .filter(col("of.n").gt(0))
                .groupBy(col("of.board"), col("of.n"))
                .count()
                .collectAsList()
                .forEach(r -> found.getOrDefault(r.getInt(0), new TreeMap<>()).put((int) r.getLong(1), r.getLong(2)));
        return found;
    }

    private static List<HitCount> ofFrames(Frames frames) {
        Map<Integer, Map<Integer, Long>> numbers = new TreeMap<>();
        frames.numbers()
                .forEach(n -> numbers.computeIfAbsent(n.board(), b -> new TreeMap<>())
                        .merge(n.hits(), n.frames(), Long::sum));
        List<HitCount> counts = new ArrayList<>();
        numbers.forEach((board, own) -> own.forEach((hits, n) -> counts.add(new HitCount(FRAME, board, hits, n))));
        return counts;
    }

    /** Whether every event has a hit on the board. */
    static boolean always(List<HitCount> counts, int board) {
        return counts.stream()
                .noneMatch(c -> c.per.equals(EVENT)
                        && Integer.valueOf(board).equals(c.dataBoardId)
                        && c.hits == 0
                        && c.count > 0);
    }
}
