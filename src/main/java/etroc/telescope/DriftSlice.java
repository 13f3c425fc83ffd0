package etroc.telescope;

import etroc.About;
import etroc.fits.GaussianCore;
import etroc.passes.Moments;
import etroc.telescope.resolution.ResolutionFormulae;
import etroc.telescope.resolution.ResolutionFormulae.Sigma;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code drift}. */
@About(
        "a board in a slice of a run's events by their number, 20 a run, of more than 500 runs 10000 in all but one a run at least; slices with fewer than 30 final events are joined")
record DriftSlice(
        @About("run") String run,
        @About("number of the slice in the run, from 0") int slice,
        @About("board") int dataBoardId,
        @About("number of the first final event") long firstEvent,
        @About("number of the last final event") long lastEvent,
        @About("hits in events of the last step") long hits,
        @About("mean calibration code") double calibrationCodeMean,
        @About("its uncertainty") double calibrationCodeMeanUnc,
        @About("events with times of every board") long events,

        @About("mean of the corrected time minus that of the next board [ns]")
        double timeDiffMean,

        @About("its uncertainty, without that of the calibration [ns]")
        double timeDiffMeanUnc,

        @About("width of the Gaussian core of the time minus that of the next board [ns]")
        double timeDiffCoreWidth,

        @About("time resolution from the standard deviations of three pairs [ns]")
        double timeResolution,

        @About("its uncertainty by the formula [ns]") double timeResolutionUnc,

        @About("time stamp of the first event, where the data have some") @Nullable
        String timeFrom,

        @About("time stamp of the last event") @Nullable String timeTo) {
    static final String TABLE = "drift";
    private static final int FEWEST_EVENTS = 3;

    /** The rows of a slice, a board each. */
    static List<DriftSlice> of(String run, int number, List<Integer> boards, DriftSums.Slice slice) {
        int n = boards.size();
        double[] widths = new double[n];
        double[] uncs = new double[n];
        for (int b = 0; b < n; b++) {
            Moments pair = slice.pairs.get(b);
            widths[b] = pair.width();
            uncs[b] = ResolutionFormulae.widthUnc(widths[b], pair.n());
        }
        Sigma @Nullable [] sigmas = ResolutionFormulae.ofPairs(widths, uncs);
        List<DriftSlice> rows = new ArrayList<>();
        for (int b = 0; b < n; b++) {
            Moments codes = slice.codes.get(b);
            Moments pair = slice.pairs.get(b);
            Sigma sigma = sigmas == null || pair.n() < FEWEST_EVENTS ? null : sigmas[b];
            GaussianCore core = slice.core(b);
            rows.add(new DriftSlice(
                    run,
                    number,
                    boards.get(b),
                    slice.firstEvent(),
                    slice.lastEvent(),
                    codes.n(),
                    codes.mean(),
                    codes.meanUnc(),
                    pair.n(),
                    pair.mean(),
                    pair.meanUnc(),
                    core.converged() ? core.width() : Double.NaN,
                    sigma == null ? Double.NaN : sigma.value(),
                    sigma == null ? Double.NaN : sigma.unc(),
                    slice.time(false).map(Object::toString).orElse(null),
                    slice.time(true).map(Object::toString).orElse(null)));
        }
        return rows;
    }
}
