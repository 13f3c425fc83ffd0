package etroc.telescope.calibration;

import etroc.passes.Passes;

/**
 * An accumulator of the boards' times, made once a partition by {@link TimedEvents#sum}.
 *
 * @param <A> the accumulator itself
 */
public interface EventSums<A> extends Passes.Parts<A> {
    /** Says which run the events that follow are of, by its index. */
    default void run(int run) {}

    /**
     * Adds an event.
     *
     * @param toa [ns] of each board
     * @param tot [ns] of each board
     * @param steps bit k: the event is accepted at step k
     * @param key number of the event, the same in every partitioning
     */
    void add(double[] toa, double[] tot, long steps, long key);
}
