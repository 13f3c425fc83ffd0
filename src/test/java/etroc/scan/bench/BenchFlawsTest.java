package etroc.scan.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import etroc.ingest.etroc2.QinjSettings;
import etroc.layout.etroc2.ChipWord;
import etroc.layout.etroc2.ChipWriter;
import etroc.layout.etroc2.TextDialect;
import etroc.layout.etroc2.TextWriter;
import etroc.runs.ChargeFromQSel;
import etroc.simulate.Carrier;
import etroc.simulate.ChipScan;
import etroc.simulate.ChipScanFlaws;
import etroc.simulate.ChipScanPixel;
import etroc.simulate.ChipScanSimulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measurements that went wrong, in a simulated scan of which it is known which ones did; and settings, in numbers. */
class BenchFlawsTest {
    private static final int PULSES = 120;
    private static final List<ChipScan.Place> TWO = List.of(new ChipScan.Place(3, 4), new ChipScan.Place(15, 0));

    @TempDir
    Path directory;

    private static QinjSettings settings(int skip, Integer drop, Integer tot) {
        return new QinjSettings(skip, drop, tot, QinjSettings.Count.TRIGGER_BITS, null);
    }

    private ChipScan simulated(ChipScanFlaws flaws, List<Integer> delays, Carrier carrier) throws Exception {
        ChipScan model = ChipScan.random(5, TWO, List.of(6, 20), delays, 6, PULSES, flaws);
        new ChipScanSimulator(model, new ChipScanSimulator.Format(carrier, false, ChipScanSimulator.History.CSV))
                .write(directory);
        return model;
    }

    private static String folder(TdcPoint p) {
        TdcPoint.Key k = p.key();
        return String.format(
                Locale.ROOT,
                "%s_VRef_SCurve_TDC_Pixel_C%d_R%d_QInj_%d_Threshold_%d_%s",
                k.chip(),
                k.column(),
                k.row(),
                k.charge(),
                k.threshold(),
                p.attempt());
    }

    @Test
    void everyFolderIsAPointWithWhatWentWrongBesideIt() throws Exception {
        simulated(new ChipScanFlaws(0, 0, 0, 0.1, 0.1, 0.1, 0.1, 0.1), List.of(), Carrier.SEM_1);
        Map<String, String> flaws = Files.readAllLines(directory.resolve("truth_flaws.csv")).stream()
                .skip(1)
                .map(l -> l.split(","))
                .collect(Collectors.toMap(f -> f[0], f -> f[1]));
        assertThat(flaws.values()).contains("empty", "missing", "aborted", "repeated");
        BenchResult result = BenchPulls.read(directory, settings(0, null, null));
        int seen = 0;
        for (TdcPoint p : result.points()) {
            String flaw = flaws.getOrDefault(folder(p), "whole");
            seen += flaw.equals("whole") ? 0 : 1;
            switch (flaw) {
                case "empty" -> {
                    assertThat(p.frames()).isZero();
                    assertThat(p.remark()).contains("no good frame");
                    assertThat(p.toaMeanNs()).isNaN();
                }
                case "aborted" -> {
                    assertThat(p.frames()).isLessThan(PULSES);
                    assertThat(p.hits()).isLessThanOrEqualTo(p.frames());
                }
                case "missing" -> throw new AssertionError(folder(p));
                default -> assertThat(p.frames()).as(folder(p)).isEqualTo(PULSES);
            }
            // of two attempts the one before does not count
            boolean before =
                    p.attempt().equals("t1") && flaws.containsKey(folder(p).replaceFirst("_t1$", "_t2"));
            assertThat(p.used()).isEqualTo(!before);
        }
        assertThat(seen).isGreaterThan(20);
    }

