package etroc.cli;

import static etroc.cli.SimulateScanCommand.check;

import etroc.UsageException;
import etroc.layout.etroc2.ChipWord;
import etroc.simulate.Carrier;
import etroc.simulate.ChipTelescope;
import etroc.simulate.ChipTelescope.Beam;
import etroc.simulate.ChipTelescope.Board;
import etroc.simulate.ChipTelescope.Flaws;
import etroc.simulate.ChipTelescope.Hot;
import etroc.simulate.ChipTelescope.Pixel;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;

/** Options of {@code etroc simulate telescope --chip etroc2}. */
final class ChipOptions {
    /** Those that only ETROC2 has. */
    static final Set<String> OWN = Set.of(
            "--boards",
            "--shifts",
            "--beam",
            "--occupancy",
            "--board-walk",
            "--counter-offsets",
            "--readouts",
            "--hot",
            "--dead",
            "--crosstalk",
            "--ea-errors",
            "--lost-frames",
            "--lost-triggers",
            "--bad-frames");
    /** Those that it shares with ETROC1. */
    static final Set<String> SHARED = Set.of(
            "--chip",
            "--seed",
            "--events",
            "--sigma",
            "--efficiency",
            "--noise",
            "--wild-cal",
            "--layout",
            "--files",
            "--runs");

    private static final int FIRST_CHIP = 0x00CF4;
    private static final List<Double> SIGMA_PS = List.of(38.0, 43.0, 47.0, 41.0);
    private static final List<List<Double>> WALKS = List.of(
            List.of(1.2, -0.22, 0.012),
            List.of(1.05, -0.2, 0.011),
            List.of(1.35, -0.24, 0.013),
            List.of(1.1, -0.21, 0.012));
    private static final double MOST_NOISE = 20;

    @Option(names = "--boards", description = "ETROC2: boards, 1 to 4; of KCU 1 to 8.")
    int boards = 4;

    @Option(
            names = "--shifts",
            split = ",",
            paramLabel = "ROWS:COLUMNS",
            description = "ETROC2: rows and columns by which each board is shifted; default 0:0.")
    List<String> shifts = List.of();

    @Option(
            names = "--beam",
            paramLabel = "ROW:COLUMN:WIDTH",
            description = "ETROC2: centre and Gaussian width of the beam [pixels].")
    String beam = "7.5:7.5:3";

    @Option(names = "--occupancy", description = "ETROC2: probability that a particle comes with a trigger.")
    double occupancy = 1;

    @Option(
            names = "--board-walk",
            split = ",",
            paramLabel = "A:B:C",
            description =
                    "ETROC2: time walk A + B TOT + C TOT^2 of each board, A [ns], B [1], C [1/ns]; default about 1.2:-0.2:0.01.")
    List<String> walks = List.of();

    @Option(
            names = "--counter-offsets",
            split = ",",
            paramLabel = "BOARD:L1:BCID",
            description = "ETROC2: boards whose counters have another origin.")
    List<String> offsets = List.of();

    @Option(names = "--readouts", description = "ETROC2, KCU: readout boards, 1 or 2, each with its own files.")
    int readouts = 1;

    @Option(
            names = "--hot",
            split = ",",
            paramLabel = "BOARD:ROW:COLUMN:P",
            description = "ETROC2: pixels that fire at triggers with this probability.")
    List<String> hot = List.of();

    @Option(
            names = "--dead",
            split = ",",
            paramLabel = "BOARD:ROW:COLUMN",
            description = "ETROC2: pixels that never fire.")
    List<String> dead = List.of();

    @Option(
            names = "--crosstalk",
            description =
                    "ETROC2: probability that a particle's hit makes one 0.5 ns later in a pixel at a side of it, for each of the four.")
    double crosstalk = 0;

    @Option(
            names = "--ea-errors",
            description = "ETROC2: fraction of hits with an error, half of them not correctable.")
    double errors = 0;

    @Option(names = "--lost-frames", description = "ETROC2: probability that a board's frame is lost.")
    double lostFrames = 0;

    @Option(
            names = "--lost-triggers",
            description = "ETROC2: probability that a readout board loses a trigger, which its chips count.")
    double lostTriggers = 0;

    @Option(
            names = "--bad-frames",
            description =
                    "ETROC2: fraction of frames with one fault: CRC, number of hits, a pixel twice, type, a filler inside, no trailer.")
    double badFrames = 0;

