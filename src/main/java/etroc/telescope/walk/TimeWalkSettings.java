package etroc.telescope.walk;

import etroc.Possible;
import java.io.Serializable;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The time-walk correction ({@code etroc.telescope.time-walk}).
 *
 * @param degree of the polynomials of TOT
 * @param iterations of {@code odr} and {@code ols}; {@code joint} has one solution
 * @param residualCut {@code joint}: events with times further apart than so many core widths are dropped; null: none
 */
public record TimeWalkSettings(
        Fit fit,
        @Possible(min = 0, max = 6) int degree,
        @Possible(min = 1, max = 50) int iterations,
        @Possible(min = 0, or = "none") @Nullable Double residualCut)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** How the polynomials are fitted. */
    public enum Fit {
        JOINT,
        ODR,
        OLS
    }

    /** The same with polynomials of another degree. */
    public TimeWalkSettings withDegree(int other) {
        return new TimeWalkSettings(fit, other, iterations, residualCut);
    }

    /** The same with another residual cut; null: none. */
    public TimeWalkSettings withResidualCut(@Nullable Double other) {
        return new TimeWalkSettings(fit, degree, iterations, other);
    }

    /** In words, for {@code --dry-run}. */
    public String text() {
        return fit.name().toLowerCase(Locale.ROOT) + " of degree " + degree
                + (fit == Fit.JOINT
                        ? ", residual cut " + (residualCut == null ? "none" : residualCut + " core widths")
                        : ", iterations " + iterations);
    }
}
