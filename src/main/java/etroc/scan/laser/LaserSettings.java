package etroc.scan.laser;

import etroc.Possible;
import org.jspecify.annotations.Nullable;

/**
 * A board under a laser ({@code etroc.scan.laser}).
 *
 * @param triggerBoard the board whose hits are the time reference; null: the laser is in step with the clock
 * @param triggerJitter time resolution of the trigger board [ns]; null: it stays in the jitter; without a trigger board it is refused
 */
public record LaserSettings(
        @Possible(min = 0, max = 3, or = "none") @Nullable Integer triggerBoard,
        @Possible(min = 0, max = 10, or = "none") @Nullable Double triggerJitter) {}
