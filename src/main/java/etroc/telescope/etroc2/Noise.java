package etroc.telescope.etroc2;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_except;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import etroc.About;
import etroc.telescope.etroc2.Etroc2Settings.NoiseTrigger;
import etroc.telescope.etroc2.Etroc2Settings.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** How often a pixel has a hit in bunch crossings that were chosen without it: what a row of {@code hit_map} has of noise. */
public record Noise(
        @About(
                "hits of whatever CAL code and error in frames whose triggers do not involve the pixel; empty: not known")
        @Nullable
        Long noiseHits,

        @About("those frames") @Nullable Long noiseFrames,
        @About("noise_hits / (noise_frames * 25 ns) [Hz]") double noiseHz,

        @About("uncertainty, from the square root of the hits [Hz]")
        double noiseUncHz,

        @About("without hits: upper limit of 84 % confidence, 1.84 / (noise_frames * 25 ns) [Hz]")
        double noiseLimitHz) {
    static final Noise NONE = new Noise(null, null, Double.NaN, Double.NaN, Double.NaN);
    /** A trigger reads one bunch crossing. */
    private static final double CROSSING_S = 25e-9;
    /** Mean of a Poisson distribution that gives 0 with 16 %: -ln 0.1587. */
    private static final double LIMIT = 1.84;

    static Noise of(long hits, long frames) {
        double seconds = frames * CROSSING_S;
        return frames == 0
                ? NONE
                : new Noise(
                        hits,
                        frames,
                        hits / seconds,
                        hits == 0 ? Double.NaN : Math.sqrt((double) hits) / seconds,
                        hits == 0 ? LIMIT / seconds : Double.NaN);
    }

    /** Why a board's pixels have no noise rate; empty if they have. */
    static String remark(Etroc2Settings settings, int board) {
        return switch (settings.noise().trigger()) {
            case NONE -> "no noise rate: noise.trigger is none";
            case RANDOM -> "";
            case OTHER_BOARDS -> settings.roles().get(board) == Role.TRIG ? "no noise rate: board triggers" : "";
        };
    }

    /** Of each pixel with a rate: board, row and column. */
    static Map<List<Integer>, Noise> of(Etroc2Telescope telescope, Frames frames) {
        Map<List<Integer>, Noise> noise = new HashMap<>();
        if (telescope.settings().noise().trigger() == NoiseTrigger.NONE) {
            return noise;
        }
        Map<List<Integer>, Long> read = new HashMap<>();
        chosen(telescope, telescope.input().frames().filter(Frames.trusted()))
                .groupBy("data_board_id", "stream")
                .count()
                .collectAsList()
                .forEach(r -> read.put(List.of(r.getInt(0), r.getInt(1)), r.getLong(2)));
        Map<List<Integer>, Long> hits = new HashMap<>();
        chosen(telescope, telescope.hits().filter(Frames.trustedHit()))
                .groupBy("data_board_id", "row", "column")
                .count()
                .collectAsList()
                .forEach(r -> hits.put(List.of(r.getInt(0), r.getInt(1), r.getInt(2)), r.getLong(3)));
        for (int board : frames.streams().keySet()) {
            boolean own = remark(telescope.settings(), board).isEmpty();
            for (int place = 0; own && place < Pixel.SIDE * Pixel.SIDE; place++) {
                List<Integer> pixel = List.of(board, place / Pixel.SIDE, place % Pixel.SIDE);
                Set<Integer> streams = frames.streams(board, pixel.get(2));
                long of = streams.stream()
                        .mapToLong(s -> read.getOrDefault(List.of(board, s), 0L))
                        .sum();
                noise.put(pixel, of(hits.getOrDefault(pixel, 0L), of));
            }
        }
        return noise;
    }

    /** Rows of frames or hits whose trigger does not involve their board; of random triggers all. */
    private static Dataset<Row> chosen(Etroc2Telescope telescope, Dataset<Row> rows) {
        if (telescope.settings().noise().trigger() == NoiseTrigger.RANDOM) {
            return rows;
        }
        List<Integer> boards = telescope.singles().boards();
        Map<Integer, Role> roles = telescope.settings().roles();
        Column[] seen = boards.stream()
                .filter(b -> roles.get(b) != Role.TRIG)
                .map(b -> when(telescope.singles().hasHits(b), lit(b)))
                .toArray(Column[]::new);
        if (seen.length == 0) {
            return rows;
        }
        Dataset<Row> events = telescope
                .singles()
                .events()
                .select(
                        col("run"),
                        col("event"),
                        filter(array(seen), b -> b.isNotNull()).as("seen"));
        Column others = size(array_except(col("seen"), array(col("data_board_id"))));
        return rows.join(events, new String[] {"run", "event"}, "left")
                .filter(coalesce(others, lit(0)).equalTo(0));
    }
}
