package etroc.simulate;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.util.FastMath;

/**
 * What a simulated scan does: each board in turn is scanned at each charge while the others rest.
 *
 * @param seed of everything that is random
 * @param charges [fC]
 * @param pulses at each threshold
 * @param step of the threshold [DAC counts]
 * @param flaws what is not as the analysis takes it to be
 */
public record ScanModel(
        long seed, List<BoardModel> boards, List<Integer> charges, int pulses, int step, ScanImperfections flaws) {
    private static final int[] IDS = {0, 1, 3};
    private static final String[] PIXELS = {"F9P5", "F11P5", "F5P9"};
    private static final int[] BASELINES = {450, 605, 608};
    private static final double[] CALS = {146.9, 146.4, 140.7};
    private static final int RESTING_CHARGE = 20;
    /** The scan begins so many noise widths below the baseline ... */
    private static final double BELOW = 6;
    /** ... and ends so many above half height. */
    private static final double ABOVE = 8;

    /** A model whose boards are drawn from the seed. */
    public static ScanModel random(
            long seed, int boards, List<Integer> charges, int pulses, int step, ScanImperfections flaws) {
        RandomGenerator random = new Well19937c(seed);
        List<BoardModel> models = IntStream.range(0, boards)
                .mapToObj(i -> {
                    double baseline = BASELINES[i] + Math.round(10 * (random.nextDouble() - 0.5));
                    double noise = 2 + 1.5 * random.nextDouble();
                    double slope = 4.2 + 0.9 * random.nextDouble();
                    double offset = -32 + 8 * random.nextDouble();
                    int resting = (int) FastMath.ceil(baseline + offset + slope * (RESTING_CHARGE + 6)) + 1;
                    return new BoardModel(
                            IDS[i],
                            PIXELS[i],
                            resting,
                            RESTING_CHARGE,
                            baseline,
                            noise,
                            slope,
                            offset,
                            CALS[i] + random.nextGaussian());
                })
                .toList();
        return new ScanModel(seed, models, charges, pulses, step, flaws);
    }

    /** Hits of a run. */
    int hits(BoardModel board, int charge, int threshold, RandomGenerator random) {
        return board.hits(charge, threshold, pulses, flaws, random);
    }

    /** Thresholds of a board's scan at a charge; the whole edge is among them [DAC counts]. */
    public List<Integer> thresholds(BoardModel board, int charge) {
        int from = (int) Math.floor(board.baseline() - BELOW * board.noise());
        int to = (int) Math.ceil(
                Math.max(board.t50(charge, flaws), board.baseline() + 10 * board.noise()) + ABOVE * board.noise());
        TreeSet<Integer> thresholds = new TreeSet<>();
        for (int t = from; t <= to; t += step) {
            thresholds.add(t);
        }
        return List.copyOf(thresholds);
    }
}
