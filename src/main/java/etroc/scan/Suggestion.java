package etroc.scan;

import etroc.About;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.stat.StatUtils;

/** A threshold to set. */
public record Suggestion(
        @About("charge that half of the pulses of are seen [fC]")
        int charge,

        @About("threshold to set [DAC]") int threshold,
        @About("uncertainty of the line there [DAC]") double thresholdUnc,

        @About(
                "hits beyond the pulses there, as a fraction of the pulses; none where it was not scanned before an edge")
        double noiseFraction,

        @About("1: the charge lies outside those injected") boolean extrapolated,
        @About("what is to be known of it") String remark) {
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
