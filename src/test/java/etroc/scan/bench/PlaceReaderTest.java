package etroc.scan.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import etroc.InputException;
import etroc.ingest.etroc2.QinjSettings;
import etroc.runs.ChargeFromQSel;
import etroc.runs.Inventory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders as they should not be, and what is made of them. */
class PlaceReaderTest {
    private static final QinjSettings QINJ = new QinjSettings(0, null, null, QinjSettings.Count.TRIGGER_BITS, null);
    private static final Configuration CONF = new Configuration();

    @TempDir
    Path directory;

    private Path file(String folder, String name, String text) throws Exception {
        Path path = Files.createDirectories(directory.resolve(folder)).resolve(name);
        return Files.writeString(path, text, StandardCharsets.US_ASCII);
    }

    private List<BenchPlace> places(Inventory.OnOdd odd) {
        return BenchListing.list(
                        List.of(directory.toString()),
                        CONF,
                        new Inventory.Options(ChargeFromQSel.FC, odd, Inventory.OnOdd.FAIL))
                .places();
    }

    private BenchResult result() throws Exception {
        List<BenchFound> found = new java.util.ArrayList<>();
        for (BenchPlace place : places(Inventory.OnOdd.FAIL)) {
            found.add(PlaceReader.read(place, new BenchOptions(QINJ, false), CONF));
        }
        return BenchResult.of(found, QINJ);
    }

    private static String turnOff(int attempt) {
        return "C_VRef_SCurve_BinarySearch_TurnOff_Pixel_C1_R2_QInj_5_t" + attempt;
    }

    @Test
    void namesAreReadByToken() {
        assertThat(BenchName.parse(
                        "ET2_A_VRef_SCurve_TDC_Threshold_480_QinjDelay0x1f_Pixel_C14_R3_QInj_9_t2",
                        ChargeFromQSel.CODE))
                .isEqualTo(new BenchName("ET2_A", BenchKind.TDC, 14, 3, 10, 480, 31, "t2"));
        assertThat(BenchName.parse("X_VRef_SCurve_NoiseOnly_Pixel_C0_R15", ChargeFromQSel.FC))
                .isEqualTo(new BenchName("X", BenchKind.NOISEONLY, 0, 15, null, null, 0, ""));
        for (String odd : List.of(
                "X_VRef_SCurve_NoiseOnly_Pixel_C16_R1",
                "X_VRef_SCurve_TDC_Pixel_C1_R1_QInj_5",
                "X_VRef_SCurve_TDC_Pixel_C1_R1_QInj_32_Threshold_3",
                "X_VRef_SCurve_Pixel_C1_R1_t")) {
            assertThatThrownBy(() -> BenchName.parse(odd, ChargeFromQSel.FC)).isInstanceOf(InputException.class);
        }
    }

    @Test
    void oddNamesFailOrAreSkipped() throws Exception {
        file(turnOff(1), "FPGA_Data.dat", "2,1,1,0,100,0,-1\n");
        file("what", "FPGA_Data.dat", "2,1,1,0,100,0,-1\n");
        assertThatThrownBy(() -> places(Inventory.OnOdd.FAIL))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("what: no token Pixel_C")
                .hasMessageContaining("odd-names");
        assertThat(places(Inventory.OnOdd.SKIP)).hasSize(1);
    }

    @Test
    void theLastScanOfAFileAndTheLastAttemptCount() throws Exception {
        file(
                turnOff(2),
                "FPGA_Data.dat",
                "2,1,1,0,100,0,-1\n2,1,1,9,100,100,700\n2,1,1,0,100,0,-1\n0,1,1,9,100,100,300\n"
                        + "2,1,1,0,100,0,400\n2,1,1,0,100,50,400\n2,1,1,0,100,49,403\n2,1,1");
        file(turnOff(10), "FPGA_Data.dat", "2,1,1,0,100,0,-1\n2,1,1,0,100,90,410\n2,1,1,0,100,9,412\n");
        List<TurnOff> rows = result().turnOffs();
        assertThat(rows).extracting(TurnOff::attempt).containsExactly("t2", "t10");
        assertThat(rows).extracting(TurnOff::used).containsExactly(false, true);
        assertThat(rows.get(0).threshold()).isEqualTo(401.5);
        assertThat(rows.get(0).thresholdUnc()).isEqualTo(3 / Math.sqrt(12));
        assertThat(rows.get(0).leftOut()).isEqualTo(5);
        assertThat(rows.get(0).remark())
                .contains(
                        "1 malformed lines", "2 rows of an older scan", "1 rows with the link down", "1 rows measured");
    }

