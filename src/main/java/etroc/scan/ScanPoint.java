package etroc.scan;

import etroc.About;
import java.util.Comparator;

/**
 * Hits of one board in one run.
 *
 * @param run name of the run
 * @param phase phase adjustment
 * @param board board id
 * @param pixel for example F9P5
 * @param charge injected charge [fC]
 * @param threshold discriminator threshold [DAC counts]
 * @param hits hits left after the cuts
 */
public record ScanPoint(String run, int phase, int board, String pixel, int charge, int threshold, long hits) {
    /** The order of tables. */
    public static final Comparator<ScanPoint> ORDER = Comparator.comparingInt(ScanPoint::phase)
            .thenComparingInt(ScanPoint::board)
            .thenComparing(ScanPoint::pixel)
            .thenComparingInt(ScanPoint::charge)
            .thenComparingInt(ScanPoint::threshold)
            .thenComparingLong(ScanPoint::hits)
            .thenComparing(ScanPoint::run);

    /** What a line of threshold against charge belongs to. */
    public PixelKey pixelKey() {
        return new PixelKey(phase, board, pixel);
    }

    /** What an S-curve belongs to. */
    public CurveKey curveKey() {
        return new CurveKey(pixelKey(), charge);
    }

    /** Phase, board and pixel; ordered by board, phase and pixel. */
    public record PixelKey(
            @About(value = "phase adjustment", name = "phase_adjust")
            int phase,

            @About(value = "board", name = "data_board_id") int board,

            @About(value = "pixel, such as F9P5: board F9, pixel 5", name = "pixel_id")
            String pixel)
            implements Comparable<PixelKey> {
        @Override
        public int compareTo(PixelKey o) {
            return Comparator.comparingInt(PixelKey::board)
                    .thenComparingInt(PixelKey::phase)
                    .thenComparing(PixelKey::pixel)
                    .compare(this, o);
        }
    }

    /** A pixel and a charge. */
    public record CurveKey(
            PixelKey pixel,

            @About(value = "injected charge [fC]", name = "board_injected_charge")
            int charge) implements Comparable<CurveKey> {
        @Override
        public int compareTo(CurveKey o) {
            return Comparator.comparing(CurveKey::pixel)
                    .thenComparingInt(CurveKey::charge)
                    .compare(this, o);
        }
    }
}
