package etroc.telescope.etroc2;

import static org.apache.spark.sql.functions.bit_or;
import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import etroc.About;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF4;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/** A row of the table {@code cluster_sizes}. */
@About(
        "a size of clusters on a board: hits of one frame whose pixels touch, also at corners; hot pixels and frames with CRC or count fault left out")
public record ClusterSize(
        @About("board") int dataBoardId,
        @About("hits of the cluster") int size,
        @About("how many there are") long clusters,
        @About("clusters / all clusters of the board") double fraction) {
    static final String TABLE = "cluster_sizes";
    /** Pixels as bits of so many columns. */
    private static final int WORDS = Pixel.SIDE * Pixel.SIDE / Long.SIZE;

    private static final UserDefinedFunction SIZES = udf(
            (UDF4<Long, Long, Long, Long, List<Integer>>)
                    (a, b, c, d) -> sizes(BitSet.valueOf(new long[] {a, b, c, d})),
            DataTypes.createArrayType(DataTypes.IntegerType));

    static List<ClusterSize> of(Etroc2Telescope telescope) {
        Map<Integer, Map<Integer, Long>> boards = new TreeMap<>();
        Column[] words = IntStream.range(0, WORDS)
                .mapToObj(w -> bit_or(
                                when(col("place").divide(Long.SIZE).cast("int").equalTo(w), bit())
                                        .otherwise(lit(0L)))
                        .as("word_" + w))
                .toArray(Column[]::new);
        Column[] names =
                IntStream.range(0, WORDS).mapToObj(w -> col("word_" + w)).toArray(Column[]::new);
        telescope
                .hits()
                .filter(Frames.trustedHit().and(col("hot").equalTo(false)))
                .groupBy("run", "stream", "frame", "data_board_id")
                .agg(words[0], Arrays.copyOfRange(words, 1, WORDS))
                .select(col("data_board_id"), explode(SIZES.apply(names)).as("size"))
                .groupBy("data_board_id", "size")
                .count()
                .collectAsList()
                .forEach(r -> boards.computeIfAbsent(r.getInt(0), b -> new TreeMap<>())
                        .put(r.getInt(1), r.getLong(2)));
        List<ClusterSize> sizes = new ArrayList<>();
        boards.forEach((board, own) -> {
            double all = own.values().stream().mapToLong(Long::longValue).sum();
            own.forEach((size, n) -> sizes.add(new ClusterSize(board, size, n, n / all)));
        });
        return sizes;
    }

    /** The bit of a place in its word. */
    private static Column bit() {
        return call_function("shiftleft", lit(1L), col("place").mod(Long.SIZE));
    }

    /** Sizes of the groups of places, 0..255, that touch one another. */
    static List<Integer> sizes(BitSet places) {
        BitSet left = (BitSet) places.clone();
        List<Integer> sizes = new ArrayList<>();
        Deque<Integer> next = new ArrayDeque<>();
        for (int first = left.nextSetBit(0); first >= 0; first = left.nextSetBit(0)) {
            int size = 0;
            left.clear(first);
            next.add(first);
            while (!next.isEmpty()) {
                int place = next.remove();
                size++;
                for (int other : Pixel.around(place)) {
                    if (left.get(other)) {
                        left.clear(other);
                        next.add(other);
                    }
                }
            }
            sizes.add(size);
        }
        return sizes;
    }
}
