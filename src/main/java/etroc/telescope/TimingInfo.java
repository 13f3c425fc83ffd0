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

        @About("time resolution from the pairs of three boards [ns]")
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

        @About("standard deviation of time_resolution over the bootstrap's replicas [ns]")
        double timeResolutionBootstrapUnc,

        @About("its 16th percentile [ns]") double timeResolutionLow,
        @About("its 84th percentile [ns]") double timeResolutionHigh,

        @About("time resolution from the Gaussian cores of three boards [ns]")
        double timeResolutionCore,

        @About("its uncertainty by the formula [ns]") double timeResolutionCoreUnc,

        @About("standard deviation of time_resolution_core over the bootstrap's replicas [ns]")
        double timeResolutionCoreBootstrapUnc,

        @About("its 16th percentile [ns]") double timeResolutionCoreLow,
        @About("its 84th percentile [ns]") double timeResolutionCoreHigh,

        @About("time_resolution_new without the quantisation of the TOA [ns]")
        double timeResolutionIntrinsic,

        @About("TDC bin width that times were made with [ns]")
        double fbin,

        @About("why a number is missing, or empty") String remark,

        @About("sensor bias, where the runs' names tell it [V]") @Nullable
        Double biasVoltage) {
    static final String TABLE = "timing_info";

    static TimingInfo of(Step step, int iteration, int board, Resolution r, double fbin, @Nullable Double bias) {
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
                r.bootstrap()[0],
                r.bootstrap()[1],
                r.bootstrap()[2],
                value(r.threeBoardCore()),
                unc(r.threeBoardCore()),
                r.bootstrapCore()[0],
                r.bootstrapCore()[1],
                r.bootstrapCore()[2],
                r.nBoard() == null ? Double.NaN : r.nBoard().withoutQuantisation(fbin),
                fbin,
                r.remark(),
                bias);
    }

    private static double value(@Nullable Sigma sigma) {
        return sigma == null ? Double.NaN : sigma.value();
    }

    private static double unc(@Nullable Sigma sigma) {
        return sigma == null ? Double.NaN : sigma.unc();
    }
}
