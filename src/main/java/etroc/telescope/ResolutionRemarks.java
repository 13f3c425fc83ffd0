package etroc.telescope;

import etroc.fits.Chi2;
import etroc.telescope.resolution.Resolution;
import etroc.telescope.resolution.ResolutionFormulae.Sigma;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What must be known beside the final resolutions, with its figures (src/docs/analysis.md, section 2, step 8). */
record ResolutionRemarks(
        List<Integer> boards, List<Resolution> last, List<ClosureRow> closure, List<ConstancyRow> constancy) {
    /** With fewer events nothing but their number is said. */
    private static final int FEW_EVENTS = 300;

    /** Part of a variance below which nothing is said, however many events show it: the walk is no polynomial to the last digit. */
    private static final double NOTABLE = 1e-3;

    private static final double TAIL_DIFFERENCE = 0.05;
    private static final double TAIL_SIGNIFICANCE = 4;
    /** Boards with a smaller part of the largest drift are not named. */
    private static final double NAMED_DRIFT = 0.25;

    /**
     * Something to know.
     *
     * @param board index of the board; -1: all
     */
    record Remark(int board, String text) {}

    List<Remark> all() {
        List<Remark> remarks = new ArrayList<>();
        long events = last.get(0).events();
        if (events < FEW_EVENTS) {
            String few = text(
                    "%d events in the final step: fewer than %d, widths and their uncertainties are rough and nothing is tested",
                    events, FEW_EVENTS);
            remarks.add(new Remark(
                    -1, events < Resolution.FEWEST_EVENTS ? last.get(0).remark() : few));
            return remarks;
        }
        last.forEach(r -> variances(r, remarks));
        closure.stream()
                .filter(c -> c.probability() < Chi2.IMPOSSIBLE && c.chi2() - c.ndf() > NOTABLE * c.events())
                .forEach(c -> remarks.add(new Remark(boards.indexOf(c.dataBoardId()), closure(c))));
        drift(remarks);
        return remarks;
    }

    private static void variances(Resolution r, List<Remark> remarks) {
        Sigma plain = r.threeBoard();
        Sigma core = r.threeBoardCore();
        if (plain == null || core == null) {
            return;
        }
        if (plain.variance() < 0 || core.variance() < 0) {
            remarks.add(new Remark(r.board(), r.remark()));
        } else if (Math.abs(plain.value() - core.value()) > TAIL_DIFFERENCE * core.value()
                && Math.abs(r.tailSignificance()) > TAIL_SIGNIFICANCE) {
            String differ = text(
                    "core %.2f ps and standard deviation %.2f ps differ by %.1f sigma: ",
                    1000 * core.value(), 1000 * plain.value(), Math.abs(r.tailSignificance()));
            String why = plain.value() > core.value()
                    ? text(
                            "the times have tails, %.2f %% of the differences are beyond those of a normal distribution; the core is close to the"
                                    + " resolution of the others",
                            100 * r.tailFraction())
                    : "the differences are flatter than a normal distribution, as of runs with different delays or of a drift";
            remarks.add(new Remark(r.board(), differ + why));
        }
    }

    private static String closure(ClosureRow row) {
        boolean time = row.variable().equals(ProfileBin.PARTICLE_TIME);
        return text(
                "the corrected time still depends on %s, chi2/ndf %.1f/%d, by %.1f ps: %s",
                time ? "the particle's time" : "TOT",
                row.chi2(),
                row.ndf(),
                1000 * row.excessWidth(),
                time
                        ? "the bin width of a board is wrong, its TDC is not linear, or a cut truncates times"
                        : "a higher etroc.telescope.time-walk.degree describes the walk better");
    }

    /** Pairs that move during runs, and the boards that explain it: variances of drifts add up like those of times. */
    private void drift(List<Remark> remarks) {
        List<ConstancyRow> all = constancy.stream().filter(c -> c.run() == null).toList();
        ConstancyRow worst = null;
        for (ConstancyRow row : all) {
            if (row.probability() < Chi2.IMPOSSIBLE && (worst == null || row.chi2() > worst.chi2())) {
                worst = row;
            }
        }
        if (worst == null) {
            return;
        }
        double[] widths = boardDrifts(all);
        String moved = text(
                "the difference to board %d moves during runs, chi2/ndf %.1f/%d against constant",
                worst.otherBoardId(), worst.chi2(), worst.ndf());
        if (widths == null) {
            remarks.add(new Remark(
                    boards.indexOf(worst.dataBoardId()),
                    moved + text(": the pair's width holds %.1f ps of drift", 1000 * worst.driftWidth())));
            return;
        }
        double most = Arrays.stream(widths).max().orElse(0);
        for (int i = 0; i < widths.length; i++) {
            if (widths[i] >= NAMED_DRIFT * most) {
                remarks.add(new Remark(
                        i,
                        text(
                                "its time moves during runs (chi2/ndf %.1f/%d of a pair against constant): the resolution holds %.1f ps of drift",
                                worst.chi2(), worst.ndf(), 1000 * widths[i])));
            }
        }
    }

    /** Width of each board's drift [ns]; null unless there are three boards. */
    private static double @Nullable [] boardDrifts(List<ConstancyRow> all) {
        if (all.size() != 3) {
            return null;
        }
        double[] widths = new double[3];
        for (int i = 0; i < 3; i++) {
            double variance = (square(all.get(i)) + square(all.get((i + 2) % 3)) - square(all.get((i + 1) % 3))) / 2;
            widths[i] = Math.sqrt(Math.max(0, variance));
        }
        return widths;
    }

    private static double square(ConstancyRow row) {
        return row.driftWidth() * row.driftWidth();
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
