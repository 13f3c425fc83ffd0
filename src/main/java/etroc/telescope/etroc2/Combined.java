package etroc.telescope.etroc2;

import etroc.About;
import etroc.telescope.etroc2.TrackBootstrap.Part;
import etroc.telescope.etroc2.TrackResult.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Means of the variances of a set's tracks, weighted with their events: of a board, and of each pixel.
 *
 * @param pixels of each board of the set, by place
 */
record Combined(BoardSet set, List<TreeMap<Integer, VarianceSums>> pixels, int replicas) {
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

            @About("root of the 16 % quantile of the replicas' variances, 0 where that is negative [ns]")
            double sigmaLowNs,

            @About("root of the 84 % quantile [ns]") double sigmaHighNs,

            @About("time resolution without the step of TOA: sqrt(sigma^2 - bin^2/12); that of TOT stays in [ns]")
            double intrinsicNs,

            @About("its uncertainty [ns]") double intrinsicUncNs,

            @About("of the tracks' variances about the mean")
            double chi2,

            @About("tracks less one") int ndf,

            @About("why numbers are missing, or what is odd; or empty")
            String remark) {}

    /** The mean of a board over those of its tracks whose pixel is at such a place, in the order of the places. */
    VarianceSums.Mean mean(int board, Part part, Step step, IntPredicate places) {
        VarianceSums sums = new VarianceSums(replicas);
        pixels.get(board).forEach((place, own) -> {
            if (places.test(place)) {
                sums.add(own);
            }
        });
        return sums.mean(part, step);
    }

    VarianceSums.Mean mean(int board, Step step) {
        return mean(board, Part.ALL, step, place -> true);
    }

    List<Row> boardRows() {
        List<Row> rows = new ArrayList<>();
        for (Step step : Step.values()) {
            for (int b = 0; b < set.boards().size(); b++) {
                rows.add(row(step, b, null, mean(b, step)));
            }
        }
        return rows;
    }

    List<Row> pixelRows() {
        List<Row> rows = new ArrayList<>();
        for (Step step : Step.values()) {
            for (int b = 0; b < set.boards().size(); b++) {
                int board = b;
                pixels.get(b).forEach((place, sums) -> rows.add(row(step, board, place, sums.mean(Part.ALL, step))));
            }
        }
        return rows;
    }

    private Row row(Step step, int board, @Nullable Integer place, VarianceSums.Mean mean) {
        double variance = mean.exists() ? mean.value() : Double.NaN;
        double sigma = mean.sigma();
        double left = variance - mean.bin2() / 12;
        double intrinsic = left > 0 ? Math.sqrt(left) : Double.NaN;
        return new Row(
                set.label(),
                step.name().toLowerCase(Locale.ROOT),
                set.boards().get(board),
                place == null ? null : Integer.valueOf(place / Pixel.SIDE),
                place == null ? null : Integer.valueOf(place % Pixel.SIDE),
                mean.tracks(),
                mean.events(),
                variance,
                mean.unc(),
                sigma,
                mean.unc() / (2 * sigma),
                mean.root(16),
                mean.root(84),
                intrinsic,
                mean.unc() / (2 * intrinsic),
                mean.tracks() > 1 ? mean.chi2() : Double.NaN,
                Math.max(0, mean.tracks() - 1),
                remark(step, mean, left));
    }

    private String remark(Step step, VarianceSums.Mean mean, double left) {
        if (set.boards().size() < 3) {
            return "two boards: pair widths only";
        } else if (!mean.exists()) {
            return step == Step.CORE ? "no track has enough events and a core" : "no track has enough events";
        } else if (mean.value() <= 0) {
            return "negative variance";
        } else if (left <= 0) {
            return "smaller than the step of the TDC";
        } else if (replicas < 2) {
            return "no uncertainty: no replicas";
        }
        return Double.isNaN(mean.unc()) ? "no uncertainty: a replica has no core" : "";
    }
}
