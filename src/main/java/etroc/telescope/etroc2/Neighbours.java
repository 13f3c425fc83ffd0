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
import java.util.Objects;
import java.util.SortedMap;
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
    private final Thirds thirds;
    /** Pixels of the board by place; hot ones are neighbours of nobody. */
    private final Map<Integer, Pixel> pixels = new HashMap<>();
    /** Events with a hit at the predicted place, by third and place. */
    private final List<Map<Integer, Long>> atPlace = new ArrayList<>();
    /** Chance of a hit at a place. */
    private final Map<Integer, double[]> chance = new HashMap<>();
    /** Sums over events by third, predicted place and neighbour, in this order. */
    private final Map<List<Integer>, long[]> pairs = new HashMap<>();

    private Neighbours(int board, Thirds thirds) {
        this.board = board;
        this.thirds = thirds;
        THIRDS.forEach(t -> atPlace.add(new HashMap<>()));
    }

    /** First code, and the last of each third, of the TOT codes of a board. */
    private record Thirds(int first, int[] ends) {
        static Thirds of(SortedMap<Integer, Long> codes) {
            int[] ends = new int[THIRDS.size()];
            long all = codes.values().stream().mapToLong(Long::longValue).sum();
            long below = 0;
            for (Map.Entry<Integer, Long> code : codes.entrySet()) {
                for (int i = 0; i < ends.length; i++) {
                    if (ends.length * below < (i + 1) * all) {
                        ends[i] = code.getKey();
                    }
                }
                below += code.getValue();
            }
            return new Thirds(codes.isEmpty() ? 0 : codes.firstKey(), ends);
        }

        /** The third that a code is of. */
        Column of(Column code) {
            return when(code.leq(ends[0]), 0).when(code.leq(ends[1]), 1).otherwise(2);
        }
    }

    /** By board, directions in rows; all hits first, then each third. */
    static List<Neighbour> of(
            List<Integer> boards, List<Pixel> pixels, Dataset<Row> predictions, List<Efficiency> map) {
        Dataset<Row> framed =
                predictions.filter(col("has_frame").and(col("hits").isNotNull()));
        Dataset<Row> hit = framed.withColumn("own", at(PLACE)).filter(col("own").isNotNull());
        Map<Integer, Thirds> thirds = thirds(hit);
        SortedMap<Integer, Neighbours> of = new TreeMap<>();
        boards.forEach(b -> of.put(b, new Neighbours(b, thirds.getOrDefault(b, Thirds.of(new TreeMap<>())))));
        Column third = lit(null).cast("int");
        for (Neighbours own : of.values()) {
            third = when(col("board").equalTo(own.board), own.thirds.of(col("own.tot")))
                    .otherwise(third);
        }
        Dataset<Row> withThird = hit.withColumn("third", third);
        withThird
                .groupBy(col("board"), col("third"), PLACE)
                .count()
                .collectAsList()
                .forEach(r -> in(of, r).atPlace.get(r.getInt(1)).put(r.getInt(2), r.getLong(3)));
        pixels.stream()
                .filter(p -> of.containsKey(p.dataBoardId()))
                .forEach(p ->
                        Objects.requireNonNull(of.get(p.dataBoardId())).pixels.put(p.place(), p));
        chances(framed, map, of);
        pairs(withThird, of);
        return of.values().stream().flatMap(n -> n.rows().stream()).toList();
    }

    /** The board that a row begins with. */
    private static Neighbours in(Map<Integer, Neighbours> of, Row row) {
        return Objects.requireNonNull(of.get(row.getInt(0)));
    }

    /** The first hit at a place. */
    private static Column at(Column place) {
        return get(filter(col("hits"), h -> h.getField("place").equalTo(place)), lit(0));
    }

    private static Map<Integer, Thirds> thirds(Dataset<Row> hit) {
        Map<Integer, SortedMap<Integer, Long>> codes = new HashMap<>();
        hit.groupBy("board", "own.tot")
                .count()
                .collectAsList()
                .forEach(r ->
                        codes.computeIfAbsent(r.getInt(0), b -> new TreeMap<>()).put(r.getInt(1), r.getLong(2)));
        Map<Integer, Thirds> thirds = new HashMap<>();
        codes.forEach((board, own) -> thirds.put(board, Thirds.of(own)));
        return thirds;
    }

    /** Events whose prediction is far from a place, those of them with a hit there, and all. */
    private static void chances(Dataset<Row> framed, List<Efficiency> map, Map<Integer, Neighbours> of) {
        Map<List<Integer>, Long> found = new HashMap<>();
        framed.select(
                        col("board"),
                        col("row"),
                        col("column"),
                        explode(col("places")).as("at"))
                .filter(distance(col("at")).geq(FAR))
                .groupBy("board", "at")
                .count()
                .collectAsList()
                .forEach(r -> found.put(List.of(r.getInt(0), r.getInt(1)), r.getLong(2)));
        for (Neighbours own : of.values()) {
            for (int place = 0; place < Pixel.SIDE * Pixel.SIDE; place++) {
                int row = place / Pixel.SIDE;
                int column = place % Pixel.SIDE;
                double far = map.stream()
                        .filter(e -> e.dataBoardId() == own.board)
                        .filter(e -> Math.max(Math.abs(e.row() - row), Math.abs(e.column() - column)) >= FAR)
                        .mapToLong(e -> e.found().denominator())
                        .sum();
                double there = found.getOrDefault(List.of(own.board, place), 0L);
                own.chance.put(place, new double[] {there / far, far});
            }
        }
    }

    /** Larger of the row and column distance of a place from the prediction. */
    private static Column distance(Column place) {
        return greatest(
                abs(place.divide(SIDE).cast("int").minus(col("row"))),
                abs(place.mod(SIDE).minus(col("column"))));
    }

    private static void pairs(Dataset<Row> withThird, Map<Integer, Neighbours> of) {
        Column own = col("own.toa").cast("long");
        Column other = col("other.toa").cast("long");
        withThird
                .withColumn("at", explode(col("places")))
                .filter(distance(col("at")).equalTo(1))
                .withColumn("other", at(col("at")))
                .groupBy(col("board"), col("third"), PLACE, col("at"))
                .agg(
                        count(lit(1)),
                        sum(own),
                        sum(other),
                        sum(own.multiply(own)),
                        sum(other.multiply(other)),
                        sum(own.multiply(other)))
                .collectAsList()
                .forEach(r -> in(of, r).pairs.put(List.of(r.getInt(1), r.getInt(2), r.getInt(3)), new long[] {
                    r.getLong(4), r.getLong(5), r.getLong(6), r.getLong(7), r.getLong(8), r.getLong(9)
                }));
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
                all || third == 0 ? thirds.first : thirds.ends[third - 1] + 1,
                thirds.ends[all ? THIRDS.size() - 1 : third],
                rows,
                columns);
    }
}