    @Test
    void cutRowsAreNoThresholds() throws Exception {
        Path folder =
                Files.createDirectories(directory.resolve("C_VRef_SCurve_BinarySearch_TurnOff_Pixel_C1_R2_QInj_5"));
        String rows = "2,1,1,0,100,0,-1\n2,1,1,0,100,90,410\n2,1,1,0,100,9,420\n2,1,1,0,100,0,415\n";
        for (int cut = 1; cut <= 4; cut++) {
            Files.writeString(folder.resolve("FPGA_Data.dat"), rows.substring(0, rows.length() - cut));
            TurnOff row = BenchPulls.read(directory, settings(0, null, null))
                    .turnOffs()
                    .get(0);
            assertThat(row.threshold()).isEqualTo(415);
            assertThat(row.thresholdUnc()).isEqualTo(10 / Math.sqrt(12));
            assertThat(row.remark()).isEqualTo("1 malformed lines");
        }
    }

    @Test
    void chargesAsCodesAreOneLess() throws Exception {
        ChipScan model = ChipScan.random(5, TWO, List.of(6), List.of(), 60, 10, ChipScanFlaws.NONE);
        new ChipScanSimulator(model, new ChipScanSimulator.Format(Carrier.FPGA, true, ChipScanSimulator.History.NONE))
                .write(directory);
        assertThat(BenchPulls.read(directory, settings(0, null, null)).turnOffs())
                .extracting(TurnOff::charge)
                .containsOnly(5);
        BenchResult result = BenchPulls.read(directory, settings(0, null, null), ChargeFromQSel.CODE);
        assertThat(result.turnOffs()).extracting(TurnOff::charge).containsOnly(6);
        assertThat(result.points()).isNotEmpty().allMatch(p -> p.key().charge() == 6);
    }

    /** TOA against delay has slope 1; delays that leave the TDC's window are left out. */
    @Test
    void delaysInNumbers() throws Exception {
        ChipScan model = simulated(ChipScanFlaws.NONE, List.of(0, 2, 5, 9, 12, 20, 31), Carrier.NEM_1);
        BenchResult result = BenchPulls.read(directory, settings(0, null, null));
        assertThat(result.delays()).hasSize(2);
        for (DelayLine line : result.delays()) {
            assertThat(line.points()).isEqualTo(5);
            assertThat(line.leftOut()).isEqualTo(2);
            assertThat(line.slope()).isCloseTo(1, within(5 * line.slopeUnc()));
            assertThat(line.slopeUnc()).isLessThan(2e-3);
            assertThat(line.slopeDeviation()).isEqualTo(line.slope() - 1);
            ChipScanPixel truth = model.pixels().stream()
                    .filter(p -> p.row() == line.pixel().row())
                    .findFirst()
                    .orElseThrow();
            assertThat(line.interceptNs()).isCloseTo(truth.toaNs(20, 0), within(0.02));
            assertThat(line.residualMaxNs()).isBetween(line.residualRmsNs(), 0.02);
            List<DelayPoint> points = result.delayPoints().stream()
                    .filter(p -> p.pixel().equals(line.pixel()))
                    .toList();
            assertThat(points).extracting(DelayPoint::delay).containsExactly(0, 2, 5, 9, 12, 20, 31);
            assertThat(points)
                    .filteredOn(DelayPoint::inLine)
                    .hasSize(5)
                    .allSatisfy(p -> assertThat(p.residualNs())
                            .isCloseTo(p.toaMeanNs() - truth.toaNs(20, p.delay()), within(0.02)));
            assertThat(points.stream()
                            .filter(DelayPoint::inLine)
                            .mapToDouble(DelayPoint::residualNs)
                            .sum())
                    .isCloseTo(0, within(1e-9));
        }
    }

