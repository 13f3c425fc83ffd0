package etroc.telescope;

import etroc.About;
import etroc.telescope.resolution.Resolution;
import etroc.telescope.resolution.ResolutionFormulae.Sigma;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code timing_info}; times in ns. */
@About("time resolution of a board at a step of the cuts and an iteration of the time-walk correction")
record TimingInfo(
        @About("board") int dataBoardId,

        @About("standard deviation of the mean of the others minus the own time [ns]")
        double timeDeltaWidth,

        @About("standard deviation of the time minus that of the next board [ns]")
        double timeDiffWidth,

        @About("its uncertainty [ns]") double timeDeltaWidthUnc,
        @About("its uncertainty [ns]") double timeDiffWidthUnc,

        @About("row of the time cuts that marks the step; for Final the number of rows")
        int stepOrder,

        @About("name of the step") String stepName,

        @About("iteration of the correction; -1: uncorrected")
        int twcIteration,

        @About("time resolution from the standard deviations of three pairs, tails and all [ns]")
        double timeResolution,

        @About("its uncertainty by the formula [ns]") double timeResolutionUnc,

        @About("time resolution by the formula of N boards [ns]")
        double timeResolutionNew,

        @About("its uncertainty by the formula [ns]") double timeResolutionNewUnc,
        @About("events with times of every board") long events,

        @About("mean of the Gaussian core of the time difference [ns]")
        double timeDiffCoreMean,

        @About("width of the Gaussian core of the time difference [ns]")
        double timeDiffCoreWidth,

        @About("its uncertainty by the bootstrap; NULL where its variance is less than two uncertainties [ns]")
        double timeResolutionBootstrapUnc,

        @About("root of the 16th percentile of its variance in the replicas, 0 for a negative one [ns]")
        double timeResolutionLow,

        @About("of the 84th percentile [ns]") double timeResolutionHigh,

        @About(
                "the headline: time resolution from the Gaussian cores of three pairs; NULL where its variance is less than two uncertainties [ns]")
        double timeResolutionCore,

        @About("its uncertainty by the formula [ns]") double timeResolutionCoreUnc,

        @About("its uncertainty by the bootstrap [ns]") double timeResolutionCoreBootstrapUnc,

        @About("root of the 16th percentile of its variance in the replicas, 0 for a negative one [ns]")
        double timeResolutionCoreLow,

        @About("of the 84th percentile [ns]") double timeResolutionCoreHigh,

        @About(
                "time_resolution_new without the quantisation of the TOA, fbin^2/12, only: that of the TOT, times the slope of the walk, is still in it [ns]")
        double timeResolutionIntrinsic,

        @About("TDC bin width that times were made with [ns]")
        double fbin,

        @About("why a number is missing, or what is wrong with it; or empty")
        String remark,

        @About("sensor bias, where the runs' names tell it [V]") @Nullable
        Double biasVoltage,

        @About(
                "upper limit of time_resolution (95 %) where its variance is less than two uncertainties, else NULL [ns]")
        double timeResolutionUpper,

        @About("upper limit of time_resolution_core (95 %) in place of a value, else NULL [ns]")
        double timeResolutionCoreUpper,

        @About("variance of time_resolution, may be negative [ns^2]")
        double timeResolutionVariance,

        @About("standard deviation of time_resolution_variance over the bootstrap's replicas [ns^2]")
        double timeResolutionVarianceUnc,

        @About("variance of time_resolution_core, may be negative [ns^2]")
        double timeResolutionCoreVariance,

        @About("standard deviation of time_resolution_core_variance over the bootstrap's replicas [ns^2]")
        double timeResolutionCoreVarianceUnc,

        @About(
                "part of the differences that hold the board, more than 3 core widths from the core's mean, less the 0.0027 of a normal distribution")
        double tailFraction,

        @About(
                "what variances were multiplied by for the parameters of the joint time walk; 1: the row has other events than the fit")
        double varianceFactor) {
    static final String TABLE = "timing_info";

    /** @param remark what the resolution says of itself and what the data say, or empty */
    static TimingInfo of(
            Step step, int iteration, int board, Resolution r, double fbin, @Nullable Double bias, String remark) {
        return new TimingInfo(
                board,
                r.deltaWidth(),
                r.pairWidth(),
                r.deltaWidthUnc(),
                r.pairWidthUnc(),
                step.order(),
                step.name(),
                iteration,
                value(r.threeBoard()),
                unc(r.threeBoard()),
                value(r.nBoard()),
                unc(r.nBoard()),
                r.events(),
                r.core().mean(),
                r.core().width(),
                r.bootstrap().unc(),
                r.bootstrap().low(),
                r.bootstrap().high(),
                r.bootstrapCore().isLimit() ? Double.NaN : value(r.threeBoardCore()),
                r.bootstrapCore().isLimit() ? Double.NaN : unc(r.threeBoardCore()),
                r.bootstrapCore().unc(),
                r.bootstrapCore().low(),
                r.bootstrapCore().high(),
                r.nBoard() == null ? Double.NaN : r.nBoard().withoutQuantisation(fbin),
                fbin,
                remark,
                bias,
                r.bootstrap().upper(),
                r.bootstrapCore().upper(),
                variance(r.threeBoard()),
                r.bootstrap().varianceUnc(),
                variance(r.threeBoardCore()),
                r.bootstrapCore().varianceUnc(),
                r.tailFraction(),
                r.factor());
    }

    private static double value(@Nullable Sigma sigma) {
        return sigma == null ? Double.NaN : sigma.value();
    }

    private static double unc(@Nullable Sigma sigma) {
        return sigma == null ? Double.NaN : sigma.unc();
    }

    private static double variance(@Nullable Sigma sigma) {
        return sigma == null ? Double.NaN : sigma.variance();
    }
}
