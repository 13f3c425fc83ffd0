package etroc.scan.bench;

import etroc.ingest.etroc2.QinjSettings;
import etroc.runs.ChargeFromQSel;
import etroc.runs.Inventory;
import etroc.simulate.Carrier;
import etroc.simulate.ChipScan;
import etroc.simulate.ChipScanFlaws;
import etroc.simulate.ChipScanPixel;
import etroc.simulate.ChipScanSimulator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.io.FileUtils;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.apache.hadoop.conf.Configuration;

/** What came out of many simulated bench scans, against their truth. */
final class BenchPulls {
    static final List<Integer> CHARGES = List.of(6, 20);
    private static final QinjSettings PLAIN = new QinjSettings(0, null, null, QinjSettings.Count.TRIGGER_BITS, null);
    private static final Configuration CONF = new Configuration();
    private static final int SOUND = 100;

    private final Map<String, DescriptiveStatistics> of = new TreeMap<>();

    /** Scans of some pixels with many thresholds about the edges, a seed each. */
    static BenchPulls of(Path directory, int seeds, int pixels, ChipScanFlaws flaws) throws IOException {
        BenchPulls pulls = new BenchPulls();
        for (int seed = 1; seed <= seeds; seed++) {
            List<ChipScan.Place> places = IntStream.range(0, pixels)
                    .mapToObj(i -> new ChipScan.Place(i, 15 - i))
                    .toList();
            ChipScan model = ChipScan.random(seed, places, CHARGES, List.of(0, 3, 6, 9), 60, 102 + seed, flaws);
            Path own = directory.resolve("seed" + seed);
            new ChipScanSimulator(
                            model, new ChipScanSimulator.Format(Carrier.SEM_1, false, ChipScanSimulator.History.SQLITE))
                    .write(own);
            pulls.add(model, read(own, PLAIN));
            FileUtils.deleteDirectory(own.toFile());
        }
        return pulls;
    }

    /** The tables of a directory. */
    static BenchResult read(Path directory, QinjSettings settings) throws IOException {
        return read(directory, settings, ChargeFromQSel.FC);
    }

    static BenchResult read(Path directory, QinjSettings settings, ChargeFromQSel charges) throws IOException {
        Inventory.Options names = new Inventory.Options(charges, Inventory.OnOdd.FAIL, Inventory.OnOdd.FAIL);
        List<BenchFound> found = new ArrayList<>();
        for (BenchPlace place :
                BenchListing.list(List.of(directory.toString()), CONF, names).places()) {
            found.add(PlaceReader.read(place, new BenchOptions(settings, false), CONF));
        }
        return BenchResult.of(found, settings);
    }

    private void add(String name, double value, double truth, double unc) {
        if (Double.isFinite(value)) {
            of.computeIfAbsent(name, n -> new DescriptiveStatistics()).addValue((value - truth) / unc);
        }
    }

    private void add(ChipScan model, BenchResult result) {
        for (ChipScanPixel truth : model.pixels()) {
            Pixel pixel = new Pixel(model.chip(), truth.row(), truth.column());
            result.baselines().stream()
                    .filter(b -> b.used() && new Pixel(b.chip(), b.row(), b.column()).equals(pixel))
                    .filter(b -> !b.method().equals(Baseline.CHIP))
                    .forEach(b -> {
                        add(b.method() + " baseline", b.baseline(), truth.baseline(), b.baselineUnc());
                        add(b.method() + " width", b.width(), truth.width(), b.widthUnc());
                    });
            result.edges().stream().filter(e -> e.pixel().equals(pixel)).forEach(e -> {
                add("t50", e.t50(), truth.t50(e.charge()), e.t50Unc());
                add("edge", e.s(), truth.edge(), e.sUnc());
            });
            result.lines().stream().filter(l -> l.pixel().equals(pixel)).forEach(l -> {
                add(l.method() + " slope", l.slope(), truth.slope(), l.slopeUnc());
                add(l.method() + " intercept", l.intercept(), truth.baseline(), l.interceptUnc());
            });
            result.delays().stream()
                    .filter(d -> d.pixel().equals(pixel))
                    .forEach(d -> add("delay slope", d.slope(), 1, d.slopeUnc()));
            result.points().stream()
                    .filter(p -> p.used() && p.key().pixel().equals(pixel) && p.kept() >= SOUND)
                    .forEach(p -> add(p, truth));
        }
    }

    private void add(TdcPoint p, ChipScanPixel truth) {
        double bin = 3.125 / truth.cal();
        double jitter = Math.hypot(truth.jitterNs(p.key().charge()), bin / Math.sqrt(12));
        add("jitter", p.jitterNs(), jitter, p.jitterUncNs());
        double mean = truth.toaNs(p.key().charge(), p.key().delay());
        add("toa", p.toaMeanNs(), mean, p.toaMeanNsUnc());
        add("tot", p.totMeanNs(), truth.totNs(p.key().charge()), p.totMeanNsUnc());
    }

    void print(String what) {
        System.out.println(what);
        of.forEach((name, s) -> System.out.printf(
                "pull of %-22s n = %5d  mean %+.3f  width %.3f%n",
                name, s.getN(), s.getMean(), s.getStandardDeviation()));
    }

    /** By quantity. */
    Map<String, DescriptiveStatistics> of() {
        return of;
    }
}
