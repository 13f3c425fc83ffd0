package etroc.telescope.walk;

/**
 * Sums over events that can be made in parts and put together.
 *
 * @param <S> the sums themselves
 */
public interface Sums<S extends Sums<S>> {
    /** Says which run the events that follow are of, by its index. */
    default void run(int run) {}

    /**
     * Adds an event.
     *
     * @param toa time of arrival of each board [ns]
     * @param tot time over threshold of each board [ns]
     */
    void add(double[] toa, double[] tot);

    /** Adds the sums of other events. */
    void add(S other);
}
