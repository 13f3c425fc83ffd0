package etroc.telescope;

import etroc.About;
import etroc.fits.Polynomial;
import etroc.telescope.walk.TimeWalk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code twc_fit_info}. */
@About("the time-walk correction of a board, and the fit of what it leaves")
record TwcFit(
        @About("iteration, from 0") int twcIteration,
        @About("board") int boardId,

        @About("0: the correction; 1: fitted again to what it leaves, as a check")
        boolean twcApplied,

        @About(value = "coefficient of TOT to the power # [ns per ns^#]", name = "p#")
        List<Double> coefficients,

        @About(value = "its uncertainty", name = "p#_unc") List<Double> uncertainties,

        @About(value = "sum of squared residuals over ndf [ns^2]", name = "residual_variance_ns2")
        double variance,

        @About("events in the fit") long events,
        @About("smallest TOT in the fit [ns]") double totMinNs,
        @About("largest TOT in the fit [ns]") double totMaxNs,
        @About("why there is no fit, or empty") String remark,

        @About("sensor bias, where the runs' names tell it [V]") @Nullable
        Double biasVoltage,

        @About("whether TOT beyond the range is moved to its nearest edge")
        boolean totClamped) {
    static final String TABLE = "twc_fit_info";

    /** Rows of a solution: for each iteration the corrections of all boards, then what they leave. */
    static List<TwcFit> of(TimeWalk.Solution solution, List<Integer> boards, @Nullable Double bias) {
        List<TwcFit> rows = new ArrayList<>();
        for (int k = 0; k < solution.fits().size(); k++) {
            for (int i = 0; i < boards.size(); i++) {
                rows.add(of(k, boards.get(i), false, solution.fits().get(k).get(i), bias));
            }
            for (int i = 0; i < boards.size() && k < solution.checks().size(); i++) {
                rows.add(of(k, boards.get(i), true, solution.checks().get(k).get(i), bias));
            }
        }
        return rows;
    }

    private static TwcFit of(int iteration, int board, boolean applied, Polynomial p, @Nullable Double bias) {
        return new TwcFit(
                iteration,
                board,
                applied,
                Arrays.stream(p.coefficients()).boxed().toList(),
                Arrays.stream(p.uncertainties()).boxed().toList(),
                p.variance(),
                p.events(),
                p.from(),
                p.to(),
                p.remark(),
                bias,
                p.clamped());
    }

    Polynomial polynomial() {
        return new Polynomial(
                coefficients.stream().mapToDouble(c -> c).toArray(),
                uncertainties.stream().mapToDouble(c -> c).toArray(),
                variance,
                events,
                totMinNs,
                totMaxNs,
                totClamped,
                remark);
    }
}
