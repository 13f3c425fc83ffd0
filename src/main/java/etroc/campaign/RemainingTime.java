package etroc.campaign;

import java.time.Duration;
import java.util.Locale;

/** How long the rest will take, if it goes on as it went so far. */
final class RemainingTime {
    private final long start = System.nanoTime();
    private final long all;
    private long done;

    /** @param all cost of everything, in any unit */
    RemainingTime(long all) {
        this.all = all;
    }

    void done(long cost) {
        done += cost;
    }

    String text() {
        double seconds = (System.nanoTime() - start) / 1e9 * (all - done) / Math.max(1, done);
        Duration left = Duration.ofSeconds(Math.round(seconds));
        return left.toMinutes() >= 2
                ? String.format(Locale.ROOT, "about %d min left", left.toMinutes() + 1)
                : String.format(Locale.ROOT, "about %d s left", Math.max(1, left.toSeconds()));
    }
}
