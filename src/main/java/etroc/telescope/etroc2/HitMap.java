package etroc.telescope.etroc2;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.stddev_samp;
import static org.apache.spark.sql.functions.when;

import etroc.About;
import etroc.layout.etroc2.FrameFault;
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

        @About("input hits / frames") double occupancy) {
    static final String TABLE = "hit_map";

    /** Streams that read a column of a board. */
    private record Place(int board, int column) {}

    static List<HitMap> of(Etroc2Telescope telescope) {
        Map<Place, Set<Integer>> streams = streams(telescope);
        Map<List<Integer>, Long> frames = frames(telescope);
        Map<List<Integer>, Row> pixels = new HashMap<>();
        Column input = col(InputHits.REASON).isNull();
        Column toa = when(input, col("time_of_arrival"));
        Column tot = when(input, col("time_over_threshold"));
        Column cal = when(input, col("calibration_code"));
        telescope
                .hits()
                .filter(col("data_board_id").isNotNull())
                .groupBy("data_board_id", "row", "column")
                .agg(
                        count(lit(1)),
                        count(toa),
                        count(when(col(InputHits.GOOD), lit(1))),
                        avg(toa),
                        stddev_samp(toa),
                        avg(tot),
                        stddev_samp(tot),
                        avg(cal),
                        stddev_samp(cal),
                        count(when(toa.isin(0, 1023).or(tot.isin(0, 511)), lit(1))))
                .collectAsList()
                .forEach(r -> pixels.put(List.of(r.getInt(0), r.getInt(1), r.getInt(2)), r));
        List<HitMap> map = new ArrayList<>();
        Set<Integer> boards = new TreeSet<>();
        streams.keySet().forEach(p -> boards.add(p.board));
        for (int board : boards) {
            for (int place = 0; place < Pixel.SIDE * Pixel.SIDE; place++) {
                int row = place / Pixel.SIDE;
                int column = place % Pixel.SIDE;
                Set<Integer> of = streams.getOrDefault(new Place(board, column), Set.of());
                Long read = of.isEmpty()
                        ? null
                        : of.stream()
                                .mapToLong(s -> frames.getOrDefault(List.of(board, s), 0L))
                                .sum();
                map.add(pixel(board, row, column, pixels.get(List.of(board, row, column)), read));
            }
        }
        return map;
    }

    private static HitMap pixel(int board, int row, int column, @Nullable Row r, @Nullable Long frames) {
        long input = r == null ? 0 : r.getLong(4);
        return new HitMap(
                board,
                row,
                column,
                r == null ? 0 : r.getLong(3),
                input,
                r == null ? 0 : r.getLong(5),
                number(r, 6),
                number(r, 7),
                number(r, 8),
                number(r, 9),
                number(r, 10),
                number(r, 11),
                r == null ? 0 : r.getLong(12),
                frames,
                frames == null || frames == 0 ? Double.NaN : (double) input / frames);
    }

    private static double number(@Nullable Row row, int column) {
        return row == null || row.isNullAt(column) ? Double.NaN : row.getDouble(column);
    }

    private static Map<Place, Set<Integer>> streams(Etroc2Telescope telescope) {
        Map<Place, Set<Integer>> streams = new HashMap<>();
        telescope
                .hits()
                .filter(col("data_board_id").isNotNull())
                .select("data_board_id", "column", "stream")
                .distinct()
                .collectAsList()
                .forEach(r -> streams.computeIfAbsent(new Place(r.getInt(0), r.getInt(1)), p -> new TreeSet<>())
                        .add(r.getInt(2)));
        return streams;
    }

    private static Map<List<Integer>, Long> frames(Etroc2Telescope telescope) {
        int faults = FrameFault.CRC.bit() | FrameFault.COUNT.bit();
        Map<List<Integer>, Long> frames = new HashMap<>();
        telescope
                .input()
                .frames()
                .filter(col("complete").and(col("data_board_id").isNotNull()))
                .filter(col("frame_faults").bitwiseAND(faults).equalTo(0))
                .groupBy("data_board_id", "stream")
                .count()
                .collectAsList()
                .forEach(r -> frames.put(List.of(r.getInt(0), r.getInt(1)), r.getLong(2)));
        return frames;
    }
}
