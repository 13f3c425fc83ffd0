package etroc.telescope.etroc2;

import etroc.About;
import etroc.telescope.etroc2.TrackResult.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.stat.StatUtils;
import org.jspecify.annotations.Nullable;

/** Means of the variances of tracks, weighted with their events: of a board, and of each pixel. */
record Combined(List<Row> boards, List<Row> pixels) {
    static final String BOARDS = "board_resolution";
    static final String PIXELS = "pixel_resolution";

    /** A row of {@code board_resolution} and {@code pixel_resolution}. */
    @About(
            "a board of a set, or a pixel of it, at a step: mean of the variances of its tracks, weighted with their events")
    public record Row(
            @About("boards of the set") String boards,

            @About(
                    "raw or walk: standard deviations before and after the time-walk correction; core: Gaussian cores after it")
            String step,

            @About("board") int dataBoardId,
            @About("row, 0..15; empty: the board") @Nullable Integer row,

            @About("column, 0..15; empty: the board") @Nullable
            Integer column,

            @About("tracks with a variance") int tracks,
            @About("their events, after the cuts") long events,

            @About("variance of the board's time, may be negative [ns2]")
            double varianceNs2,

            @About("its uncertainty, from the bootstrap [ns2]")
            double varianceUncNs2,

            @About("time resolution, the step of the TDC included [ns]")
            double sigmaNs,

            @About("its uncertainty [ns]") double sigmaUncNs,

            @About("root of the 16 % quantile of the replicas' variances [ns]")
            double sigmaLowNs,

            @About("root of the 84 % quantile [ns]") double sigmaHighNs,

            @About("of the tracks' variances about the mean")
            double chi2,

            @About("tracks less one") int ndf,

            @About("why numbers are missing, or what is odd; or empty")
            String remark) {}

    private static final class Sums {
        private int tracks;
        private long events;
        private double sum;
        private final double[] replicas;
        private final List<double[]> each = new ArrayList<>();

        Sums(int replicas) {
            this.replicas = new double[replicas];
        }

        void add(double variance, double[] own, long n) {
            tracks++;
            events += n;
            sum += n * variance;
            for (int r = 0; r < replicas.length; r++) {
                replicas[r] += n * own[r];
            }
            each.add(new double[] {variance, StatUtils.variance(own)});
        }
    }

    /** Of the tracks of a set, in their order. */
    static Combined of(Tracks tracks, List<TrackResult> results, int replicas) {
        List<Row> boards = new ArrayList<>();
        List<Row> pixels = new ArrayList<>();
        List<TrackResult> ordered = results.stream()
                .sorted(Comparator.comparingInt(TrackResult::track))
                .toList();
        for (Step step : Step.values()) {
            List<Integer> ids = tracks.set().boards();
            for (int b = 0; b < ids.size(); b++) {
                Sums board = new Sums(replicas);
                Map<Integer, Sums> ofPixel = new TreeMap<>();
                for (TrackResult result : ordered) {
                    if (result.remark().isEmpty() && !Double.isNaN(result.variances()[step.ordinal()][b])) {
                        int place = tracks.tracks().get(result.track()).places().get(b);
                        double variance = result.variances()[step.ordinal()][b];
                        double[] own = result.replicas()[step.ordinal()][b];
                        board.add(variance, own, result.afterCorrelation());
                        ofPixel.computeIfAbsent(place, p -> new Sums(replicas))
                                .add(variance, own, result.afterCorrelation());
                    }
                }
                String label = tracks.set().label();
                String why = ids.size() < 3 ? "two boards: pair widths only" : "no track has enough events";
                boards.add(row(label, step, ids.get(b), null, board, why));
                int id = ids.get(b);
                ofPixel.forEach((place, sums) -> pixels.add(row(label, step, id, place, sums, why)));
            }
        }
        return new Combined(boards, pixels);
    }

    private static Row row(String set, Step step, int board, @Nullable Integer place, Sums s, String why) {
        double variance = s.tracks == 0 ? Double.NaN : s.sum / s.events;
        double[] replicas = new double[s.replicas.length];
        for (int r = 0; r < replicas.length; r++) {
            replicas[r] = s.replicas[r] / s.events;
        }
        boolean drawn = s.tracks > 0 && replicas.length > 1;
        double unc = drawn ? Math.sqrt(StatUtils.variance(replicas)) : Double.NaN;
        double sigma = variance > 0 ? Math.sqrt(variance) : Double.NaN;
        double chi2 = 0;
        for (double[] track : s.each) {
            chi2 += (track[0] - variance) * (track[0] - variance) / track[1];
        }
        String remark = s.tracks == 0 ? why : variance > 0 ? "" : "negative variance";
        return new Row(
                set,
                step.name().toLowerCase(Locale.ROOT),
                board,
                place == null ? null : Integer.valueOf(place / Pixel.SIDE),
                place == null ? null : Integer.valueOf(place % Pixel.SIDE),
                s.tracks,
                s.events,
                variance,
                unc,
                sigma,
                unc / (2 * sigma),
                drawn ? root(StatUtils.percentile(replicas, 16)) : Double.NaN,
                drawn ? root(StatUtils.percentile(replicas, 84)) : Double.NaN,
                s.tracks > 1 ? chi2 : Double.NaN,
                Math.max(0, s.tracks - 1),
                remark);
    }

    private static double root(double variance) {
        return variance > 0 ? Math.sqrt(variance) : Double.NaN;
    }
}
