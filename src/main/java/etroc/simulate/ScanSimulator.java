package etroc.simulate;

import etroc.layout.HitText;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/** Writes a simulated scan as the DAQ would, and {@code truth.csv}. */
public final class ScanSimulator {
    /** Trigger board: sees some of its own pulses in runs of other boards. */
    private static final double LEAK = 0.05;

    private static final double CAL_SPREAD = 1;
    private static final int MAX_CODE = 1023;

    /**
     * How the files look.
     *
     * @param words raw words instead of split text
     * @param splits files a run
     * @param linesPerRun lines of a run; more hits make more lines, the rest have no hit
     * @param idle fraction of idle words among the lines of raw words
     * @param wildCal fraction of hits whose calibration code is anything from 0 to 1023
     * @param leak whether board 0 leaks into the runs of other boards
     */
    public record Format(boolean words, int splits, int linesPerRun, double idle, double wildCal, boolean leak) {}

    private final ScanModel model;
    private final Format format;
    private final RandomGenerator random;

    public ScanSimulator(ScanModel model, Format format) {
        this.model = model;
        this.format = format;
        this.random = new Well19937c(model.seed() + 1);
    }

    /** Writes all files; their number. */
    public int write(Path directory) throws IOException {
        Files.createDirectories(directory);
        int files = 0;
        for (BoardModel board : model.boards()) {
            for (int charge : model.charges()) {
                for (int threshold : model.thresholds(board, charge)) {
                    files += writeRun(directory, board, charge, threshold);
                }
            }
        }
        Files.writeString(directory.resolve("truth.csv"), truth());
        return files;
    }

    private int writeRun(Path directory, BoardModel board, int charge, int threshold) throws IOException {
        String run = "TDC_Data_PhaseAdj0_"
                + model.boards().stream()
                        .map(b -> b.pixel() + "_QSel" + (b.equals(board) ? charge : b.restingCharge()) + "_DAC"
                                + (b.equals(board) ? threshold : b.restingThreshold()))
                        .collect(Collectors.joining("_"));
        int hits = model.hits(board, charge, threshold, random);
        BoardModel trigger = model.boards().get(0);
        int leaked = format.leak() && !board.equals(trigger) ? (int) Math.round(LEAK * model.pulses()) : 0;
        int lines = Math.max(format.linesPerRun(), hits + leaked);
        int hitsLeft = hits;
        int leakLeft = leaked;
        int linesLeft = lines;
        for (int split = 0; split < format.splits(); split++) {
            Path file = directory.resolve(run + (format.words() ? "_" + split : "_Split_" + split) + ".dat");
            int end = (int) ((long) lines * (format.splits() - split - 1) / format.splits());
            try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
                for (; linesLeft > end; linesLeft--) {
                    int draw = random.nextInt(linesLeft);
                    if (draw < hitsLeft) {
                        hitsLeft--;
                        out.write(hit(board, charge));
                    } else if (draw < hitsLeft + leakLeft) {
                        leakLeft--;
                        out.write(hit(trigger, trigger.restingCharge()));
                    } else {
                        out.write(noHit(board));
                    }
                }
            }
        }
        return format.splits();
    }

    private String hit(BoardModel board, int charge) {
        boolean wild = random.nextDouble() < format.wildCal();
        int cal = wild
                ? random.nextInt(MAX_CODE + 1)
                : (int) Math.round(board.cal() + CAL_SPREAD * random.nextGaussian());
        int toa = (int) Math.round(390 + 3 * random.nextGaussian());
        int tot = (int) Math.round(3.5 * charge + random.nextGaussian());
        return line(board.board(), toa, tot, cal, 1);
    }

    private String noHit(BoardModel board) {
        if (format.words() && random.nextDouble() < format.idle()) {
            return "0\n";
        }
        return line(board.board(), 0, 0, random.nextInt(200), 0);
    }

    private String line(int board, int toa, int tot, int cal, int flag) {
        return format.words() ? HitText.word(board, toa, tot, cal, flag) : HitText.split(board, toa, tot, cal, flag);
    }

    private String truth() {
        ScanImperfections flaws = model.flaws();
        List<String> rows = model.boards().stream()
                .map(b -> String.format(
                        Locale.ROOT,
                        "%d,%s,%s,%s,%s,%s,%d,%s,%s,%s,%s,%s,%s,%s",
                        b.board(),
                        b.baseline(),
                        b.noise(),
                        b.slope(),
                        b.offset(),
                        b.cal(),
                        b.restingThreshold(),
                        flaws.curvature(),
                        flaws.efficiency(),
                        flaws.doubles(),
                        flaws.pulseSpread(),
                        flaws.lost(),
                        flaws.truncated(),
                        flaws.noiseTail()))
                .toList();
        return "board,baseline,noise,slope,offset,cal,resting_threshold,curvature,efficiency,double_pulses,pulse_spread,"
                + "lost_runs,truncated_runs,noise_tail\n" + String.join("\n", rows) + "\n";
    }
}
