package etroc.telescope;

import etroc.About;
import etroc.passes.Moments;
import etroc.telescope.resolution.ResolutionFormulae;
import etroc.telescope.resolution.ResolutionFormulae.Sigma;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code drift}. */
@About("a board in a slice of all events in their order")
record DriftSlice(
        @About("number of the slice, from 0") int slice,
        @About("board") int dataBoardId,
        @About("hits in events of the last step") long hits,
        @About("mean calibration code") double calibrationCodeMean,
        @About("its uncertainty") double calibrationCodeMeanUnc,
        @About("events with times of every board") long events,

        @About("time resolution from the standard deviations of three pairs [ns]")
        double timeResolution,

        @About("its uncertainty [ns]") double timeResolutionUnc,

        @About("time stamp of the first event, where the data have some") @Nullable
        String timeFrom,

        @About("time stamp of the last event") @Nullable String timeTo) {
    static final String TABLE = "drift";
    private static final int FEWEST_EVENTS = 3;

    /** The rows of a slice, a board each. */
    static List<DriftSlice> of(int slice, List<Integer> boards, EventHistograms found) {
        int n = boards.size();
        double[] widths = new double[n];
        double[] uncs = new double[n];
        for (int b = 0; b < n; b++) {
            Moments pair = found.difference(slice, b);
            widths[b] = pair.width();
            uncs[b] = ResolutionFormulae.widthUnc(widths[b], pair.n());
        }
        Sigma @Nullable [] sigmas = ResolutionFormulae.ofPairs(widths, uncs);
        List<DriftSlice> rows = new ArrayList<>();
        for (int b = 0; b < n; b++) {
            Moments codes = found.calibration(slice, b);
            long events = found.difference(slice, b).n();
            Sigma sigma = sigmas == null || events < FEWEST_EVENTS ? null : sigmas[b];
            rows.add(new DriftSlice(
                    slice,
                    boards.get(b),
                    codes.n(),
                    codes.mean(),
                    codes.meanUnc(),
                    events,
                    sigma == null ? Double.NaN : sigma.value(),
                    sigma == null ? Double.NaN : sigma.unc(),
                    found.time(slice, false).map(Object::toString).orElse(null),
                    found.time(slice, true).map(Object::toString).orElse(null)));
        }
        return rows;
    }
}
