package etroc.cli;

import static etroc.cli.SimulateScanCommand.check;

import etroc.simulate.TelescopeImperfections;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** Options of {@code etroc simulate telescope}: what is not as the analysis takes it to be. */
final class TelescopeFlaws {
    private static final double NS = 1e-3;

    @Option(names = "--runs", description = "Runs, of equal length.")
    int runs = 1;

    @Option(
            names = "--cal-drift",
            paramLabel = "CODES",
            description = "Calibration codes of the first board go from minus to plus this over each run.")
    double calDrift = 0;

    @Option(
            names = "--cal-runs",
            paramLabel = "CODES",
            description = "They are shifted from minus to plus this from the first run to the last.")
    double calRuns = 0;

    @Option(
            names = "--delay-drift",
            paramLabel = "PS",
            description = "The delay of the first board grows by this over each run [ps].")
    double delayDrift = 0;

    @Option(
            names = "--delay-runs",
            paramLabel = "PS",
            description = "The delay of the first board grows by this from the first run to the last [ps].")
    double delayRuns = 0;

    @Option(names = "--background", description = "Fraction of hits with an unrelated time.")
    double background = 0;

    @Option(names = "--flat-tail", description = "Fraction of hits with a time anywhere within 2 ns of the true one.")
    double flatTail = 0;

    @Option(names = "--wide-tail", description = "Fraction of hits with three times the width.")
    double wideTail = 0;

    @Option(names = "--common-jitter", paramLabel = "PS", description = "Jitter that boards share, as of a clock [ps].")
    double commonJitter = 0;

    @Option(names = "--common-boards", split = ",", paramLabel = "ID", description = "Boards that share it.")
    List<Integer> commonBoards = List.of(0, 1);

    @Option(names = "--late", description = "Fraction of particles later than the TDC's last code: TOA 0.")
    double late = 0;

    @Option(
            names = "--inl",
            paramLabel = "BINS",
            description = "Amplitude of the TDC's nonlinearity, a sine over 64 bins [bins].")
    double inl = 0;

    static void checkFraction(double fraction) {
        check(fraction >= 0 && fraction <= 1, "fractions and probabilities are from 0 to 1, found " + fraction);
    }

    /** As the model has it. @throws etroc.UsageException for what cannot be */
    TelescopeImperfections imperfections() {
        check(runs >= 1, "--runs is 1 or more");
        for (double fraction : new double[] {background, flatTail, wideTail, late}) {
            checkFraction(fraction);
        }
        check(commonJitter >= 0, "--common-jitter is 0 or more [ps]");
        return new TelescopeImperfections(
                runs,
                calDrift,
                calRuns,
                delayDrift * NS,
                delayRuns * NS,
                background,
                flatTail,
                wideTail,
                commonJitter * NS,
                Set.copyOf(commonBoards),
                late,
                inl);
    }
}
