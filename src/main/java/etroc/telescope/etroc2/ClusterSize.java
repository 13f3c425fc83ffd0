package etroc.telescope.etroc2;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.udf;

import etroc.About;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** A row of the table {@code cluster_sizes}. */
@About(
        "a size of clusters on a board: hits of one frame whose pixels touch, also at corners; hot pixels and frames with CRC or count fault left out")
public record ClusterSize(
        @About("board") int dataBoardId,
        @About("hits of the cluster") int size,
        @About("how many there are") long clusters,
        @About("clusters / all clusters of the board") double fraction) {
    static final String TABLE = "cluster_sizes";
    private static final UserDefinedFunction SIZES = udf(
            (UDF1<Seq<Integer>, List<Integer>>) places -> sizes(CollectionConverters.asJava(places)),
            DataTypes.createArrayType(DataTypes.IntegerType));

    static List<ClusterSize> of(Etroc2Telescope telescope) {
        Map<Integer, Map<Integer, Long>> boards = new TreeMap<>();
        telescope
                .hits()
                .filter(Frames.trustedHit().and(col("hot").equalTo(false)))
                .groupBy("run", "stream", "frame", "data_board_id")
                .agg(collect_set("place").as("places"))
                .select(
                        col("data_board_id"),
                        explode(SIZES.apply(col("places"))).as("size"))
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

    /** Sizes of the groups of places, 0..255, that touch one another. */
    static List<Integer> sizes(Iterable<Integer> places) {
        BitSet left = new BitSet(Pixel.SIDE * Pixel.SIDE);
        places.forEach(left::set);
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
