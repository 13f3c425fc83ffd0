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
 * @param background fraction of particles whose hits have unrelated times in one board
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
        double background) {
    static final String[] PIXELS = {"F9P5", "F11P5", "F5P9"};
    private static final int[] IDS = {0, 1, 3};
    private static final double[] CALS = {146.9, 146.4, 140.7};
    /** TOT around which the walk is zero [ns]. */
    private static final double WALK_ORIGIN = 5;

    private static final double[] OFFSETS_NS = {0, 0.1, -0.1};

    /**
     * A board.
     *
     * @param id board id
     * @param sigmaNs Gaussian width of its time [ns]
     * @param offsetNs of its time [ns]
     * @param walk time-walk strength: the slope of the correction against TOT [ns per ns]
     * @param totJitterNs Gaussian width of the measured TOT around the true one [ns]
     * @param cal mean calibration code
     */
    public record Board(int id, double sigmaNs, double offsetNs, double walk, double totJitterNs, double cal) {
        /** What corrects the board's time for a TOT: time = TOA + correction [ns]; zero at 5 ns, quadratic. */
        public double correction(double totNs) {
            double x = totNs - WALK_ORIGIN;
            return walk * x - 0.12 * walk * x * x;
        }

        /** TDC bin width [ns]. */
        public double binNs() {
            return 3.125 / cal;
        }
    }

    /** Boards 0, 1, 3 with given widths [ps] and one walk strength. */
    public static List<Board> boards(double[] sigmaPs, double walk, double totJitterNs) {
        return java.util.stream.IntStream.range(0, sigmaPs.length)
                .mapToObj(i -> new Board(
                        IDS[i], sigmaPs[i] / 1000, OFFSETS_NS[i], walk * (1 + 0.2 * (i - 1)), totJitterNs, CALS[i]))
                .toList();
    }

    /** TOT of a particle in a board [ns]: the logarithm of a Landau-like charge (Moyal's approximation). */
    static double totNs(RandomGenerator random) {
        double moyal = -Math.log(Math.max(1e-12, Math.pow(random.nextGaussian(), 2)));
        double charge = Math.max(0.35, 1 + 0.25 * moyal);
        return Math.min(9, 4 + 1.8 * Math.log(charge));
    }

    /** What a board measures of a particle that passes at a time [ns]. */
    Hit hit(Board board, double timeNs, RandomGenerator random) {
        double tot = totNs(random);
        double toa = timeNs + board.offsetNs() + board.sigmaNs() * random.nextGaussian() - board.correction(tot);
        double measuredTot = tot + board.totJitterNs() * random.nextGaussian();
        boolean wildTot = random.nextDouble() < wildTot();
        boolean wildCal = random.nextDouble() < wildCal();
        boolean unrelated = random.nextDouble() < background();
        double seen = unrelated ? 2.5 + 8 * random.nextDouble() : toa;
        int toaCode = clamp((int) Math.round((12.5 - seen) / board.binNs()), 1023);
        int totCode =
                wildTot ? random.nextInt(512) : clamp((int) Math.round(measuredTot / board.binNs() * 32 / 63), 511);
        int cal = wildCal ? random.nextInt(1024) : (int) Math.round(board.cal() + random.nextGaussian());
        return new Hit(board.id(), toaCode, totCode, cal);
    }

    private static int clamp(int code, int most) {
        return Math.max(0, Math.min(most, code));
    }

    /** Codes of a hit. */
    record Hit(int board, int toa, int tot, int cal) {
        /** TOA [ns] with a board's mean bin width. */
        double toaNs(Board of) {
            return 12.5 - toa * of.binNs();
        }

        /** TOT [ns] with a board's mean bin width. */
        double totNs(Board of) {
            return (2 * tot - tot / 32) * of.binNs();
        }
    }

    /** Time at which a particle passes [ns]: TOA codes of about 100 to 500, as in real runs. */
    static double passage(RandomGenerator random) {
        return 2.2 + 8 * random.nextDouble();
    }
}
