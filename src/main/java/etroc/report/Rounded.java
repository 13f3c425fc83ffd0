package etroc.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Numbers with uncertainties, rounded as the Particle Data Group does: the uncertainty's first three digits decide about its digits. */
public final class Rounded {
    private static final int TWO_DIGITS_UP_TO = 354;
    private static final int DIGITS_ALONE = 5;
    /** An uncertainty that is a smaller part of the value comes from rounding in the arithmetic. */
    private static final double NOTHING = 1e-9;

    private Rounded() {}

    /** {@code 39.11 ± 0.05}; a value alone has five digits; what is missing is a dash. */
    public static String of(@Nullable Double value, @Nullable Double unc) {
        if (value == null || !Double.isFinite(value)) {
            return "–";
        }
        if (unc == null || !Double.isFinite(unc) || unc <= NOTHING * Math.abs(value)) {
            return new BigDecimal(value)
                    .round(new MathContext(DIGITS_ALONE))
                    .stripTrailingZeros()
                    .toPlainString();
        }
        BigDecimal exact = new BigDecimal(unc);
        int exponent = exact.precision() - exact.scale() - 1;
        int three = exact.movePointRight(2 - exponent)
                .setScale(0, RoundingMode.HALF_UP)
                .intValue();
        // up to 354 two digits; up to 949 one; above rounded up to 1000, of which one is left before the zeros
        int decimals = three <= TWO_DIGITS_UP_TO ? 1 - exponent : -exponent;
        return plain(value, decimals) + " ± " + plain(unc, decimals);
    }

    private static String plain(double number, int decimals) {
        return new BigDecimal(number)
                .setScale(decimals, RoundingMode.HALF_EVEN)
                .setScale(Math.max(0, decimals))
                .toPlainString();
    }
}
