package etroc.simulate;

import etroc.layout.etroc2.ChipWord;
import org.apache.commons.math3.random.RandomGenerator;

/** The TDCs of the pixels of a simulated board: each has its own bin width, which its CAL codes tell. */
final class ChipPixels {
    static final int PIXELS = ChipWord.SIDE * ChipWord.SIDE;
    /** Modes and spread of the codes in real beam data: 166 to 182, 0.54. */
    private static final double FIRST_CAL = 166;

    private static final double CALS = 16;
    private static final double CAL_SPREAD = 0.54;
    private static final double CAL_PERIOD_NS = 3.125;
    private static final double LAST_TIME_NS = 12.5;
    private static final int TOA_END = 1023;
    private static final int TOT_END = 511;

    private final ChipTelescope.Board board;
    private final double[] cal = new double[PIXELS];

    ChipPixels(ChipTelescope.Board board, RandomGenerator random) {
        this.board = board;
        for (int i = 0; i < PIXELS; i++) {
            cal[i] = FIRST_CAL + CALS * random.nextDouble();
        }
    }

    /** Mean CAL code of each pixel, rows one after another. */
    double[] cals() {
        return cal.clone();
    }

    /** A data word without error for a particle that passes at this time [ns]. */
    long hit(int pixel, double timeNs, RandomGenerator random) {
        double tot = TelescopeModel.totNs(random);
        double toa = timeNs + board.walk(tot) + board.sigmaPs() / 1000 * random.nextGaussian();
        return word(pixel, cal[pixel], toa, tot, random);
    }

    /** A data word of a pixel with this mean CAL code; times beyond the TDC's end stops stand there. */
    static long word(int pixel, double cal, double toaNs, double totNs, RandomGenerator random) {
        double bin = CAL_PERIOD_NS / cal;
        return ChipWord.data(
                0,
                pixel % ChipWord.SIDE,
                pixel / ChipWord.SIDE,
                Math.max(0, Math.min(TOA_END, toaCode(cal, toaNs))),
                Math.max(0, Math.min(TOT_END, totCode(totNs / bin))),
                (int) Math.round(cal + CAL_SPREAD * random.nextGaussian()));
    }

    /** The TOA code of a time, also where the TDC has none. */
    static int toaCode(double cal, double toaNs) {
        return (int) Math.round((LAST_TIME_NS - toaNs) * cal / CAL_PERIOD_NS);
    }

    /** The TOT code that is read as nearest to so many bins: a code stands for {@code 2 code - floor(code / 32)} of them. */
    static int totCode(double bins) {
        int code = (int) Math.floor(bins * 32 / 63);
        double middle = 2 * code - Math.floorDiv(code, 32) + (Math.floorMod(code, 32) == 31 ? 0.5 : 1);
        return bins < middle ? code : code + 1;
    }
}
