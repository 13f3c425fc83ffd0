package etroc.cli;

import static etroc.cli.SimulateScanCommand.check;

import etroc.UsageException;
import etroc.simulate.Carrier;
import etroc.simulate.ChipScan;
import etroc.simulate.ChipScan.Place;
import etroc.simulate.ChipScanFlaws;
import etroc.simulate.ChipScanSimulator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;

/** Options of {@code etroc simulate scan --chip etroc2}. */
final class ChipScanOptions {
    /** Those that only ETROC2 has. */
    static final Set<String> OWN = Set.of(
            "--pixels",
            "--delays",
            "--layout",
            "--charge-as-code",
            "--history",
            "--bad-frames",
            "--echoes",
            "--link-down",
            "--empty",
            "--missing",
            "--aborted",
            "--repeated");
    /** Those that it shares with ETROC1. */
    static final Set<String> SHARED = Set.of("--chip", "--seed", "--charges", "--pulses", "--step", "--wild-cal");
    /** Step of the threshold unless one is given [DAC]. */
    static final int STEP = 6;

    private static final Pattern PIXEL = Pattern.compile("R(\\d{1,2})C(\\d{1,2})");
    private static final int SIDE = 16;
    private static final int MOST_CHARGE = 32;
    private static final int MOST_DELAY = 31;

    @Option(
            names = "--pixels",
            split = ",",
            paramLabel = "R<row>C<column>",
            description = "ETROC2: pixels, or how many of them, row by row.")
    List<String> pixels = List.of("R0C14", "R0C2", "R12C2");

    @Option(
            names = "--delays",
            split = ",",
            paramLabel = "STEPS",
            description = "ETROC2: delays of the injected charge at the last charge [781 ps], 0 to 31.")
    List<Integer> delays = List.of(0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 16);

    @Option(names = "--layout", description = "ETROC2: frames as fpga, nem-0, nem-1, nem-2, sem-1, sem-2 or keyed.")
    String layout = "sem-1";

    @Option(
            names = "--charge-as-code",
            description = "ETROC2: folders have the register's value, which is one less than the charge.")
    boolean chargeAsCode;

    @Option(
            names = "--history",
            description = "ETROC2: the chip's own baselines and accumulators as ${COMPLETION-CANDIDATES}.")
    ChipScanSimulator.History history = ChipScanSimulator.History.SQLITE;

    @Option(names = "--bad-frames", description = "ETROC2: fraction of frames with one fault.")
    double badFrames = 0;

    @Option(names = "--echoes", description = "ETROC2: fraction of triggers with an echo 68 crossings later.")
    double echoes = 0;

    @Option(names = "--link-down", description = "ETROC2: fraction of rows written before with the link down.")
    double linkDown = 0;

    @Option(names = "--empty", description = "ETROC2: fraction of folders with an empty file.")
    double empty = 0;

    @Option(names = "--missing", description = "ETROC2: fraction of folders that were not written.")
    double missing = 0;

    @Option(names = "--aborted", description = "ETROC2: fraction of folders whose file ends at any byte.")
    double aborted = 0;

    @Option(
            names = "--repeated",
            description = "ETROC2: fraction of folders measured before, with thresholds 12 DAC higher.")
    double repeated = 0;

    /** Writes a scan; what was written in a few words. @throws UsageException for what cannot be */
    String write(Path directory, long seed, List<Integer> charges, int pulses, int step, double wildCal)
            throws IOException {
        check(
                charges.stream().allMatch(q -> q <= MOST_CHARGE)
                        && charges.stream().distinct().count() == charges.size(),
                "--charges of etroc2 are different whole numbers from 1 to " + MOST_CHARGE + " [fC]");
        check(
                delays.stream().allMatch(d -> d >= 0 && d <= MOST_DELAY)
                        && delays.stream().distinct().count() == delays.size(),
                "--delays are different whole numbers from 0 to " + MOST_DELAY);
        for (double f : new double[] {badFrames, echoes, linkDown, empty, missing, aborted, repeated}) {
            TelescopeFlaws.checkFraction(f);
        }
        check(empty + missing + aborted + repeated <= 1, "--empty, --missing, --aborted and --repeated are 1 at most");
        ChipScanFlaws flaws =
                new ChipScanFlaws(wildCal, badFrames, echoes, linkDown, empty, missing, aborted, repeated);
        ChipScan scan = ChipScan.random(seed, places(), charges, delays, step, pulses, flaws);
        int folders = new ChipScanSimulator(scan, new ChipScanSimulator.Format(carrier(), chargeAsCode, history))
                .write(directory);
        return folders + " folders, truth.csv, truth_charges.csv and truth_flaws.csv";
    }

    private Carrier carrier() {
        return Carrier.named(layout)
                .filter(c -> c != Carrier.KCU)
                .orElseThrow(() -> new UsageException(
                        "--layout of a bench scan is fpga, nem-0, nem-1, nem-2, sem-1, sem-2 or keyed, found "
                                + layout));
    }

    private List<Place> places() {
        if (pixels.size() == 1 && pixels.get(0).matches("\\d{1,3}")) {
            int n = Integer.parseInt(pixels.get(0));
            check(n >= 1 && n <= SIDE * SIDE, "--pixels is 1 to " + SIDE * SIDE + ", found " + n);
            return IntStream.range(0, n)
                    .mapToObj(i -> new Place(i / SIDE, i % SIDE))
                    .toList();
        }
        List<Place> places =
                pixels.stream().map(ChipScanOptions::place).distinct().toList();
        check(places.size() == pixels.size(), "--pixels has a pixel twice");
        return places;
    }

    private static Place place(String text) {
        Matcher m = PIXEL.matcher(text);
        check(m.matches(), "--pixels takes a number or pixels such as R0C14, found " + text);
        Place place = new Place(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)));
        check(place.row() < SIDE && place.column() < SIDE, "--pixels takes rows and columns of 0 to 15, found " + text);
        return place;
    }
}
