package etroc.scan.bench;

import etroc.About;
import java.io.Serializable;

/** The threshold at which half of the pulses are seen, from a bisection. A number that cannot be had is NaN. */
@About("a pixel, charge and attempt")
record TurnOff(
        @About("name of the chip") String chip,
        @About("0 to 15") int row,
        @About("0 to 15") int column,
        @About("injected charge [fC]") int charge,
        @About("steps of 781 ps") int delay,
        @About("free words of the folder's name") String attempt,
        @About("1: the last attempt, which counts") boolean used,
        @About("pulses of a point, from the reference row") long triggers,
        @About("thresholds") int points,

        @About("rows that are not points: link down, older scan, repeated, malformed")
        int leftOut,

        @About("largest threshold at which at least half is seen [DAC]")
        double lastOn,

        @About("smallest threshold at which less than half is seen [DAC]")
        double firstOff,

        @About("middle of the two [DAC]") double threshold,
        @About("their distance / sqrt 12 [DAC]") double thresholdUnc,
        String remark)
        implements Serializable {
    static final String TABLE = "turn_off";
    private static final long serialVersionUID = 1L;

    Pixel pixel() {
        return new Pixel(chip, row, column);
    }

    TurnOff with(boolean last) {
        return new TurnOff(
                chip,
                row,
                column,
                charge,
                delay,
                attempt,
                last,
                triggers,
                points,
                leftOut,
                lastOn,
                firstOff,
                threshold,
                thresholdUnc,
                remark);
    }
}
