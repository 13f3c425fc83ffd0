package etroc.cli;

import static etroc.cli.SimulateScanCommand.check;

import etroc.simulate.LaserModel;
import etroc.simulate.LaserSimulator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code etroc simulate laser DIR}. */
@Command(
        name = "laser",
        description = "A single board under a laser: one file a threshold and attenuation, and truth.csv.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        footer = {
            "",
            "truth.csv: attenuation [%], jitter before quantisation [ns], mean TOA and TOT [ns], the threshold at which half",
            "of the pulses are seen and the noise of their height [DAC].",
            "",
            "Example:",
            "  etroc simulate laser data/laser --attenuations 85,85.5,86 --jitter 0.02"
        })
final class SimulateLaserCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "Directory to write; must be empty or absent.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    Path directory;

    @Option(names = "--seed", description = "Seed of everything random.")
    long seed = 1;

    @Option(names = "--pixel", description = "Number of the pixel.")
    int pixel = 5;

    @Option(
            names = "--attenuations",
            split = ",",
            paramLabel = "PERCENT",
            description = "Attenuations of the laser, 80 to 87.5, in hundredths at the finest [%%].")
    List<Double> attenuations = List.of(85.0, 85.5, 86.0);

    @Option(names = "--from", paramLabel = "DAC", description = "First threshold.")
    int from = 430;

    @Option(names = "--to", paramLabel = "DAC", description = "Last threshold.")
    int to = 700;

    @Option(names = "--step", paramLabel = "DAC", description = "Step of the threshold.")
    int step = 3;

    @Option(names = "--pulses", description = "Pulses at each threshold.")
    int pulses = 600;

    @Option(names = "--jitter", paramLabel = "NS", description = "Jitter at 85 %% [ns]; it grows with the attenuation.")
    double jitter = 0.03;

    @Option(names = "--wild-cal", description = "Fraction of hits with a calibration code anywhere in 0..1023.")
    double wildCal = 0.01;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        check(
                !attenuations.isEmpty() && attenuations.stream().allMatch(a -> a >= 80 && a <= 87.5),
                "--attenuations are numbers from 80 to 87.5 [%]");
        check(
                attenuations.stream().map(a -> Math.round(100 * a)).distinct().count() == attenuations.size(),
                "--attenuations are different in hundredths of a per cent");
        check(
                from >= 0 && to >= from && to <= 1023 && step > 0,
                "--from and --to are thresholds, 0 to 1023, the first not above the last; --step is 1 or more");
        check(pixel >= 0 && pulses > 0, "--pixel is 0 or more, --pulses 1 or more");
        check(jitter >= 0 && jitter <= 1, "--jitter is 0 to 1 [ns]");
        check(wildCal >= 0 && wildCal <= 1, "--wild-cal is a fraction, 0 to 1");
        SimulateScanCommand.checkEmpty(directory);
        List<Integer> thresholds =
                IntStream.iterate(from, t -> t <= to, t -> t + step).boxed().toList();
        List<Double> hundredths =
                attenuations.stream().map(a -> Math.round(100 * a) / 100.0).toList();
        LaserModel model = new LaserModel(seed, pixel, hundredths, thresholds, pulses, jitter, wildCal);
        int files = new LaserSimulator(model).write(directory);
        spec.commandLine().getOut().println(files + " files and truth.csv in " + directory);
        spec.commandLine().getOut().flush();
        return 0;
    }
}
