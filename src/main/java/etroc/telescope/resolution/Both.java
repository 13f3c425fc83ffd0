package etroc.telescope.resolution;

import etroc.telescope.calibration.EventSums;

/** Two sums in one pass. */
public record Both<A extends EventSums<A>, B extends EventSums<B>>(A first, B second) implements EventSums<Both<A, B>> {
    private static final long serialVersionUID = 1L;

    @Override
    public void run(int run) {
        first.run(run);
        second.run(run);
    }

    @Override
    public void add(double[] toa, double[] tot, long steps, long key) {
        first.add(toa, tot, steps, key);
        second.add(toa, tot, steps, key);
    }

    @Override
    public void add(Both<A, B> other) {
        first.add(other.first);
        second.add(other.second);
    }
}
