package etroc.cli;

import etroc.UsageException;
import etroc.simulate.ScanModel;
import etroc.simulate.ScanSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code etroc simulate scan DIR}. */
@Command(
        name = "scan",
        description =
                "A charge-injection scan: one file or more a run, and truth.csv. Of ETROC2: the folders of a bench scan.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        footer = {
            "",
            "truth.csv: board, baseline [DAC], noise [DAC], slope [DAC/fC], offset [DAC], mean calibration code, resting",
            "threshold [DAC], and what was not perfect. Half of the pulses are seen at threshold",
            "baseline + offset + slope x charge - curvature x charge^2.",
            "",
            "Of ETROC2, truth.csv: chip, row, column, baseline and width of the noise [DAC], slope of the half height [DAC/fC],",
            "width of the edge [DAC], mean calibration code, slope of TOA against delay; truth_charges.csv: half height [DAC],",
            "jitter before quantisation, mean TOA and TOT [ns] of each pixel and charge; truth_flaws.csv: folders that are not whole.",
            "",
            "Examples:",
            "  etroc simulate scan data/scan --seed 1",
            "  etroc simulate scan data/scan --efficiency 0.99 --truncated-runs 0.03",
            "  etroc simulate scan data/bench --chip etroc2 --charges 5,10,20 --aborted 0.02 --repeated 0.05"
        })
final class SimulateScanCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "Directory to write; must be empty or absent.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    Path directory;

    @Option(names = "--seed", description = "Seed of everything random.")
    long seed = 1;

    @Option(names = "--chip", description = "etroc1, or etroc2: a bench scan.")
    String chip = ChipChoice.ETROC1;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    ChipScanOptions chipOptions;

    @Option(names = "--boards", description = "Number of boards, 1 to 3.")
    int boards = 3;

    @Option(names = "--charges", split = ",", paramLabel = "FC", description = "Injected charges [fC].")
    List<Integer> charges = List.of(15, 20, 25, 30);

    @Option(names = "--pulses", description = "Pulses at each threshold.")
    int pulses = 200;

    @Option(names = "--step", description = "Step of the threshold [DAC counts]; ETROC2: away from edges, default 6.")
    int step = 2;

    @Option(names = "--splits", description = "Files a run.")
    int splits = 1;

    @Option(names = "--lines", description = "Lines a run; those that are no hits carry hit flag 0.")
    int lines = 1000;

    @Option(names = "--words", description = "Raw 32-bit words instead of split text.")
    boolean words;

    @Option(names = "--idle", description = "Fraction of idle words among the lines without hit, raw words only.")
    double idle = 0.5;

    @Option(names = "--wild-cal", description = "Fraction of hits with a calibration code anywhere in 0..1023.")
    double wildCal = 0.01;

    @Option(names = "--leak", negatable = true, description = "Board 0 leaks into the runs of other boards.")
    boolean leak;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    ScanFlaws flaws;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        boolean etroc2 = ChipChoice.isEtroc2(spec, chip, ChipScanOptions.SHARED, ChipScanOptions.OWN);
        check(!charges.isEmpty() && charges.stream().allMatch(q -> q > 0), "--charges are positive whole numbers [fC]");
        check(
                pulses > 0 && step > 0 && splits > 0 && lines >= 0,
                "--pulses, --step and --splits are 1 or more, --lines 0 or more");
        check(idle >= 0 && idle <= 1 && wildCal >= 0 && wildCal <= 1, "--idle and --wild-cal are fractions, 0 to 1");
        String written = etroc2 ? writeBench() : writeBoards();
        spec.commandLine().getOut().println(written + " in " + directory);
        spec.commandLine().getOut().flush();
        return 0;
    }

    private String writeBench() throws IOException {
        boolean own = spec.commandLine().getParseResult().hasMatchedOption("--step");
        checkEmpty(directory);
        return chipOptions.write(directory, seed, charges, pulses, own ? step : ChipScanOptions.STEP, wildCal);
    }

    private String writeBoards() throws IOException {
        check(boards >= 1 && boards <= 3, "--boards is " + boards + "; possible: 1 to 3");
        checkEmpty(directory);
        ScanModel model = ScanModel.random(seed, boards, charges, pulses, step, flaws.imperfections());
        return new ScanSimulator(model, new ScanSimulator.Format(words, splits, lines, idle, wildCal, leak))
                        .write(directory)
                + " files and truth.csv";
    }

    static void check(boolean holds, String message) {
        if (!holds) {
            throw new UsageException(message);
        }
    }

    static void checkEmpty(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> children = Files.list(directory)) {
                check(children.findAny().isEmpty(), "directory " + directory + " is not empty; nothing was written");
            }
        }
    }
}
