package etroc.scan.bench;

import etroc.About;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Where a pixel's noise lies, by one method. A number that cannot be had is NaN. */
@About("a pixel, method and attempt")
record Baseline(
        @About("name of the chip; empty where none is known")
        String chip,

        @About("0 to 15") int row,
        @About("0 to 15") int column,

        @About(
                "peak: fit of trigger bits against threshold; accumulator: fit of the chip's counter of samples above threshold; chip: its own")
        String method,

        @About("free words of the folder's name, or the note in the data base")
        String attempt,

        @About("1: the last attempt, which counts") boolean used,
        @About("points of the fit") int points,

        @About("rows that are not points: link down, older scan, repeated, malformed")
        int leftOut,

        @About("[DAC]") double baseline,
        @About("its uncertainty from counting alone [DAC]") double baselineUnc,

        @About("standard deviation of the noise; of method chip its 4-bit number, which is none [DAC]")
        double width,

        @About("its uncertainty from counting alone [DAC]") double widthUnc,

        @About("counts at the peak, or the samples of a point")
        double height,

        @About(
                "half the distance between the first points beyond the last above 3.7e-6 of the maximum, as public code has it [DAC]")
        double halfWidthPublic,

        @About("what is more than 5 x 1.4826 x MAD from the chip's median")
        String flag,

        String remark)
        implements Serializable {
    static final String TABLE = "baselines";
    static final String PEAK = "peak";
    static final String ACCUMULATOR = "accumulator";
    static final String CHIP = "chip";
    private static final long serialVersionUID = 1L;

    Pixel pixel() {
        return new Pixel(chip, row, column);
    }

    Baseline with(boolean last, String outlying) {
        return new Baseline(
                chip,
                row,
                column,
                method,
                attempt,
                last,
                points,
                leftOut,
                baseline,
                baselineUnc,
                width,
                widthUnc,
                height,
                halfWidthPublic,
                outlying,
                remark);
    }

    /** One of the chip's own. */
    static Baseline ofChip(
            String chip, int row, int column, String attempt, @Nullable Number found, @Nullable Number noise) {
        double baseline = found == null ? Double.NaN : found.doubleValue();
        double width = noise == null ? Double.NaN : noise.doubleValue();
        boolean beyond = baseline < 0 || baseline > 1023 || width < 0 || width > 15;
        return new Baseline(
                chip,
                row,
                column,
                CHIP,
                attempt,
                true,
                1,
                0,
                beyond ? Double.NaN : baseline,
                Double.NaN,
                beyond ? Double.NaN : width,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                "",
                beyond ? "baseline " + found + " or width " + noise + " is beyond 1023 or 15" : "");
    }
}
