package etroc.scan.bench;

import etroc.About;
import etroc.fits.LineFit;
import java.util.List;

/** TOA against the delay of the charge injection. A number that cannot be had is NaN. */
@About("a pixel, charge and threshold with several delays")
record DelayLine(
        Pixel pixel,
        @About("injected charge [fC]") int charge,
        @About("threshold [DAC]") int threshold,

        @About("delays on the line: those with at least 100 hits with TOA in 50 to 950 codes")
        int points,

        @About("other delays") int leftOut,
        @About("TOA at no delay [ns]") double interceptNs,

        @About("TOA per delay; its sign is not confirmed on data")
        double slope,

        @About("its uncertainty") double slopeUnc,
        @About("|slope| - 1") double slopeDeviation,
        @About("root mean square of the residuals [ns]") double residualRmsNs,
        @About("largest residual [ns]") double residualMaxNs,
        String remark) {
    static final String TABLE = "delay_lines";
    /** A step of the delay [ns]. Source: src/docs/formats.md, "ETROC2 scan folders". */
    static final double STEP_NS = 0.781;

    private static final int LEAST_HITS = 100;

    static boolean usable(TdcPoint p) {
        return p.inRange() >= LEAST_HITS;
    }

    /** TOA at a delay, both in ns. */
    double at(double delayNs) {
        return interceptNs + slope * delayNs;
    }

    /** Fits points of one pixel, charge and threshold. */
    static DelayLine of(List<TdcPoint> all) {
        TdcPoint.Key key = all.get(0).key();
        List<TdcPoint> good = all.stream().filter(DelayLine::usable).toList();
        double[] x = good.stream().mapToDouble(p -> p.key().delay() * STEP_NS).toArray();
        double[] y = good.stream().mapToDouble(TdcPoint::toaMeanNs).toArray();
        double[] unc = good.stream().mapToDouble(TdcPoint::toaMeanNsUnc).toArray();
        LineFit fit = good.size() < 2 ? null : LineFit.ordinary(x, y, unc);
        double squares = 0;
        double most = 0;
        for (int i = 0; fit != null && i < x.length; i++) {
            double residual = Math.abs(y[i] - fit.at(x[i]));
            squares += residual * residual;
            most = Math.max(most, residual);
        }
        return new DelayLine(
                key.pixel(),
                key.charge(),
                key.threshold(),
                good.size(),
                all.size() - good.size(),
                fit == null ? Double.NaN : fit.intercept(),
                fit == null ? Double.NaN : fit.slope(),
                fit == null ? Double.NaN : fit.slopeUnc(),
                fit == null ? Double.NaN : Math.abs(fit.slope()) - 1,
                fit == null || x.length < 3 ? Double.NaN : Math.sqrt(squares / x.length),
                fit == null || x.length < 3 ? Double.NaN : most,
                fit == null ? "fewer than two delays with " + LEAST_HITS + " hits in range" : "");
    }
}
