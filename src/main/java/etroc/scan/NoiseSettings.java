package etroc.scan;

import etroc.Possible;
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
 * @param maxFraction a quiet threshold has at most this noise, as a fraction of the pulses
 * @param triggerPlateau plateau of the trigger board
 * @param triggerPlateauWindow window of the trigger board
 */
public record NoiseSettings(
        @Possible(min = 0, or = "auto") @Nullable Double plateau,
        @Possible(min = 0, or = "auto") @Nullable Double plateauWindow,
        @Possible(min = 0, or = "auto") @Nullable Double flatness,
        @Possible(min = 1, max = 1001) int rollingMean,
        @Possible(min = -1023, max = 1023) int edgeOffset,

        @Possible(min = 0, max = 1000, or = "none") @Nullable
        Integer charge,

        @Possible(min = 0, max = 1) double maxFraction,
        @Possible(min = 0, or = "auto") @Nullable Double triggerPlateau,
        @Possible(min = 0, or = "auto") @Nullable Double triggerPlateauWindow) {
    public NoiseSettings {
        if (rollingMean % 2 == 0) {
            throw new IllegalArgumentException(
                    "rolling-mean is " + rollingMean + "; possible: an odd number, so that the mean is centred");
        }
    }
}
