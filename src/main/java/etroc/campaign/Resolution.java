package etroc.campaign;

import etroc.About;
import java.util.Locale;

/** A row of the table {@code resolutions}: columns of {@code timing_info}. */
@About(
        "a board of a telescope dataset, after the last step and iteration, of ETROC2 in the largest set of boards; columns as in timing_info")
record Resolution(
        int dataBoardId,
        long events,
        double timeResolutionCore,
        double timeResolutionCoreBootstrapUnc,
        double timeResolutionCoreUpper,
        double timeResolution,
        double timeResolutionBootstrapUnc,
        double tailFraction,
        double timeResolutionIntrinsic,
        double fbin,
        String remark) {
    String key() {
        String unc = Double.isFinite(timeResolutionCoreBootstrapUnc)
                ? String.format(Locale.ROOT, " +- %.2f", 1000 * timeResolutionCoreBootstrapUnc)
                : "";
        String value = Double.isFinite(timeResolutionCore)
                ? String.format(Locale.ROOT, "%.2f%s ps", 1000 * timeResolutionCore, unc)
                : "no resolution";
        return "board " + dataBoardId + ": "
                + (Double.isFinite(timeResolutionCoreUpper)
                        ? String.format(Locale.ROOT, "< %.1f ps", 1000 * timeResolutionCoreUpper)
                        : value)
                + (remark.isEmpty() ? "" : " (see its remark)");
    }
}
