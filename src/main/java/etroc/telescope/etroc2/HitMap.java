package etroc.telescope.etroc2;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import etroc.About;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code hit_map}. */
@About("a pixel of a board with its hits and codes, those without hits too")
public record HitMap(
        @About("board") int dataBoardId,
        @About("row, 0..15") int row,
        @About("column, 0..15") int column,
        @About("hits of complete frames") long hits,
        @About("of those, hits that are not dropped") long inputHits,
        @About("of those, good hits") long goodHits,
        @About("mean TOA code of the input hits") double toaMean,
        @About("standard deviation") double toaStd,
        @About("mean TOT code of the input hits") double totMean,
        @About("standard deviation") double totStd,
        @About("mean CAL code of the input hits") double calMean,
        @About("standard deviation") double calStd,

        @About("input hits with TOA 0 or 1023 or TOT 0 or 511, the end stops")
        long atEndStops,

        @About("complete frames without CRC or count fault of the streams that read its column; empty: not known")
        @Nullable
        Long frames,

        @About("input hits / frames") double occupancy,
        Noise noise,
        @About("what is odd, or empty") String remark) {
    static final String TABLE = "hit_map";
    private static final List<String> CODES = List.of("time_of_arrival", "time_over_threshold", "calibration_code");

    /** Every pixel of every board that has hits, by board, row and column. */
    static List<HitMap> of(Etroc2Telescope telescope, Frames frames) {
        Map<List<Integer>, Row> pixels = pixels(telescope);
        Map<List<Integer>, Noise> noise = Noise.of(telescope, frames);
        Set<Integer> boards = new TreeSet<>();
        pixels.keySet().forEach(p -> boards.add(p.get(0)));
        List<HitMap> map = new ArrayList<>();
        for (int board : boards) {
            Map<Integer, Long> byStream = frames.byStream(board);
            String remark = remark(telescope, frames, board);
            for (int place = 0; place < Pixel.SIDE * Pixel.SIDE; place++) {
                List<Integer> pixel = List.of(board, place / Pixel.SIDE, place % Pixel.SIDE);
                Set<Integer> streams = frames.streams(board, pixel.get(2));
                Long read = streams.isEmpty()
                        ? null
                        : streams.stream()
                                .mapToLong(s -> byStream.getOrDefault(s, 0L))
                                .sum();
                map.add(pixel(pixel, pixels.get(pixel), read, noise.getOrDefault(pixel, Noise.NONE), remark));
            }
        }
        return map;
    }

    private static String remark(Etroc2Telescope telescope, Frames frames, int board) {
        String noise = Noise.remark(telescope.settings(), board);
        return frames.withoutEmpty().isEmpty()
                ? noise
                : "of " + frames.withoutEmpty().size() + " runs only frames with hits were written"
                        + (noise.isEmpty() ? "" : "; " + noise);
    }

    /** Sums of whole numbers, which are the same in whatever order they are added. */
    private static Map<List<Integer>, Row> pixels(Etroc2Telescope telescope) {
        Column input = col(InputHits.REASON).isNull();
        Column ends = col(CODES.get(0)).isin(0, 1023).or(col(CODES.get(1)).isin(0, 511));
        List<Column> sums = new ArrayList<>(List.of(
                count(when(input, lit(1))),
                count(when(col(InputHits.GOOD), lit(1))),
                count(when(input.and(ends), lit(1)))));
        for (String code : CODES) {
            Column own = when(input, col(code).cast("long"));
            sums.add(sum(own));
            sums.add(sum(own.multiply(own)));
        }
        Map<List<Integer>, Row> pixels = new HashMap<>();
        telescope
                .hits()
                .filter(col("data_board_id").isNotNull())
                .groupBy("data_board_id", "row", "column")
                .agg(count(lit(1)), sums.toArray(Column[]::new))
                .collectAsList()
                .forEach(r -> pixels.put(List.of(r.getInt(0), r.getInt(1), r.getInt(2)), r));
        return pixels;
    }

    private static HitMap pixel(
            List<Integer> pixel, @Nullable Row r, @Nullable Long frames, Noise noise, String remark) {
        long input = r == null ? 0 : r.getLong(4);
        double[] moments = new double[2 * CODES.size()];
        for (int i = 0; i < moments.length; i += 2) {
            double sum = r == null || input == 0 ? 0 : r.getLong(7 + i);
            double squares = r == null || input == 0 ? 0 : r.getLong(8 + i);
            moments[i] = input == 0 ? Double.NaN : sum / input;
            moments[i + 1] =
                    input < 2 ? Double.NaN : Math.sqrt(Math.max(0, (squares - sum * sum / input) / (input - 1)));
        }
        return new HitMap(
                pixel.get(0),
                pixel.get(1),
                pixel.get(2),
                r == null ? 0 : r.getLong(3),
                input,
                r == null ? 0 : r.getLong(5),
                moments[0],
                moments[1],
                moments[2],
                moments[3],
                moments[4],
                moments[5],
                r == null ? 0 : r.getLong(6),
                frames,
                frames == null || frames == 0 ? Double.NaN : (double) input / frames,
                noise,
                remark);
    }
}