    @Test
    void whatCannotBeHadIsARowWithARemark() throws Exception {
        file(turnOff(1), "FPGA_Data.dat", "");
        file(
                turnOff(1).replace("QInj_5", "QInj_6"),
                "FPGA_Data.dat",
                "2,1,1,0,100,0,-1\n2,1,1,0,9,9,400\n2,1,1,0,9,99,500\n");
        file("C_VRef_SCurve_NoiseOnly_Pixel_C1_R2_t1", "FPGA_Data.dat", "2,1,1,0,100,0,-1\n2,1,1,0,9,9,400\n");
        file("C_VRef_SCurve_TDC_Pixel_C1_R2_QInj_5_Threshold_400", "TDC_Data_translated_0.nem", "");
        BenchResult result = result();
        assertThat(result.turnOffs()).extracting(TurnOff::threshold).containsOnly(Double.NaN);
        assertThat(result.turnOffs()).extracting(TurnOff::remark).containsExactly("no reference row", "not monotonic");
        assertThat(result.baselines().get(0).baseline()).isNaN();
        assertThat(result.baselines().get(0).remark()).isEqualTo("only 1 thresholds with counts, 4 are needed");
        assertThat(result.points().get(0).remark()).isEqualTo("few hits; no good frame");
        assertThat(result.edges().get(0).remark()).contains("only 0 points");
        assertThat(result.lines())
                .extracting(ChargeLine::remark)
                .allSatisfy(r -> assertThat(r).contains("two charges"));
    }

    @Test
    void theChipsOwnBaselinesAreRead() throws Exception {
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("BaselineHistory.sqlite"));
                Statement s = c.createStatement()) {
            s.execute("create table baselines(\"row\", col, baseline, noise_width, timestamp, chip_name, save_notes)");
            s.execute("insert into baselines values (1, 2, 400, 7, '2024-01-02', 'C', ''),"
                    + " (1, 2, 390, 6, '2024-01-01', 'C', ''), (1, 3, 2000, 6, '2024-01-01', 'C', '')");
        }
        String line = String.join(",", Collections.nCopies(16, "5")) + "\n";
        file(".", "D_BL_2024.csv", line.repeat(16));
        file(".", "D_NW_2024.csv", line.repeat(16));
        List<Baseline> rows = result().baselines();
        assertThat(rows).hasSize(2 + 256);
        assertThat(rows.get(0).baseline()).isEqualTo(400);
        assertThat(rows.get(0).width()).isEqualTo(7);
        assertThat(rows.get(1).baseline()).isNaN();
        assertThat(rows.get(1).remark()).contains("beyond 1023");
        assertThat(rows.subList(2, 258))
                .allMatch(b -> b.baseline() == 5 && b.width() == 5 && b.chip().equals("D"));
    }

    @Test
    void accumulatorsOfADataBaseAreFitted() throws Exception {
        StringBuilder values = new StringBuilder();
        var noise = new org.apache.commons.math3.distribution.NormalDistribution(420.3, 2.5);
        for (int k = 0; k < 40; k++) {
            values.append(k == 0 ? "" : ",").append(Math.round(32767 * (1 - noise.cumulativeProbability(400 + k))));
        }
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("ACCScurveHistory.sqlite"));
                Statement s = c.createStatement()) {
            s.execute(
                    "create table acc_scurve(chip_name, \"row\", col, xmin, xmax, xstep, accscurve, timestamp, note)");
            s.execute("insert into acc_scurve values ('C', 1, 2, 400, 440, 1.0, '" + values + "', '2024', 'n')");
        }
        Baseline row = result().baselines().get(0);
        assertThat(row.baseline()).isCloseTo(420.3, within(1e-3));
        assertThat(row.width()).isCloseTo(2.5, within(1e-3));
        assertThat(row.remark()).isEmpty();
    }

    /** A golden case of FPGA words: every hit is one of the pixel or another. */
    @Test
    void binaryFramesAreReadAsOneRun() throws Exception {
        Path folder = Files.createDirectories(directory.resolve("C_VRef_SCurve_TDC_Pixel_C14_R8_QInj_5_Threshold_400"));
        Path golden = etroc.Golden.mini("etroc2-fpga");
        for (int n = 0; n < 3; n++) {
            String name = "file_" + n + ".bin";
            Files.write(
                    folder.resolve(name),
                    etroc.Golden.read(golden.resolve("input/clean").resolve(name)));
        }
        var hits = etroc.Golden.json(golden.resolve("expected/clean.json")).get("hits");
        int own = 0;
        for (var hit : hits) {
            own += hit.get("col").asInt() == 14 && hit.get("row").asInt() == 8 ? 1 : 0;
        }
        TdcPoint point = result().points().get(0);
        assertThat(own).isPositive();
        assertThat(point.hits()).isEqualTo(own);
        assertThat(point.otherHits()).isEqualTo(hits.size() - own);
        assertThat(point.badFrames()).isZero();
    }

    @Test
    void foreignFilesAreErrors() throws Exception {
        file(".", "BaselineHistory.sqlite", "no data base");
        assertThatThrownBy(this::result).isInstanceOf(InputException.class).hasMessageContaining("is no data base");
        Files.delete(directory.resolve("BaselineHistory.sqlite"));
        file("C_VRef_SCurve_TDC_Pixel_C1_R2_QInj_5_Threshold_400", "TDC_Data_translated_0.nem", "hello\n");
        assertThatThrownBy(this::result).isInstanceOf(InputException.class).hasMessageContaining("no dialect");
    }
}
