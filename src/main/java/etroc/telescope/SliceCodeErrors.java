package etroc.telescope;

import etroc.telescope.calibration.Calibration;
import etroc.telescope.calibration.CalibrationRun;
import etroc.telescope.calibration.CalibrationSlice;
import etroc.telescope.calibration.Calibrations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Errors of the codes that the calibration by slices measured, in the means of times: a code of uncertainty u, spread/sqrt(codes), moves a mean by
 * its weight in the interpolation there, times mean TOA fbin/CAL. Other calibrations have one code for all, or errors that are in the widths.
 */
final class SliceCodeErrors implements Constancy.CodeErrors {
    /** Places in a slice at which the interpolation is looked at. */
    private static final int PLACES = 500;

    private static final double LAST_TIME_NS = 12.5;

    private final List<Integer> boards;
    private final Map<Key, List<Node>> nodes = new HashMap<>();

    private record Key(String run, int board) {}

    /**
     * A code that was measured.
     *
     * @param middle number of the event that it is the code of
     */
    private record Node(double middle, double unc) {}

    SliceCodeErrors(Calibrations calibrations, Calibration.Method method, List<Integer> boards) {
        this.boards = boards;
        if (method != Calibration.Method.SLICES) {
            return;
        }
        Map<Key, Boolean> constant = new HashMap<>();
        for (CalibrationRun r : calibrations.runs()) {
            Key key = new Key(r.run(), r.dataBoardId());
            constant.put(key, r.constant());
            if (r.constant()) {
                nodes.put(key, List.of(new Node(0, r.codeSpread() / Math.sqrt((double) r.codesUsed()))));
            }
        }
        for (CalibrationSlice s : calibrations.slices()) {
            Key key = new Key(s.run(), s.dataBoardId());
            if (s.counts() && !constant.getOrDefault(key, true)) {
                nodes.computeIfAbsent(key, k -> new ArrayList<>()).add(new Node(s.middleEvent(), s.meanUnc()));
            }
        }
    }

    @Override
    public List<double[]> of(String run, int board, List<DriftSums.Slice> slices) {
        List<Node> own = nodes.getOrDefault(new Key(run, boards.get(board)), List.of());
        List<double[]> columns = new ArrayList<>();
        own.forEach(n -> columns.add(new double[slices.size()]));
        for (int s = 0; s < slices.size(); s++) {
            DriftSums.Slice slice = slices.get(s);
            double derivative = (LAST_TIME_NS - slice.toa.get(board).mean())
                    / slice.codes.get(board).mean();
            int k = 0;
            for (int p = 0; p < PLACES && !own.isEmpty(); p++) {
                double at = slice.firstEvent() + (slice.lastEvent() - slice.firstEvent()) * (p + 0.5) / PLACES;
                while (k + 1 < own.size() && own.get(k + 1).middle() <= at) {
                    k++;
                }
                boolean between = k + 1 < own.size() && own.get(k).middle() <= at;
                double next = between
                        ? (at - own.get(k).middle())
                                / (own.get(k + 1).middle() - own.get(k).middle())
                        : 0;
                columns.get(k)[s] += (1 - next) * derivative * own.get(k).unc() / PLACES;
                if (between) {
                    columns.get(k + 1)[s] += next * derivative * own.get(k + 1).unc() / PLACES;
                }
            }
        }
        return columns;
    }
}
