package etroc.telescope;

import etroc.fits.GaussianCore;
import etroc.passes.Moments;
import etroc.telescope.resolution.PairAxis;
import java.io.Serializable;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What happens during the runs: sums over slices of each run's events by their number. */
final class DriftSums implements Serializable {
    private static final long serialVersionUID = 1L;
    static final int SLICES = 20;
    /** Of all runs together: a slice takes some kilobytes in every task and on the driver. */
    private static final int MOST_SLICES = 10_000;

    private static final int FEWEST_EVENTS = 30;
    private static final int BINS_A_HALF = 5;
    private static final long MICROSECONDS = 1_000_000;

    private final int boards;
    private final PairAxis[] axes;
    private final int ofRun;
    /** By run index times slices of a run plus number of the slice. */
    private final Map<Integer, Slice> slices = new TreeMap<>();

    /**
     * Empty sums.
     *
     * @param axes of the corrected differences of each board and the next; null: there are none
     * @param runs how many there are
     */
    DriftSums(int boards, PairAxis @Nullable [] axes, int runs) {
        this.boards = boards;
        this.ofRun = slices(runs);
        this.axes = axes == null
                ? new PairAxis[0]
                : Arrays.stream(axes).map(a -> a.with(BINS_A_HALF)).toArray(PairAxis[]::new);
    }

    /** Sums over a slice of a run. */
    static final class Slice implements Serializable {
        private static final long serialVersionUID = 1L;
        /** Calibration codes of each board in final events. */
        final List<Moments> codes = new ArrayList<>();
        /** Corrected time of each board minus that of the next [ns] in final events. */
        final List<Moments> pairs = new ArrayList<>();
        /** TOA of each board in the same events [ns]. */
        final List<Moments> toa = new ArrayList<>();

        private final PairAxis[] axes;
        private final int[][] histograms;
        private long firstTime = Long.MAX_VALUE;
        private long lastTime = Long.MIN_VALUE;
        private long firstEvent = Long.MAX_VALUE;
        private long lastEvent = Long.MIN_VALUE;

        Slice(int boards, PairAxis[] axes) {
            this.axes = axes;
            histograms = new int[axes.length][];
            for (int b = 0; b < boards; b++) {
                codes.add(new Moments());
                pairs.add(new Moments());
                toa.add(new Moments());
            }
            for (int b = 0; b < axes.length; b++) {
                histograms[b] = new int[axes[b].bins()];
            }
        }

        void time(long microseconds) {
            firstTime = Math.min(firstTime, microseconds);
            lastTime = Math.max(lastTime, microseconds);
        }

        void event(long number) {
            firstEvent = Math.min(firstEvent, number);
            lastEvent = Math.max(lastEvent, number);
        }

        void difference(int board, double toaNs, double pair) {
            toa.get(board).add(toaNs);
            pairs.get(board).add(pair);
            int bin = axes[board].bin(pair);
            if (bin >= 0) {
                histograms[board][bin]++;
            }
        }

        Slice add(Slice other) {
            for (int b = 0; b < codes.size(); b++) {
                codes.get(b).add(other.codes.get(b));
                pairs.get(b).add(other.pairs.get(b));
                toa.get(b).add(other.toa.get(b));
            }
            for (int b = 0; b < axes.length; b++) {
                for (int i = 0; i < histograms[b].length; i++) {
                    histograms[b][i] += other.histograms[b][i];
                }
            }
            firstTime = Math.min(firstTime, other.firstTime);
            lastTime = Math.max(lastTime, other.lastTime);
            firstEvent = Math.min(firstEvent, other.firstEvent);
            lastEvent = Math.max(lastEvent, other.lastEvent);
            return this;
        }

        /** Final events; hits of them where there are no time differences. */
        long events() {
            return axes.length > 0
                    ? pairs.get(0).n()
                    : codes.stream().mapToLong(Moments::n).max().orElse(0);
        }

        long firstEvent() {
            return firstEvent;
        }

        long lastEvent() {
            return lastEvent;
        }

        /** Core of the difference of a board and the next; not converged where there is none. */
        GaussianCore core(int board) {
            return axes.length == 0 ? GaussianCore.NONE : axes[board].core(histograms[board]);
        }

        /** Time stamp of the first event, or of the last one; empty where the data have none. */
        Optional<LocalDateTime> time(boolean last) {
            return firstTime > lastTime
                    ? Optional.empty()
                    : Optional.of(LocalDateTime.ofEpochSecond(
                            Math.floorDiv(last ? lastTime : firstTime, MICROSECONDS), 0, ZoneOffset.UTC));
        }
    }

    /** Slices of each run: 20, of many runs fewer. */
    static int slices(int runs) {
        return Math.max(1, Math.min(SLICES, MOST_SLICES / Math.max(1, runs)));
    }

    /**
     * The slice of an event.
     *
     * @param eventsOfRun how many there are; single hits are numbered by lines, of which there may be more
     */
    Slice at(int run, long event, long eventsOfRun) {
        long slice = Math.min(ofRun - 1, event * ofRun / Math.max(1, eventsOfRun));
        return slices.computeIfAbsent(run * ofRun + (int) slice, k -> new Slice(boards, axes));
    }

    void add(DriftSums other) {
        other.slices.forEach((k, slice) ->
                slices.computeIfAbsent(k, n -> new Slice(boards, axes)).add(slice));
    }

    /** Slices of each run, by run index; those with few final events together with the next, the last with the one before. */
    Map<Integer, List<Slice>> byRun() {
        Map<Integer, List<Slice>> runs = new TreeMap<>();
        Map<Integer, Slice> waiting = new TreeMap<>();
        slices.forEach((k, slice) -> {
            int run = k / ofRun;
            Slice own = waiting.containsKey(run) ? waiting.remove(run).add(slice) : slice;
            if (own.events() < FEWEST_EVENTS) {
                waiting.put(run, own);
            } else {
                runs.computeIfAbsent(run, r -> new ArrayList<>()).add(own);
            }
        });
        waiting.forEach((run, rest) -> {
            List<Slice> all = runs.computeIfAbsent(run, r -> new ArrayList<>());
            if (all.isEmpty()) {
                all.add(rest);
            } else {
                all.get(all.size() - 1).add(rest);
            }
        });
        return runs;
    }
}
