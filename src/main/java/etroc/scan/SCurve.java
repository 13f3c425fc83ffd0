package etroc.scan;

import etroc.About;
import etroc.fits.LineFit;
import etroc.fits.SCurveFit;
import etroc.scan.ScanPoint.CurveKey;
import org.jspecify.annotations.Nullable;

/** The falling edge of a curve. */
@About("a curve; a row without numbers says why")
record SCurve(
        CurveKey curve,

        @About("half height [DAC], by binomial likelihood") double t50,

        @About("its uncertainty [DAC]") double t50Unc,
        @About("Gaussian width of the edge [DAC]") double noise,
        @About("its uncertainty [DAC]") double noiseUnc,
        @About("fraction of the pulses seen on the plateau") double efficiency,
        @About("its uncertainty; none where all are seen") double efficiencyUnc,
        @About("of t50 and noise [DAC^2]") double covariance,

        @About("Pearson's, over points with N p (1-p) > 0.5")
        double chi2,

        @About("number of those points minus 3") @Nullable Integer ndf,

        @About("N, pulses of a run; without a fit the height of the curve [hits]")
        double pulses,

        @About(
                "what uncertainties are multiplied by: sqrt(chi2/ndf) where that chi2 has a probability below 0.01, else 1")
        double uncertaintyScale,

        @About("points that are no part of the curve; their thresholds are in dac_points")
        int pointsLeftOut,

        @About("noise over the slope of the s-curve line [fC]")
        double noiseFc,

        @About("its uncertainty [fC]") double noiseFcUnc,

        @About("why there is no fit, or what is to be known of it")
        String remark) {
    static SCurve of(Curve c, @Nullable LineFit line) {
        SCurveFit f = c.fit();
        double inCharge = ScanTables.number(f, SCurveFit::noise) / ScanTables.number(line, LineFit::slope);
        return new SCurve(
                c.key(),
                ScanTables.number(f, SCurveFit::t50),
                ScanTables.number(f, SCurveFit::t50Unc),
                ScanTables.number(f, SCurveFit::noise),
                ScanTables.number(f, SCurveFit::noiseUnc),
                ScanTables.number(f, SCurveFit::efficiency),
                ScanTables.number(f, SCurveFit::efficiencyUnc),
                ScanTables.number(f, SCurveFit::covariance),
                ScanTables.number(f, SCurveFit::chi2),
                f == null ? null : f.ndf(),
                c.edge().pulses(),
                c.edge().uncertaintyScale(),
                c.edge().leftOut().size(),
                inCharge,
                inCharge
                        * Math.hypot(
                                ScanTables.number(f, SCurveFit::noiseUnc) / ScanTables.number(f, SCurveFit::noise),
                                ScanTables.number(line, l -> l.slopeUnc() / l.slope())),
                c.edge().remark());
    }

    /** What is to be known beside the numbers; may be empty. */
    String said() {
        return ScanTables.said(remark, uncertaintyScale, chi2, ndf);
    }
}
