package etroc.simulate;

import org.apache.commons.math3.random.RandomGenerator;

/** The rows of {@code FPGA_Data.dat} of a measurement. */
final class ChipScanRows {
    static final String FILE = "FPGA_Data.dat";
    /** Triggers of a measurement. */
    static final int TRIGGERS = 10_000;

    private static final int LINK_UP = 2;
    private static final int REACH = 10;
    private static final int ABOVE = 10;
    private static final int LAST = 1023;
    private static final int REFERENCE = -1;

    private final ChipScanFlaws flaws;
    private final RandomGenerator random;

    ChipScanRows(ChipScanFlaws flaws, RandomGenerator random) {
        this.flaws = flaws;
        this.random = random;
    }

    /** A row a threshold about the baseline. */
    String noise(ChipScanPixel pixel) {
        int reach = (int) Math.ceil(REACH * pixel.width());
        int centre = (int) Math.round(pixel.baseline());
        StringBuilder text = new StringBuilder(row(LINK_UP, 0, REFERENCE));
        for (int dac = centre - reach; dac <= centre + reach; dac++) {
            add(text, pixel.noiseCounts(dac, random), dac);
        }
        return text.toString();
    }

    /** A bisection from above the baseline to the last threshold. */
    String turnOff(ChipScanPixel pixel, int charge) {
        StringBuilder text = new StringBuilder(row(LINK_UP, 0, REFERENCE));
        int on = (int) Math.round(pixel.baseline()) + ABOVE;
        int off = LAST;
        while (off - on > 1) {
            int dac = (on + off) / 2;
            int seen = pixel.seen(charge, dac, TRIGGERS, random);
            add(text, seen, dac);
            if (2 * seen >= TRIGGERS) {
                on = dac;
            } else {
                off = dac;
            }
        }
        return text.toString();
    }

    private void add(StringBuilder text, long bits, int dac) {
        if (flaws.linkDown() > 0 && random.nextDouble() < flaws.linkDown()) {
            text.append(row(0, random.nextInt(TRIGGERS), dac));
        }
        text.append(row(LINK_UP, bits, dac));
    }

    private static String row(int state, long bits, int dac) {
        return state + ",1,1," + bits + "," + TRIGGERS + "," + bits + "," + dac + "\n";
    }
}
