package etroc.simulate;

import etroc.layout.etroc2.ChipWord;
import etroc.layout.etroc2.ChipWriter;
import etroc.simulate.ChipTelescope.Hot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.jspecify.annotations.Nullable;

/** Draws the triggers of a simulated telescope of ETROC2, one after the other. */
final class ChipEvents {
    /** Bunch crossings between triggers: at least so many, and more with this mean. */
    private static final int DEAD_CROSSINGS = 40;

    private static final double MEAN_CROSSINGS = 3000;
    private static final double WILD_CALS = 1024;
    private static final int SEU = 1 << 3;
    /** Time from a particle's hit to one that it makes beside it [ns]. */
    private static final double COUPLED_NS = 0.5;

    /** Rows to the pixels at the sides; in the other order, columns. */
    private static final int[] SIDE_ROWS = {-1, 1, 0, 0};

    private final ChipTelescope model;
    private final RandomGenerator random;
    private final @Nullable PoissonDistribution noise;
    private final ChipPixels[] pixels;
    private final ChipTruth truth;
    private final FrameFlaws flaws;
    private final boolean[][] dead;
    private final long[] hits = new long[ChipPixels.PIXELS];
    private long crossing;
    private long trigger = -1;

    /** A frame of a board, header first. */
    record ChipFrame(int board, long[] words) {}

    /**
     * A trigger.
     *
     * @param crossing bunch crossings since the beginning, of 25 ns
     * @param frames those that were read
     */
    record Trigger(long number, long crossing, List<ChipFrame> frames) {}

    ChipEvents(ChipTelescope model, boolean fillers, ChipTruth truth) {
        this.model = model;
        this.truth = truth;
        this.random = new Well19937c(model.seed());
        int boards = model.boards().size();
        this.pixels = new ChipPixels[boards];
        this.dead = new boolean[boards][ChipPixels.PIXELS];
        for (int b = 0; b < boards; b++) {
            pixels[b] = new ChipPixels(model.boards().get(b), random);
            truth.board(b).cal(pixels[b].cals());
        }
        model.flaws().dead().forEach(p -> dead[p.board()][p.index()] = true);
        double mean = model.flaws().noise();
        this.noise = mean == 0
                ? null
                : new PoissonDistribution(
                        random, mean, PoissonDistribution.DEFAULT_EPSILON, PoissonDistribution.DEFAULT_MAX_ITERATIONS);
        this.flaws = new FrameFlaws(random, fillers);
    }

    /** The next trigger. */
    Trigger next() {
        trigger++;
        crossing += DEAD_CROSSINGS + (long) (-MEAN_CROSSINGS * Math.log(1 - random.nextDouble()));
        double time = TelescopeModel.passage(random);
        boolean particle = random.nextDouble() < model.occupancy();
        double row = model.beam().row() + model.beam().width() * random.nextGaussian();
        double column = model.beam().column() + model.beam().width() * random.nextGaussian();
        boolean[] lost = new boolean[model.readouts()];
        for (int r = 0; r < lost.length; r++) {
            lost[r] = random.nextDouble() < model.flaws().lostTriggers();
            truth.addTrigger(lost[r]);
        }
        List<ChipFrame> frames = new ArrayList<>();
        for (int b = 0; b < pixels.length; b++) {
            ChipTelescope.Board board = model.boards().get(b);
            int pixel = pixel((int) Math.round(row) + board.rows(), (int) Math.round(column) + board.columns());
            long[] data = hits(b, particle ? pixel : -1, time);
            boolean frameLost = random.nextDouble() < model.flaws().lostFrames();
            if (lost[model.readout(b)]) {
                continue;
            }
            if (frameLost) {
                truth.board(b).addLostFrame();
            } else {
                frames.add(new ChipFrame(b, frame(b, data)));
            }
        }
        return new Trigger(trigger, crossing, frames);
    }

