package etroc.scan.laser;

import etroc.About;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** What a curve of hits against threshold belongs to; ordered by board, pixel, phase and attenuation. */
record LaserKey(
        @About("board") int dataBoardId,
        @About("pixel") String pixelId,
        @About("phase adjustment") @Nullable Integer phaseAdjust,
        @About("attenuation of the laser [%]") double laserAttenuation)
        implements Comparable<LaserKey> {
    private static final Comparator<LaserKey> ORDER = Comparator.comparingInt(LaserKey::dataBoardId)
            .thenComparing(LaserKey::pixelId)
            .thenComparing(LaserKey::phaseAdjust, Comparator.nullsFirst(Comparator.<Integer>naturalOrder()))
            .thenComparingDouble(LaserKey::laserAttenuation);

    @Override
    public int compareTo(LaserKey o) {
        return ORDER.compare(this, o);
    }

    /** What a plateau and a figure belong to: all attenuations of a pixel and phase. */
    LaserKey pixel() {
        return new LaserKey(dataBoardId, pixelId, phaseAdjust, Double.NaN);
    }

    /** Such as {@code board 0, pixel 5, phase 0}. */
    String pixelText() {
        return "board " + dataBoardId + ", pixel " + pixelId + (phaseAdjust == null ? "" : ", phase " + phaseAdjust);
    }
}
