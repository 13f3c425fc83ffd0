package etroc.cli;

import static etroc.cli.SimulateScanCommand.check;

import etroc.simulate.TelescopeModel;
import etroc.simulate.TelescopeSimulator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
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
            "  etroc simulate telescope data/beam --events 20000 --seed 1"
        })
final class SimulateTelescopeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "Directory to write; must be empty or absent.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    Path directory;

    @Option(names = "--seed", description = "Seed of everything random.")
    long seed = 1;

    @Option(names = "--events", description = "Particles.")
    int events = 20_000;

    @Option(
            names = "--sigma",
            split = ",",
            paramLabel = "PS",
            description = "Gaussian width of each board's time [ps]; one to three boards.")
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

    @Option(names = "--noise", description = "Noise hits per particle, before, after or inside its hits.")
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

    @Option(names = "--layout", description = "${COMPLETION-CANDIDATES}.")
    TelescopeSimulator.Layout layout = TelescopeSimulator.Layout.SUMMARY;

    @Option(names = "--files", description = "Files of a run, split text and raw words only.")
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
        check(
                !sigma.isEmpty() && sigma.size() <= 3 && sigma.stream().allMatch(s -> s >= 0),
                "--sigma takes one to three widths [ps]");
        check(events > 0 && files > 0, "--events and --files are 1 or more");
        for (double fraction : new double[] {efficiency, noise, swap, wildCal, wildTot}) {
            TelescopeFlaws.checkFraction(fraction);
        }
        SimulateScanCommand.checkEmpty(directory);
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
                new TelescopeSimulator.Format(layout, files, bias == 0 ? "" : "_HV" + bias, lineTruth);
        long hits = new TelescopeSimulator(model, format).write(directory);
        spec.commandLine().getOut().println(hits + " hits of " + events + " particles and truth.csv in " + directory);
        spec.commandLine().getOut().flush();
        return 0;
    }
}
