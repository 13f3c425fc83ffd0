package etroc.scan;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import etroc.runs.Run;
import etroc.settings.SettingsReader;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A charge-injection scan ({@code etroc.scan}).
 *
 * @param restingThresholds threshold at rest by board [DAC counts]; boards that are not named are found from the directory
 * @param triggerBoard the board whose own plateau settings are used; null: none
 * @param cut SQL expression over the columns of a hit; used where {@code etroc.cuts.events} is none
 */
public record ScanSettings(
        Map<Integer, Integer> restingThresholds, @Nullable Integer triggerBoard, String cut, NoiseSettings noise) {
    public static ScanSettings read(SettingsReader r) {
        return new ScanSettings(
                restingThresholds(r),
                r.integerOr("none", "trigger-board", 0, 3),
                r.text("cut"),
                NoiseSettings.read(r.at("noise")));
    }

    private static Map<Integer, Integer> restingThresholds(SettingsReader r) {
        String key = "resting-thresholds";
        if (r.isWord("auto", key)) {
            return Map.of();
        }
        String possible = "auto, or thresholds by board such as {0 = 535, 1 = 721, 3 = 723}";
        if (!(r.value(key) instanceof ConfigObject thresholds)) {
            throw r.wrong(key, possible, null);
        }
        Map<Integer, Integer> byBoard = new TreeMap<>();
        for (Map.Entry<String, ConfigValue> e : thresholds.entrySet()) {
            try {
                int board = Integer.parseInt(e.getKey());
                int threshold = Integer.parseInt(String.valueOf(e.getValue().unwrapped()));
                if (!Run.BOARD_IDS.contains(board)) {
                    throw r.wrong(key, possible + "; boards are " + Run.BOARD_IDS, null);
                }
                byBoard.put(board, threshold);
            } catch (NumberFormatException notNumber) {
                throw r.wrong(key, possible, notNumber);
            }
        }
        return byBoard;
    }

    /** How the noise edges of a board's curves are found. */
    NoiseOptions noise(int board) {
        boolean trigger = triggerBoard != null && triggerBoard == board;
        return new NoiseOptions(
                either(trigger, noise.triggerPlateau(), noise.plateau()),
                either(trigger, noise.triggerPlateauWindow(), noise.plateauWindow()),
                noise.flatness(),
                noise.rollingMean(),
                noise.edgeOffset(),
                noise.charge());
    }

    private static @Nullable Double either(boolean trigger, @Nullable Double own, @Nullable Double common) {
        return trigger && own != null ? own : common;
    }
}
