package etroc.scan;

import etroc.Possible;
import etroc.runs.Run;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A charge-injection scan ({@code etroc.scan}).
 *
 * @param restingThresholds threshold at rest by board [DAC counts]; boards that are not named are found from the directory
 * @param triggerBoard the board whose own plateau settings are used; null: none
 * @param cut SQL expression over the columns of a hit; used where {@code etroc.cuts.events} is none
 */
public record ScanSettings(
        @Possible(or = "auto") Map<Integer, Integer> restingThresholds,
        @Possible(min = 0, max = 3, or = "none") @Nullable Integer triggerBoard,
        String cut,
        NoiseSettings noise) {
    public ScanSettings {
        if (!Run.BOARD_IDS.containsAll(restingThresholds.keySet())) {
            throw new IllegalArgumentException("resting-thresholds are of boards " + restingThresholds.keySet()
                    + "; possible: boards of " + Run.BOARD_IDS);
        }
    }
}
