package etroc.telescope.etroc2;

import etroc.About;
import etroc.telescope.etroc2.TrackBootstrap.Part;
import etroc.telescope.etroc2.TrackResult.Step;
import etroc.telescope.etroc2.VarianceSums.Mean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.stat.StatUtils;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code resolution_spread}: how a board's resolution differs between ways to find it. Shown as it is, not added to uncertainties. */
@About("a board of a set at a step, found in two ways")
public record ResolutionSpread(
        @About("boards of the set; empty: sets of three boards")
        String boards,

        @About("as in board_resolution; core: where walk is compared with core")
        String step,

        @About("board") int dataBoardId,

        @About(
                "sets: the two sets of three boards that differ most; methods: standard deviation and core; TOA: below and above the middle of the window; columns: those of the two read-out ports")
        String kind,

        @About("one way") String one,
        @About("other way") String other,
        @About("time resolution in one way [ns]") double sigmaOneNs,
        @About("in the other [ns]") double sigmaOtherNs,
        @About("other less one [ns]") double differenceNs,

        @About("its uncertainty, from the replicas that both share [ns]")
        double differenceUncNs,

        @About("why numbers are missing, or empty") String remark) {
    static final String TABLE = "resolution_spread";
    private static final int PORT_COLUMNS = 8;

    /** Of all sets of boards. */
    static List<ResolutionSpread> of(List<Combined> sets) {
        List<ResolutionSpread> rows = new ArrayList<>();
        for (Step step : Step.values()) {
            for (Combined set : sets) {
                for (int b = 0;
                        b < set.set().boards().size() && set.set().boards().size() > 2;
                        b++) {
                    within(rows, set, b, step);
                }
            }
            sets.stream()
                    .flatMap(s -> s.set().boards().stream())
                    .distinct()
                    .sorted()
                    .forEach(board -> betweenSets(rows, sets, board, step));
        }
        return rows;
    }

    private static void within(List<ResolutionSpread> rows, Combined of, int b, Step step) {
        String set = of.set().label();
        int board = of.set().boards().get(b);
        if (step == Step.CORE) {
            rows.add(row(set, step, board, "methods", "walk", of.mean(b, Step.WALK), "core", of.mean(b, Step.CORE)));
        }
        rows.add(row(
                set,
                step,
                board,
                "TOA",
                "below",
                of.mean(b, Part.EARLY, step, p -> true),
                "above",
                of.mean(b, Part.LATE, step, p -> true)));
        rows.add(row(
                set,
                step,
                board,
                "columns",
                "0..7",
                of.mean(b, Part.ALL, step, p -> p % Pixel.SIDE < PORT_COLUMNS),
                "8..15",
                of.mean(b, Part.ALL, step, p -> p % Pixel.SIDE >= PORT_COLUMNS)));
    }

    /** The two sets of three that differ most, the first of equals. */
    private static void betweenSets(List<ResolutionSpread> rows, List<Combined> sets, int board, Step step) {
        List<Combined> three = sets.stream()
                .filter(s -> s.set().boards().size() == 3 && s.set().boards().contains(board))
                .toList();
        ResolutionSpread most = null;
        for (int i = 0; i < three.size(); i++) {
            for (int j = i + 1; j < three.size(); j++) {
                ResolutionSpread own = row(
                        "",
                        step,
                        board,
                        "sets",
                        three.get(i).set().label(),
                        mean(three.get(i), board, step),
                        three.get(j).set().label(),
                        mean(three.get(j), board, step));
                most = most == null || own.isMore(most) ? own : most;
            }
        }
        if (most != null) {
            rows.add(most);
        }
    }

    private static Mean mean(Combined of, int board, Step step) {
        return of.mean(of.set().boards().indexOf(board), step);
    }

    private boolean isMore(ResolutionSpread than) {
        double own = Math.abs(differenceNs);
        double others = Math.abs(than.differenceNs);
        return own > others || (Double.isNaN(others) && !Double.isNaN(own));
    }

    private static ResolutionSpread row(
            String set, Step step, int board, String kind, String one, Mean a, String other, Mean b) {
        double difference = b.sigma() - a.sigma();
        return new ResolutionSpread(
                set,
                step.name().toLowerCase(Locale.ROOT),
                board,
                kind,
                one,
                other,
                a.sigma(),
                b.sigma(),
                difference,
                unc(a, b) / (a.sigma() + b.sigma()),
                !Double.isNaN(difference) ? "" : remark(one, a, other, b));
    }

    /** Uncertainty of the difference of the variances. */
    private static double unc(Mean a, Mean b) {
        if (a.replicas().length < 2 || a.replicas().length != b.replicas().length) {
            return Double.NaN;
        }
        double[] differences = PairVariances.differences(a.replicas(), b.replicas());
        return Math.sqrt(StatUtils.variance(differences));
    }

    private static String remark(String one, Mean a, String other, Mean b) {
        @Nullable String first = missing(one, a);
        @Nullable String second = missing(other, b);
        return first == null ? String.valueOf(second) : second == null ? first : first + "; " + second;
    }

    private static @Nullable String missing(String name, Mean mean) {
        return !mean.exists()
                ? name + ": no track with " + TrackBootstrap.FEWEST + " events"
                : mean.value() > 0 ? null : name + ": negative variance";
    }
}
