package etroc.cli;

import static etroc.cli.SimulateScanCommand.check;

import etroc.simulate.ScanImperfections;
import java.util.stream.DoubleStream;
import picocli.CommandLine.Option;

/** Options of {@code etroc simulate scan}: what is not as the analysis takes it to be. */
final class ScanFlaws {
    @Option(names = "--efficiency", description = "Fraction of pulses that are seen on the plateau.")
    double efficiency = 1;

    @Option(names = "--double-pulses", description = "Fraction of pulses that are counted twice.")
    double doubles = 0;

    @Option(names = "--pulse-spread", description = "Relative width of the number of pulses, from run to run.")
    double pulseSpread = 0;

    @Option(names = "--lost-runs", description = "Fraction of runs without any hit.")
    double lost = 0;

    @Option(names = "--truncated-runs", description = "Fraction of runs that end at any moment.")
    double truncated = 0;

    @Option(
            names = "--noise-tail",
            paramLabel = "DAC",
            description = "Decay length of noise above the baseline [DAC counts]; 0: none.")
    double noiseTail = 0;

    @Option(
            names = "--curvature",
            paramLabel = "DAC/FC2",
            description = "Curvature of threshold against charge [DAC counts per fC^2].")
    double curvature = 0;

    /** As the model has it. @throws etroc.UsageException for what cannot be */
    ScanImperfections imperfections() {
        DoubleStream.of(efficiency, doubles, lost, truncated).forEach(TelescopeFlaws::checkFraction);
        check(pulseSpread >= 0 && noiseTail >= 0, "--pulse-spread and --noise-tail are 0 or more");
        check(Double.isFinite(curvature), "--curvature is a number [DAC counts per fC^2]");
        return new ScanImperfections(efficiency, doubles, pulseSpread, lost, truncated, noiseTail, curvature);
    }
}
