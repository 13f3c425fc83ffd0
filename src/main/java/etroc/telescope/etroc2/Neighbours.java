package etroc.telescope.etroc2;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Hits beside the pixel that a particle hit: charge that is shared, and signals that couple over. */
final class Neighbours {
    /** A prediction so far away has nothing to do with a pixel's hit. */
    private static final int FAR = 3;

    private static final List<String> THIRDS = List.of("low", "middle", "high");
    private static final Column SIDE = lit(Pixel.SIDE);
    private static final Column PLACE = col("row").multiply(SIDE).plus(col("column"));

    private final int board;
    /** Last TOT code of each third. */
    private final int[] ends = new int[THIRDS.size()];

    private int first;
    /** Pixels of the board by place; hot ones are neighbours of nobody. */
    private final Map<Integer, Pixel> pixels = new HashMap<>();
    /** Events with a hit at the predicted place, by third. */
    private final List<Map<Integer, Long>> atPlace = new ArrayList<>();
    /** Chance of a hit at a place. */
    private final Map<Integer, double[]> chance = new HashMap<>();
    /** Sums over events by third, predicted place and neighbour, in this order. */
    private final Map<List<Integer>, long[]> pairs;

    private Neighbours(int board, List<Pixel> all, Dataset<Row> predictions, List<Efficiency> map) {
        this.board = board;
        all.stream().filter(p -> p.dataBoardId() == board).forEach(p -> pixels.put(p.place(), p));
        Dataset<Row> framed =
                predictions.filter(col("has_frame").and(col("hits").isNotNull()));
        Dataset<Row> hit = framed.withColumn("own", at(PLACE)).filter(col("own").isNotNull());
        divide(hit);
        Column third = when(col("own.tot").leq(ends[0]), 0)
                .when(col("own.tot").leq(ends[1]), 1)
                .otherwise(2);
        Dataset<Row> withThird = hit.withColumn("third", third);
        THIRDS.forEach(t -> atPlace.add(new HashMap<>()));
        withThird
                .groupBy(col("third"), PLACE)
                .count()
                .collectAsList()
                .forEach(r -> atPlace.get(r.getInt(0)).put(r.getInt(1), r.getLong(2)));
        chances(framed, map);
        pairs = pairs(withThird);
    }

    /** Of a board, directions in rows; all hits first, then each third. */
    static List<Neighbour> of(int board, List<Pixel> pixels, Dataset<Row> predictions, List<Efficiency> map) {
        return new Neighbours(board, pixels, predictions, map).rows();
    }

    /** The first hit at a place. */
    private static Column at(Column place) {
        return get(filter(col("hits"), h -> h.getField("place").equalTo(place)), lit(0));
    }

    private void divide(Dataset<Row> hit) {
        TreeMap<Integer, Long> codes = new TreeMap<>();
        hit.groupBy("own.tot").count().collectAsList().forEach(r -> codes.put(r.getInt(0), r.getLong(1)));
        long all = codes.values().stream().mapToLong(Long::longValue).sum();
        long below = 0;
        first = codes.isEmpty() ? 0 : codes.firstKey();
        for (Map.Entry<Integer, Long> code : codes.entrySet()) {
            for (int i = 0; i < ends.length; i++) {
                if (ends.length * below < (i + 1) * all) {
                    ends[i] = code.getKey();
                }
            }
            below += code.getValue();
        }
    }

    /** Events whose prediction is far from a place, those of them with a hit there, and all. */
    private void chances(Dataset<Row> framed, List<Efficiency> map) {
        Map<Integer, Long> found = new HashMap<>();
        framed.select(col("row"), col("column"), explode(col("places")).as("at"))
                .filter(distance(col("at")).geq(FAR))
                .groupBy("at")
                .count()
                .collectAsList()
                .forEach(r -> found.put(r.getInt(0), r.getLong(1)));
        for (int place = 0; place < Pixel.SIDE * Pixel.SIDE; place++) {
            int row = place / Pixel.SIDE;
            int column = place % Pixel.SIDE;
            double of = map.stream()
                    .filter(e -> Math.max(Math.abs(e.row() - row), Math.abs(e.column() - column)) >= FAR)
                    .mapToLong(e -> e.found().denominator())
                    .sum();
            chance.put(place, new double[] {found.getOrDefault(place, 0L) / of, of});
        }
    }

    /** Larger of the row and column distance of a place from the prediction. */
    private static Column distance(Column place) {
        return greatest(
                abs(place.divide(SIDE).cast("int").minus(col("row"))),
                abs(place.mod(SIDE).minus(col("column"))));
    }

    private static Map<List<Integer>, long[]> pairs(Dataset<Row> withThird) {
        Column own = col("own.toa").cast("long");
        Column other = col("other.toa").cast("long");
        Map<List<Integer>, long[]> pairs = new HashMap<>();
        withThird
                .withColumn("at", explode(col("places")))
                .filter(distance(col("at")).equalTo(1))
                .withColumn("other", at(col("at")))
                .groupBy(col("third"), PLACE, col("at"))
                .agg(
                        count(lit(1)),
                        sum(own),
                        sum(other),
                        sum(own.multiply(own)),
                        sum(other.multiply(other)),
                        sum(own.multiply(other)))
                .collectAsList()
                .forEach(r -> pairs.put(List.of(r.getInt(0), r.getInt(1), r.getInt(2)), new long[] {
                    r.getLong(3), r.getLong(4), r.getLong(5), r.getLong(6), r.getLong(7), r.getLong(8)
                }));
        return pairs;
    }

    private List<Neighbour> rows() {
        List<Neighbour> rows = new ArrayList<>();
        for (int third = -1; third < THIRDS.size(); third++) {
            for (int row = -1; row <= 1; row++) {
                for (int column = -1; column <= 1; column++) {
                    if (row != 0 || column != 0) {
                        rows.add(row(third, row, column));
                    }
                }
            }
        }
        return rows;
    }

    private Neighbour row(int third, int rows, int columns) {
        NeighbourSums sums = new NeighbourSums();
        for (int i = Math.max(0, third); i <= (third < 0 ? THIRDS.size() - 1 : third); i++) {
            for (int place : new TreeMap<>(atPlace.get(i)).keySet()) {
                int at = place + rows * Pixel.SIDE + columns;
                Pixel there = pixels.get(at);
                double[] known = chance.getOrDefault(at, new double[2]);
                if (Pixel.around(place).contains(at) && known[1] > 0 && (there == null || !there.hot())) {
                    sums.add(atPlace.get(i).getOrDefault(place, 0L), known, at);
                    sums.add(pairs.getOrDefault(List.of(i, place, at), new long[6]), pixels.get(place), there);
                }
            }
        }
        boolean all = third < 0;
        return sums.row(
                board,
                all ? "all" : THIRDS.get(third),
                all || third == 0 ? first : ends[third - 1] + 1,
                ends[all ? ends.length - 1 : third],
                rows,
                columns);
    }
}