    /** Peak and accumulator measure the same noise; the chip's own number is the rounded truth. */
    @Test
    void methodsAreComparedAndPixelsSummedUp() throws Exception {
        ChipScan model = simulated(ChipScanFlaws.NONE, List.of(), Carrier.SEM_1);
        BenchResult result = BenchPulls.read(directory, settings(0, null, null));
        List<Baseline> baselines = result.baselines().stream()
                .filter(b -> model.pixels().stream().anyMatch(p -> p.row() == b.row() && p.column() == b.column()))
                .toList();
        List<BaselineDifference> rows =
                BaselineDifference.of(baselines, List.of(Baseline.PEAK, Baseline.ACCUMULATOR, Baseline.CHIP));
        assertThat(rows)
                .extracting(d -> d.method() + " " + d.other())
                .containsExactly(
                        "peak accumulator",
                        "peak chip",
                        "accumulator chip",
                        "peak accumulator",
                        "peak chip",
                        "accumulator chip");
        for (BaselineDifference d : rows) {
            boolean chip = d.other().equals(Baseline.CHIP);
            assertThat(d.difference()).isCloseTo(0, within(chip ? 0.6 : 5 * d.differenceUnc()));
            assertThat(Double.isNaN(d.widthDifference())).isEqualTo(chip);
        }
        List<Double> tots = result.charges().stream()
                .filter(c -> c.charge() == 20)
                .map(ChargePoint::totMeanNs)
                .sorted()
                .toList();
        assertThat(tots).hasSize(2);
        assertThat(ChargePercentile.of(result.charges()))
                .filteredOn(p -> p.charge() == 20 && p.quantity().equals(ChargePercentile.TOT))
                .singleElement()
                .satisfies(p -> {
                    assertThat(p.pixels()).isEqualTo(2);
                    assertThat(p.p16Ns()).isEqualTo(tots.get(0));
                    assertThat(p.medianNs()).isCloseTo((tots.get(0) + tots.get(1)) / 2, within(1e-12));
                    assertThat(p.p84Ns()).isEqualTo(tots.get(1));
                });
    }

    /** Echoes are frames without pulse: without the setting they take half of the plateau. */
    @Test
    void framesThatFollowAreDropped() throws Exception {
        simulated(new ChipScanFlaws(0, 0, 1, 0, 0, 0, 0, 0), List.of(), Carrier.SEM_1);
        TdcPoint with = plateau(BenchPulls.read(directory, settings(0, null, null)));
        TdcPoint without = plateau(BenchPulls.read(directory, settings(0, ChipScanFlaws.ECHO, null)));
        assertThat(with.frames()).isEqualTo(2 * PULSES);
        assertThat(with.following()).isZero();
        assertThat(without.frames()).isEqualTo(PULSES);
        assertThat(without.following()).isEqualTo(PULSES);
        assertThat(without.hits()).isEqualTo(with.hits()).isEqualTo(PULSES);
    }

    private static TdcPoint plateau(BenchResult result) {
        return result.points().stream()
                .filter(p -> p.key().charge() == 20 && p.hits() == PULSES)
                .skip(3)
                .findFirst()
                .orElseThrow();
    }

    /** TOA codes are 200 to 219; TOT is 300 four times, then 100 and, in turns, 95 to 109. */
    @Test
    void firstHitsAndFarTotsAreLeftOut() throws Exception {
        Path folder = Files.createDirectories(directory.resolve("C_VRef_SCurve_TDC_Pixel_C1_R2_QInj_5_Threshold_400"));
        TextWriter writer = new TextWriter(TextDialect.SEM_2);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            int tot = i < 4 ? 300 : i % 2 == 0 ? 100 : 90 + i;
            long header = ChipWord.header(i, 0, 719);
            long[] data = {ChipWord.data(0, 1, 2, 200 + i, tot, 170)};
            long trailer = ChipWriter.trailer(header, data, 0xCF4, 0);
            text.append(writer.eventHeader(i, 1, header, data[0], trailer))
                    .append(writer.word(0, header))
                    .append(writer.word(0, data[0]))
                    .append(writer.word(0, trailer))
                    .append(writer.eventTrailer(i, 1, 1, 0, 0, 0));
        }
        Files.writeString(folder.resolve("TDC_Data_translated_0.nem"), text);
        point(settings(0, null, null), 20, 209.5, 20);
        point(settings(4, null, null), 20, 211.5, 16);
        point(settings(0, null, 5), 20, 209.5, 14);
        point(settings(4, null, 8), 20, 211.5, 15);
    }

    private void point(QinjSettings settings, long hits, double toaMean, long kept) throws Exception {
        TdcPoint p = BenchPulls.read(directory, settings).points().get(0);
        assertThat(p.hits()).isEqualTo(hits);
        assertThat(p.toaMean()).isEqualTo(toaMean);
        assertThat(p.kept()).isEqualTo(kept);
        assertThat(p.fbinNs()).isEqualTo(3.125 / 170);
    }
}
