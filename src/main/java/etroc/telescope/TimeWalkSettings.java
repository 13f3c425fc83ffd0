package etroc.telescope;

import etroc.settings.SettingsReader;
import org.jspecify.annotations.Nullable;

/**
 * The time-walk correction ({@code etroc.telescope.time-walk}).
 *
 * @param degree of the polynomials of TOT
 * @param iterations of {@code odr} and {@code ols}; {@code joint} has one solution
 * @param residualCut {@code joint}: events with times further apart than so many core widths are dropped; null: none
 */
public record TimeWalkSettings(
        Fit fit, int degree, int iterations, @Nullable Double residualCut) {
    /** How the polynomials are fitted. */
    public enum Fit {
        JOINT,
        ODR,
        OLS
    }

    static TimeWalkSettings read(SettingsReader r) {
        return new TimeWalkSettings(
                r.choice("fit", Fit.class),
                r.integer("degree", 0, 6),
                r.integer("iterations", 1, 50),
                r.numberOr("none", "residual-cut", 0));
    }
}