    private static int pixel(int row, int column) {
        boolean inside = row >= 0 && row < ChipWord.SIDE && column >= 0 && column < ChipWord.SIDE;
        return inside ? row * ChipWord.SIDE + column : -1;
    }

    /** The data words of a board, no pixel twice. */
    private long[] hits(int board, int particle, double time) {
        boolean[] fired = dead[board].clone();
        int n = 0;
        if (particle >= 0
                && !fired[particle]
                && random.nextDouble() < model.flaws().efficiency()) {
            fired[particle] = true;
            hits[n++] = pixels[board].hit(particle, time, random);
            n = addCoupled(n, board, particle, time, fired);
        }
        for (Hot h : model.flaws().hot()) {
            if (h.pixel().board() == board && random.nextDouble() < h.probability()) {
                n = addUnrelated(n, board, h.pixel().index(), fired);
            }
        }
        int more = noise == null ? 0 : noise.sample();
        for (int i = 0; i < more; i++) {
            n = addUnrelated(n, board, random.nextInt(ChipPixels.PIXELS), fired);
        }
        for (int i = 0; i < n; i++) {
            hits[i] = flawed(hits[i]);
        }
        return Arrays.copyOf(hits, n);
    }

    /** Hits at the sides of a particle's, later by a fixed time. */
    private int addCoupled(int n, int board, int particle, double time, boolean[] fired) {
        double crosstalk = model.flaws().crosstalk();
        int more = n;
        for (int side = 0; crosstalk > 0 && side < SIDE_ROWS.length; side++) {
            int pixel = pixel(
                    particle / ChipWord.SIDE + SIDE_ROWS[side],
                    particle % ChipWord.SIDE + SIDE_ROWS[SIDE_ROWS.length - 1 - side]);
            if (random.nextDouble() < crosstalk && pixel >= 0 && !fired[pixel]) {
                fired[pixel] = true;
                hits[more++] = pixels[board].hit(pixel, time + COUPLED_NS, random);
            }
        }
        return more;
    }

    private int addUnrelated(int n, int board, int pixel, boolean[] fired) {
        if (fired[pixel]) {
            return n;
        }
        fired[pixel] = true;
        hits[n] = pixels[board].hit(pixel, TelescopeModel.passage(random), random);
        return n + 1;
    }

    /** A hit whose CAL code is perhaps wild, and which perhaps has an error. */
    private long flawed(long hit) {
        double wild = model.flaws().wildCal();
        double errors = model.flaws().errors();
        boolean isWild = wild > 0 && random.nextDouble() < wild;
        int cal = isWild ? (int) (WILD_CALS * random.nextDouble()) : ChipWord.cal(hit);
        int ea = errors > 0 && random.nextDouble() < errors ? 1 + 2 * random.nextInt(2) : 0;
        return ChipWord.data(ea, ChipWord.column(hit), ChipWord.row(hit), ChipWord.toa(hit), ChipWord.tot(hit), cal);
    }

    private long[] frame(int board, long[] data) {
        ChipTelescope.Board of = model.boards().get(board);
        long header = ChipWord.header(
                (int) (trigger + of.l1()) & 0xFF, 0, (int) ((crossing + of.bcid()) % ChipWord.CROSSINGS));
        boolean errors = Arrays.stream(data).anyMatch(h -> ChipWord.ea(h) != 0);
        long[] words = new long[data.length + 2];
        words[0] = header;
        System.arraycopy(data, 0, words, 1, data.length);
        words[data.length + 1] = ChipWriter.trailer(header, data, of.chip(), errors ? SEU : 0);
        boolean bad = model.flaws().badFrames() > 0
                && random.nextDouble() < model.flaws().badFrames();
        FrameFlaws.Flaw flaw = bad ? flaws.draw(data.length) : FrameFlaws.Flaw.NONE;
        truth.board(board).addFrame(data, flaw);
        return flaws.apply(flaw, words, of.chip());
    }
}
