package etroc.scan;

import etroc.Possible;
import etroc.runs.Run;
import etroc.scan.laser.LaserSettings;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A charge-injection scan ({@code etroc.scan}).
 *
 * @param kind what the inputs are
 * @param restingThresholds threshold at rest by board [DAC counts]; boards that are not named are found from the directory
 * @param triggerBoard the board whose own plateau settings are used; null: none
 * @param cut SQL expression over the columns of a hit; used where {@code etroc.cuts.events} is none
 * @param lowerLimits what becomes of curves with hits at their last threshold in lines of {@code last-hit}
 */
public record ScanSettings(
        Kind kind,
        @Possible(or = "auto") Map<Integer, Integer> restingThresholds,
        @Possible(min = 0, max = 3, or = "none") @Nullable Integer triggerBoard,
        String cut,
        LowerLimits lowerLimits,
        NoiseSettings noise,
        LaserSettings laser) {
    /** What the inputs of a scan are. */
    public enum Kind {
        /** What the inputs look like. */
        AUTO,
        /** Charge injection into ETROC1 boards. */
        CHARGE,
        /** Folders of an ETROC2 bench. */
        ETROC2_BENCH,
        /** A single ETROC1 board under a laser. */
        LASER
    }

    /** What becomes of curves that did not end before the scan did. */
    public enum LowerLimits {
        DROP,
        /** As the old script did. */
        KEEP
    }

    public ScanSettings {
        if (!Run.BOARD_IDS.containsAll(restingThresholds.keySet())) {
            throw new IllegalArgumentException("resting-thresholds are of boards " + restingThresholds.keySet()
                    + "; possible: boards of " + Run.BOARD_IDS);
        }
    }

    /** How the noise edges of a board's curves are found. */
    public NoiseOptions noise(int board) {
        boolean trigger = triggerBoard != null && triggerBoard == board;
        return new NoiseOptions(
                either(trigger, noise.triggerPlateau(), noise.plateau()),
                either(trigger, noise.triggerPlateauWindow(), noise.plateauWindow()),
                noise.flatness(),
                noise.rollingMean(),
                noise.edgeOffset(),
                noise.charge(),
                noise.maxFraction());
    }

    private static @Nullable Double either(boolean trigger, @Nullable Double own, @Nullable Double common) {
        return trigger && own != null ? own : common;
    }
}
