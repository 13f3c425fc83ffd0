package etroc.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.stat.StatUtils;

/**
 * A threshold to set.
 *
 * @param charge that half of the pulses of are seen [fC]
 * @param threshold [DAC counts]
 * @param thresholdUnc of the line there [DAC counts]
 * @param noiseFraction hits beyond the pulses at that threshold, as a fraction of the pulses; NaN where it was not scanned
 * @param extrapolated whether the charge lies outside those injected
 * @param remark may be empty
 */
public record Suggestion(
        int charge, int threshold, double thresholdUnc, double noiseFraction, boolean extrapolated, String remark) {
    /** @param charges injected */
    static Suggestion of(
            int charge, int threshold, double thresholdUnc, double noise, double[] charges, double maxFraction) {
        double least = StatUtils.min(charges);
        double most = StatUtils.max(charges);
        double beyond = Math.max(least - charge, charge - most);
        List<String> remarks = new ArrayList<>();
        if (charge <= 0) {
            remarks.add("no such charge");
        }
        if (noise > maxFraction) {
            remarks.add(String.format(Locale.ROOT, "noise %.2g %% of the pulses", 100 * noise));
        }
        if (beyond > most - least) {
            remarks.add(String.format(
                    Locale.ROOT, "extrapolated from %.0f to %.0f fC by more than that range", least, most));
        }
        return new Suggestion(charge, threshold, thresholdUnc, noise, beyond > 0, String.join("; ", remarks));
    }
}
