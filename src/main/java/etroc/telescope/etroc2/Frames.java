package etroc.telescope.etroc2;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import etroc.layout.etroc2.FrameFault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;

/**
 * Frames that can be trusted: complete, without CRC or count fault.
 *
 * @param numbers how many there are, by board, stream and hits
 * @param streams that read a column of a board, by board and column; some boards have one for each half
 * @param withoutEmpty runs of text in which no frame is empty: those were perhaps not written
 */
record Frames(List<Numbered> numbers, Map<Integer, Map<Integer, Set<Integer>>> streams, Set<String> withoutEmpty) {
    private static final int FAULTS = FrameFault.CRC.bit() | FrameFault.COUNT.bit();

    /** Frames of a stream of a board that have so many hits. */
    record Numbered(int board, int stream, int hits, long frames) {}

    /** Of rows of frames: whether they can be trusted. */
    static Column trusted() {
        return col("complete").and(trustedHit());
    }

    /** Of rows of hits: whether their frames can be. */
    static Column trustedHit() {
        return col("data_board_id")
                .isNotNull()
                .and(col("frame_faults").bitwiseAND(FAULTS).equalTo(0));
    }

    static Frames of(Etroc2Telescope telescope) {
        BeamInput input = telescope.input();
        List<Numbered> numbers = input
                .frames()
                .filter(trusted())
                .groupBy("data_board_id", "stream", "data_words")
                .count()
                .sort("data_board_id", "stream", "data_words")
                .collectAsList()
                .stream()
                .map(r -> new Numbered(r.getInt(0), r.getInt(1), r.getInt(2), r.getLong(3)))
                .toList();
        Map<Integer, Map<Integer, Set<Integer>>> streams = new TreeMap<>();
        telescope
                .hits()
                .filter(col(InputHits.REASON).isNull().and(col("data_board_id").isNotNull()))
                .select("data_board_id", "column", "stream")
                .distinct()
                .collectAsList()
                .forEach(r -> streams.computeIfAbsent(r.getInt(0), b -> new TreeMap<>())
                        .computeIfAbsent(r.getInt(1), c -> new TreeSet<>())
                        .add(r.getInt(2)));
        return new Frames(numbers, streams, withoutEmpty(input));
    }

    private static Set<String> withoutEmpty(BeamInput input) {
        if (input.texts().isEmpty()) {
            return Set.of();
        }
        return input
                .frames()
                .filter(col("complete").and(col("run").isInCollection(input.texts())))
                .groupBy("run")
                .agg(count(when(col("data_words").equalTo(0), lit(1))).as("empty"))
                .filter(col("empty").equalTo(0))
                .collectAsList()
                .stream()
                .map(r -> r.getString(0))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Streams that read a column; none if no hit tells. */
    Set<Integer> streams(int board, int column) {
        return streams.getOrDefault(board, Map.of()).getOrDefault(column, Set.of());
    }

    /** Frames of a board by stream. */
    Map<Integer, Long> byStream(int board) {
        Map<Integer, Long> frames = new HashMap<>();
        numbers.stream().filter(n -> n.board == board).forEach(n -> frames.merge(n.stream, n.frames, Long::sum));
        return frames;
    }

    /** The different sets of streams that read columns of a board; a single one is that of every stream. */
    private List<Set<Integer>> readers(int board) {
        List<Set<Integer>> different = streams.getOrDefault(board, Map.of()).values().stream()
                .distinct()
                .toList();
        return different.size() < 2 ? List.of() : different;
    }

    /** A stream of a board as bits: 1, and a bit more for every set of {@link #readers(int)} that it belongs to. */
    Column bits(int board, Column stream) {
        Column bits = lit(1L);
        List<Set<Integer>> sets = readers(board);
        for (int i = 0; i < sets.size(); i++) {
            bits = bits.bitwiseOR(
                    when(stream.isInCollection(sets.get(i)), lit(2L << i)).otherwise(lit(0L)));
        }
        return bits;
    }

    /** The bit of the streams that read a column of a board: 1, that of every stream, where no hit tells which do. */
    Column readers(int board, Column column) {
        Column readers = lit(1L);
        List<Set<Integer>> sets = readers(board);
        for (int i = 0; i < sets.size(); i++) {
            Set<Integer> set = sets.get(i);
            List<Integer> columns = streams.getOrDefault(board, Map.of()).entrySet().stream()
                    .filter(e -> e.getValue().equals(set))
                    .map(Map.Entry::getKey)
                    .toList();
            readers = when(column.isInCollection(columns), lit(2L << i)).otherwise(readers);
        }
        return readers;
    }
}
