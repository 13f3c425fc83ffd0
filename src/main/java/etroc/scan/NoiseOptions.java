package etroc.scan;

import org.jspecify.annotations.Nullable;

/**
 * How the noise edges of one board's curves are found; null means: from the data.
 *
 * @param plateau hits of a settled curve
 * @param window largest distance of a settled point from the plateau [hits]
 * @param flatness largest distance of a settled point from the rolling mean [hits]
 * @param rollingMean points of the centred rolling mean, odd
 * @param edgeOffset subtracted from the settled threshold [DAC counts]
 * @param charge the one charge that counts [fC], or null for all
 * @param maxFraction noise to run with, as a fraction of the pulses
 */
public record NoiseOptions(
        @Nullable Double plateau,
        @Nullable Double window,
        @Nullable Double flatness,
        int rollingMean,
        int edgeOffset,
        @Nullable Integer charge,
        double maxFraction) {}
