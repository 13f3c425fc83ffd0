package etroc.simulate;

import java.util.List;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * A simulated telescope run.
 *
 * @param seed of everything that is random
 * @param events particles
 * @param boards in the order of the hits
 * @param efficiency probability that a board sees a particle
 * @param noise noise hits per particle, before, after or inside its hits
 * @param swap probability that the hits of a particle come in another order
 * @param wildCal fraction of hits with a calibration code anywhere in 0..1023
 * @param wildTot fraction of hits with a TOT code anywhere in 0..511
 * @param imperfections what else is not as the analysis takes it to be
 */
public record TelescopeModel(
        long seed,
        int events,
        List<Board> boards,
        double efficiency,
        double noise,
        double swap,
        double wildCal,
        double wildTot,
        TelescopeImperfections imperfections) {
    static final String[] PIXELS = {"F9P5", "F11P5", "F5P9"};
    private static final int[] IDS = {0, 1, 3};
    private static final double[] CALS = {146.9, 146.4, 140.7};
    /** TOT around which the walk is zero [ns]. */
    private static final double WALK_ORIGIN = 5;

    private static final double[] OFFSETS_NS = {0, 0.1, -0.1};
    private static final double LAST_TIME = 12.5;
    private static final int TOA_END = 1023;
    private static final int TOT_END = 511;
    /** Times at which particles pass: TOA codes of about 100 to 500, as in real runs [ns]. */
    private static final double FIRST_PASSAGE = 2.2;

    private static final double PASSAGES = 8;
    private static final double FLAT_TAIL_NS = 2;
    private static final double WIDE_TAIL = 3;

    /** How the time walks with TOT. */
    public enum Walk {
        QUADRATIC,
        /** a + b/sqrt(TOT), which no polynomial is. */
        ROOT
    }

    /**
     * A board.
     *
     * @param id board id
     * @param sigmaNs Gaussian width of its time [ns]
     * @param offsetNs of its time [ns]
     * @param walk time-walk strength: the slope of the correction against TOT [ns per ns]
     * @param totJitterNs Gaussian width of the measured TOT around the true one [ns]
     * @param cal mean calibration code
     * @param shape of the walk
     */
    public record Board(
            int id, double sigmaNs, double offsetNs, double walk, double totJitterNs, double cal, Walk shape) {
        /** What corrects the board's time for a TOT: time = TOA + correction [ns]; zero at 5 ns. */
        public double correction(double totNs) {
            if (shape == Walk.ROOT) {
                double scale = -2 * walk * Math.pow(WALK_ORIGIN, 1.5);
                return scale / Math.sqrt(Math.max(0.1, totNs)) - scale / Math.sqrt(WALK_ORIGIN);
            }
            double x = totNs - WALK_ORIGIN;
            return walk * x - 0.12 * walk * x * x;
        }

        /** TDC bin width for the mean code [ns]. */
        public double binNs() {
            return 3.125 / cal;
        }
    }

    /** Boards 0, 1, 3 with given widths [ps] and one walk strength. */
    public static List<Board> boards(double[] sigmaPs, double walk, double totJitterNs) {
        return boards(sigmaPs, walk, totJitterNs, Walk.QUADRATIC);
    }

    /** The same with a shape of the walk. */
    public static List<Board> boards(double[] sigmaPs, double walk, double totJitterNs, Walk shape) {
        return java.util.stream.IntStream.range(0, sigmaPs.length)
                .mapToObj(i -> new Board(
                        IDS[i],
                        sigmaPs[i] / 1000,
                        OFFSETS_NS[i],
                        walk * (1 + 0.2 * (i - 1)),
                        totJitterNs,
                        CALS[i],
                        shape))
                .toList();
    }

    /** TOT of a particle in a board [ns]: the logarithm of a Landau-like charge (Moyal's approximation). */
    static double totNs(RandomGenerator random) {
        double moyal = -Math.log(Math.max(1e-12, Math.pow(random.nextGaussian(), 2)));
        double charge = Math.max(0.35, 1 + 0.25 * moyal);
        return Math.min(9, 4 + 1.8 * Math.log(charge));
    }

    /**
     * What a board measures.
     *
     * @param errorNs TOA + true walk(measured TOT) - true time, delays and bin widths as they are at that moment [ns]
     * @param isTail the time is of a tail or unrelated
     * @param isSaturated a code is an end stop
     */
    record Measured(Hit hit, double errorNs, boolean isTail, boolean isSaturated) {}

    /** What a board measures of a particle that passes at a time [ns]. */
    Hit hit(Board board, double timeNs, RandomGenerator random) {
        return measured(board, new TelescopeImperfections.Moment(0, 0.5), timeNs, 0, random)
                .hit();
    }

    /**
     * What a board measures of a particle.
     *
     * @param timeNs when it passes
     * @param commonNs jitter that boards share
     */
    Measured measured(
            Board board, TelescopeImperfections.Moment moment, double timeNs, double commonNs, RandomGenerator random) {
        double tot = totNs(random);
        boolean isFirst = board.equals(boards.get(0));
        double delay = board.offsetNs() + (isFirst ? imperfections.delayNs(moment) : 0);
        double expected = timeNs + delay - board.correction(tot);
        boolean wide = random.nextDouble() < imperfections.wideTail();
        double toa = expected + commonNs + board.sigmaNs() * (wide ? WIDE_TAIL : 1) * random.nextGaussian();
        boolean flat = random.nextDouble() < imperfections.flatTail();
        toa = flat ? expected + FLAT_TAIL_NS * (2 * random.nextDouble() - 1) : toa;
        boolean unrelated = random.nextDouble() < imperfections.background();
        toa = unrelated ? 2.5 + PASSAGES * random.nextDouble() : toa;
        double cal = board.cal() + (isFirst ? imperfections.calShift(moment) : 0);
        double bin = 3.125 / cal;
        int toaCode = clamp((int) Math.round(imperfections.nonlinear((LAST_TIME - toa) / bin)), TOA_END);
        double measuredTot = tot + board.totJitterNs() * random.nextGaussian();
        boolean wildTot = random.nextDouble() < wildTot();
        int totCode =
                wildTot ? random.nextInt(TOT_END + 1) : clamp((int) Math.round(measuredTot / bin * 32 / 63), TOT_END);
        boolean wildCal = random.nextDouble() < wildCal();
        int calCode = wildCal ? random.nextInt(1024) : (int) Math.round(cal + random.nextGaussian());
        double seen = LAST_TIME - toaCode * bin + board.correction((2 * totCode - totCode / 32) * bin);
        boolean saturated = toaCode == 0 || toaCode == TOA_END || totCode == 0 || totCode == TOT_END;
        return new Measured(
                new Hit(board.id(), toaCode, totCode, calCode),
                seen - timeNs - delay,
                wide || flat || unrelated || wildTot,
                saturated);
    }

    /** Jitter of a particle that some boards share [ns]. */
    double common(RandomGenerator random) {
        return imperfections.commonJitterNs() == 0 ? 0 : imperfections.commonJitterNs() * random.nextGaussian();
    }

    private static int clamp(int code, int most) {
        return Math.max(0, Math.min(most, code));
    }

    /** Codes of a hit. */
    record Hit(int board, int toa, int tot, int cal) {
        /** TOA [ns] with a board's mean bin width. */
        double toaNs(Board of) {
            return LAST_TIME - toa * of.binNs();
        }

        /** TOT [ns] with a board's mean bin width. */
        double totNs(Board of) {
            return (2 * tot - tot / 32) * of.binNs();
        }
    }

    /** Time at which a particle passes [ns]. */
    static double passage(RandomGenerator random) {
        return FIRST_PASSAGE + PASSAGES * random.nextDouble();
    }

    /** The same, so late that some are beyond the TDC's end. */
    double passes(RandomGenerator random) {
        double time = passage(random);
        return imperfections.late() == 0
                ? time
                : time - FIRST_PASSAGE + LAST_TIME - PASSAGES * (1 - imperfections.late());
    }
}