    /**
     * What is to be simulated.
     *
     * @param sigmaPs widths of the boards; empty: the usual ones
     * @throws UsageException for what cannot be
     */
    ChipTelescope model(
            Carrier carrier,
            long seed,
            long triggers,
            int runs,
            List<Double> sigmaPs,
            double efficiency,
            double noise,
            double wildCal) {
        check(
                boards >= 1 && boards <= carrier.mostBoards(),
                "--boards of " + carrier.optionName() + " is 1 to " + carrier.mostBoards() + ", found " + boards);
        check(
                readouts == 1 || (readouts == 2 && carrier == Carrier.KCU && boards > 1),
                "--readouts is 1, or 2 with --layout kcu and two boards or more");
        check(triggers >= runs, "--events is at least the number of runs");
        for (double p :
                new double[] {occupancy, efficiency, wildCal, crosstalk, errors, lostFrames, lostTriggers, badFrames}) {
            TelescopeFlaws.checkFraction(p);
        }
        check(noise >= 0 && noise <= MOST_NOISE, "--noise of etroc2 is 0 to 20 hits a board and trigger");
        double[] b = ColonNumbers.of("--beam", beam, 3);
        check(b[2] >= 0, "--beam has a width of 0 or more [pixels]");
        return new ChipTelescope(
                seed,
                triggers,
                runs,
                readouts,
                occupancy,
                new Beam(b[0], b[1], b[2]),
                boards(sigmaPs),
                new Flaws(
                        efficiency,
                        noise,
                        crosstalk,
                        hot.stream().map(this::hotPixel).toList(),
                        dead.stream()
                                .map(p -> pixel("--dead", ColonNumbers.of("--dead", p, 3)))
                                .toList(),
                        wildCal,
                        errors,
                        lostFrames,
                        lostTriggers,
                        badFrames));
    }

    private List<Board> boards(List<Double> sigmaPs) {
        check(sigmaPs.isEmpty() || sigmaPs.size() == boards, "--sigma has a width for each of " + boards + " boards");
        check(sigmaPs.stream().allMatch(s -> s >= 0), "--sigma takes widths of 0 or more [ps]");
        check(shifts.isEmpty() || shifts.size() == boards, "--shifts has one for each of " + boards + " boards");
        check(walks.isEmpty() || walks.size() == boards, "--board-walk has one for each of " + boards + " boards");
        Map<Integer, double[]> counters = new LinkedHashMap<>();
        for (String offset : offsets) {
            double[] n = ColonNumbers.of("--counter-offsets", offset, 3);
            checkBoard("--counter-offsets", n[0]);
            check(
                    ColonNumbers.isWhole(n[1], 256) && ColonNumbers.isWhole(n[2], ChipWord.CROSSINGS),
                    "--counter-offsets takes an L1 counter of 0 to 255 and a BCID of 0 to 3563, found " + offset);
            counters.put((int) n[0], n);
        }
        return IntStream.range(0, boards)
                .mapToObj(b -> board(b, sigmaPs, counters))
                .toList();
    }

    private Board board(int b, List<Double> sigmaPs, Map<Integer, double[]> counters) {
        double[] shift = shifts.isEmpty() ? new double[2] : ColonNumbers.of("--shifts", shifts.get(b), 2);
        check(shift[0] == Math.rint(shift[0]) && shift[1] == Math.rint(shift[1]), "--shifts takes whole pixels");
        List<Double> walk = walks.isEmpty()
                ? WALKS.get(b % WALKS.size())
                : Arrays.stream(ColonNumbers.of("--board-walk", walks.get(b), 3))
                        .boxed()
                        .toList();
        double[] origin = counters.getOrDefault(b, new double[3]);
        return new Board(
                FIRST_CHIP + b,
                sigmaPs.isEmpty() ? SIGMA_PS.get(b % SIGMA_PS.size()) : sigmaPs.get(b),
                walk,
                (int) shift[0],
                (int) shift[1],
                (int) origin[1],
                (int) origin[2]);
    }

    private Hot hotPixel(String text) {
        double[] n = ColonNumbers.of("--hot", text, 4);
        TelescopeFlaws.checkFraction(n[3]);
        return new Hot(pixel("--hot", n), n[3]);
    }

    private Pixel pixel(String option, double[] n) {
        checkBoard(option, n[0]);
        check(
                ColonNumbers.isWhole(n[1], ChipWord.SIDE) && ColonNumbers.isWhole(n[2], ChipWord.SIDE),
                option + " takes rows and columns of 0 to 15");
        return new Pixel((int) n[0], (int) n[1], (int) n[2]);
    }

    private void checkBoard(String option, double board) {
        check(ColonNumbers.isWhole(board, boards), option + " takes boards of 0 to " + (boards - 1));
    }
}
