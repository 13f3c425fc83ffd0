package etroc.scan;

import etroc.settings.SettingsReader;
import org.jspecify.annotations.Nullable;

/**
 * How the noise region of a scan is found ({@code etroc.scan.noise}); null stands for {@code auto}, for {@code charge} {@code none}.
 *
 * @param plateau hits of a settled curve (old name hit_center)
 * @param plateauWindow a settled point is nearer to the plateau than this [hits] (hit_window)
 * @param flatness a settled point is nearer to the rolling mean than this [hits] (difference_from_mean)
 * @param rollingMean points of the centred rolling mean, odd
 * @param edgeOffset subtracted from the settled threshold [DAC counts] (noise_edge_offset)
 * @param charge the one charge whose noise edges count [fC] (noise_with_charge)
 * @param triggerPlateau plateau of the trigger board
 * @param triggerPlateauWindow window of the trigger board
 */
public record NoiseSettings(
        @Nullable Double plateau,
        @Nullable Double plateauWindow,
        @Nullable Double flatness,
        int rollingMean,
        int edgeOffset,
        @Nullable Integer charge,
        @Nullable Double triggerPlateau,
        @Nullable Double triggerPlateauWindow) {
    static NoiseSettings read(SettingsReader r) {
        NoiseSettings settings = new NoiseSettings(
                r.numberOr("auto", "plateau", 0),
                r.numberOr("auto", "plateau-window", 0),
                r.numberOr("auto", "flatness", 0),
                r.integer("rolling-mean", 1, 1001),
                r.integer("edge-offset", -1023, 1023),
                r.integerOr("none", "charge", 0, 1000),
                r.numberOr("auto", "trigger-plateau", 0),
                r.numberOr("auto", "trigger-plateau-window", 0));
        if (settings.rollingMean % 2 == 0) {
            throw r.wrong("rolling-mean", "an odd number, so that the mean is centred", null);
        }
        return settings;
    }
}
