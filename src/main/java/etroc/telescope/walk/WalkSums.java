package etroc.telescope.walk;

import etroc.telescope.calibration.EventSums;

/** Sums of a fit over the events of one step. */
final class WalkSums<S extends Sums<S>> implements EventSums<WalkSums<S>> {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // the sums of this project are serializable
    private final S sums;

    WalkSums(S sums) {
        this.sums = sums;
    }

    S sums() {
        return sums;
    }

    @Override
    public void run(int run) {
        sums.run(run);
    }

    @Override
    public void add(double[] toa, double[] tot, long steps, long key) {
        sums.add(toa, tot);
    }

    @Override
    public void add(WalkSums<S> other) {
        sums.add(other.sums);
    }
}
