package etroc.scan;

import etroc.About;
import etroc.scan.ScanPoint.PixelKey;
import etroc.scan.ThresholdLine.Method;

/** A threshold to set. */
@About("a pixel, method and charge")
record SuggestedThreshold(
        PixelKey pixel,
        @About("of the line") Method method,

        @About("charge that half of the pulses of are seen [fC]")
        int charge,

        @About("threshold to set [DAC]") int threshold,
        @About("uncertainty of the line there [DAC]") double thresholdUnc,

        @About(
                "hits beyond the pulses there, as a fraction of the pulses; none where it was not scanned before an edge")
        double noiseFraction,

        @About("1: the charge lies outside those injected") boolean extrapolated,
        @About("what is to be known of it") String remark) {
    static SuggestedThreshold of(ThresholdLine line, Suggestion s) {
        return new SuggestedThreshold(
                line.pixel(),
                line.method(),
                s.charge(),
                s.threshold(),
                s.thresholdUnc(),
                s.noiseFraction(),
                s.extrapolated(),
                s.remark());
    }
}
