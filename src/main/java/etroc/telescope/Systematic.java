package etroc.telescope;

import etroc.About;
import etroc.telescope.resolution.Resolution;
import etroc.telescope.resolution.ResolutionFormulae.Sigma;
import org.apache.commons.math3.stat.StatUtils;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code systematics}; times in ns. */
@About(
        "time resolution of a board with something changed that the analysis may choose, after the last step and iteration")
record Systematic(
        @About("what was changed; nominal: nothing") String variation,
        @About("to what") String value,
        @About("board") int dataBoardId,
        @About("events with times of every board") long events,

        @About("time resolution from the Gaussian cores of three pairs [ns]")
        double timeResolutionCore,

        @About("difference to the nominal one [ns]") double difference,

        @About("its uncertainty, from replicas with the same weights of the same events; NULL without a bootstrap [ns]")
        double differenceUnc,

        @About("why a number is missing, or empty") String remark) {
    static final String TABLE = "systematics";

    /** @param nominal of the same board */
    static Systematic of(Systematics.Variation variation, int board, Resolution r, Resolution nominal) {
        double value = value(r.threeBoardCore());
        double from = value(nominal.threeBoardCore());
        int count = Math.min(r.coreReplicas().length, nominal.coreReplicas().length);
        double[] differences = new double[count];
        for (int i = 0; i < count; i++) {
            differences[i] = r.coreReplicas()[i] - nominal.coreReplicas()[i];
        }
        double unc = count > 1 ? Math.sqrt(StatUtils.variance(differences)) / (value + from) : Double.NaN;
        return new Systematic(
                variation.what(), variation.value(), board, r.events(), value, value - from, unc, r.remark());
    }

    /** A variation that has no correction. */
    static Systematic none(Systematics.Variation variation, int board, String why) {
        return new Systematic(variation.what(), variation.value(), board, 0, Double.NaN, Double.NaN, Double.NaN, why);
    }

    private static double value(@Nullable Sigma sigma) {
        return sigma == null ? Double.NaN : sigma.value();
    }
}
