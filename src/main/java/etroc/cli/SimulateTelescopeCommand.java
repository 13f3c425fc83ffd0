package etroc.cli;

import static etroc.cli.SimulateScanCommand.check;

import etroc.UsageException;
import etroc.simulate.Carrier;
import etroc.simulate.ChipTelescope;
import etroc.simulate.ChipTelescopeSimulator;
import etroc.simulate.TelescopeModel;
import etroc.simulate.TelescopeSimulator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code etroc simulate telescope DIR}. */
@Command(
        name = "telescope",
        description =
                "A telescope run, perfect unless options say otherwise; truth.csv with each board's truth, truth_runs.csv with that of each run, and truth_lines.csv with the particle of each line.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        footer = {
            "",
            "truth.csv: board, Gaussian width [ps], offset [ns], walk strength, TOT jitter [ns], mean calibration code, and the",
            "width that is left when the true walk correction is applied to the measured TOT [ps] (with TDC quantisation): of all",
            "hits, and of those outside tails; how many hits are at the TDC's end stops, which count in neither. truth_runs.csv:",
            "calibration code and delay [ns] of each board at the beginning and end of each run.",
            "",
            "Example:",
            "  etroc simulate telescope data/beam --events 20000 --seed 1",
            "  etroc simulate telescope data/etroc2 --chip etroc2 --layout fpga --files 3 --dead 2:9:9 --hot 3:2:2:0.3"
        })
final class SimulateTelescopeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "Directory to write; must be empty or absent.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    Path directory;

    @Option(names = "--seed", description = "Seed of everything random.")
    long seed = 1;

    @Option(
            names = "--chip",
            description =
                    "etroc1, or etroc2: triggers with frames of one chip a board; truth.json instead of the files above.")
    String chip = ChipChoice.ETROC1;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    ChipOptions chipOptions;

    @Option(names = "--events", description = "Particles; triggers of ETROC2.")
    int events = 20_000;

    @Option(
            names = "--sigma",
            split = ",",
            paramLabel = "PS",
            description =
                    "Gaussian width of each board's time [ps]; one to three boards. ETROC2: 38,43,47,41 and again.")
    List<Double> sigma = List.of(38.0, 43.0, 47.0);

    @Option(names = "--walk", description = "Time-walk strength [ns per ns of TOT].")
    double walk = 0.15;

    @Option(
            names = "--tot-jitter",
            paramLabel = "NS",
            description = "Width of the measured TOT around the true one [ns].")
    double totJitter = 0.03;

    @Option(names = "--efficiency", description = "Probability that a board sees a particle.")
    double efficiency = 1;

    @Option(
            names = "--noise",
            description = "Noise hits per particle, before, after or inside its hits. ETROC2: per board and trigger.")
    double noise = 0;

    @Option(names = "--swap", description = "Probability that a particle's hits come in another order.")
    double swap = 0;

    @Option(names = "--wild-cal", description = "Fraction of hits with a calibration code anywhere in 0..1023.")
    double wildCal = 0;

    @Option(names = "--wild-tot", description = "Fraction of hits with a TOT code anywhere in 0..511.")
    double wildTot = 0;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    TelescopeFlaws flaws;

    @Option(names = "--walk-shape", description = "${COMPLETION-CANDIDATES}; ROOT: a + b/sqrt(TOT).")
    TelescopeModel.Walk walkShape = TelescopeModel.Walk.QUADRATIC;

    @Option(
            names = "--layout",
            description =
                    "etroc1: summary (default), split, words. etroc2: kcu (default), fpga, nem-0, nem-1, nem-2, sem-1, sem-2, keyed.")
    @Nullable
    String layout;

    @Option(names = "--files", description = "Files of a run; summary text and KCU records have one.")
    int files = 10;

    @Option(names = "--bias", paramLabel = "V", description = "Bias voltage for the file name [V]; 0: none.")
    int bias = 0;

    @Option(
            names = "--line-truth",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Write truth_lines.csv.")
    boolean lineTruth;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        boolean etroc2 = ChipChoice.isEtroc2(spec, chip, ChipOptions.SHARED, ChipOptions.OWN);
        SimulateScanCommand.checkEmpty(directory);
        String written = etroc2 ? writeChips() : writeTelescope();
        spec.commandLine().getOut().println(written + " in " + directory);
        spec.commandLine().getOut().flush();
        return 0;
    }

    private String writeChips() throws IOException {
        check(events > 0 && flaws.runs > 0, "--events and --runs are 1 or more");
        Carrier carrier = carrier(layout);
        boolean own = spec.commandLine().getParseResult().hasMatchedOption("--files");
        check(!own || carrier != Carrier.KCU || files == 1, "KCU records have one file a run and readout board");
        check(files > 0, "--files is 1 or more");
        List<Double> widths = spec.commandLine().getParseResult().hasMatchedOption("--sigma") ? sigma : List.of();
        ChipTelescope telescope =
                chipOptions.model(carrier, seed, events, flaws.runs, widths, efficiency, noise, wildCal);
        return new ChipTelescopeSimulator(telescope, carrier, files).write(directory) + " and truth.json";
    }

    /** The carrier that {@code --layout} names. @throws UsageException if there is none */
    private static Carrier carrier(@Nullable String layout) {
        String name = layout == null ? Carrier.KCU.optionName() : layout;
        return Carrier.named(name)
                .orElseThrow(() -> new UsageException("--layout of etroc2 is one of "
                        + String.join(
                                ", ",
                                Arrays.stream(Carrier.values())
                                        .map(Carrier::optionName)
                                        .toList())
                        + ", found " + name));
    }

    private TelescopeSimulator.Layout etroc1Layout() {
        String name = layout == null ? TelescopeSimulator.Layout.SUMMARY.name() : layout;
        return Arrays.stream(TelescopeSimulator.Layout.values())
                .filter(l -> l.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new UsageException("--layout of etroc1 is summary, split or words, found " + name));
    }

    private String writeTelescope() throws IOException {
        check(
                !sigma.isEmpty() && sigma.size() <= 3 && sigma.stream().allMatch(s -> s >= 0),
                "--sigma takes one to three widths [ps]");
        check(events > 0 && files > 0, "--events and --files are 1 or more");
        for (double fraction : new double[] {efficiency, noise, swap, wildCal, wildTot}) {
            TelescopeFlaws.checkFraction(fraction);
        }
        double[] widths = sigma.stream().mapToDouble(Double::doubleValue).toArray();
        TelescopeModel model = new TelescopeModel(
                seed,
                events,
                TelescopeModel.boards(widths, walk, totJitter, walkShape),
                efficiency,
                noise,
                swap,
                wildCal,
                wildTot,
                flaws.imperfections());
        TelescopeSimulator.Format format =
                new TelescopeSimulator.Format(etroc1Layout(), files, bias == 0 ? "" : "_HV" + bias, lineTruth);
        long hits = new TelescopeSimulator(model, format).write(directory);
        return hits + " hits of " + events + " particles and truth.csv";
    }
}
