package etroc.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import etroc.About;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * {@code src/docs/tables.md} says of every table what its records say, in their order. With {@code -Dtables.write=true} this writes what the
 * document says below {@link #GENERATED}.
 */
class TablesDocTest {
    private static final Path DOCUMENT = Path.of("src/docs/tables.md");
    private static final String GENERATED = "## Columns\n\n";
    /** Below etroc, in the order of the document. */
    private static final Map<String, String> RECORDS = new LinkedHashMap<>();

    static {
        RECORDS.put("runs", "ingest.InputTables$RunRow");
        RECORDS.put("files", "ingest.FilesTable$FileRow");
        RECORDS.put("quality", "ingest.InputTables$Quality");
        RECORDS.put("malformed_lines", "ingest.MalformedLine");
        RECORDS.put("cutflow", "cuts.CutflowRow");
        RECORDS.put("remarks", "pipeline.Context$Remark");
        RECORDS.put("provenance", "pipeline.Provenance$Fact");
        RECORDS.put("histograms", "passes.HistogramBin");
        RECORDS.put("run_hits", "scan.ScanCounts$RunHits");
        RECORDS.put("combined_etroc1_data", "scan.ScanTables$Point");
        RECORDS.put("dac_charge_data", "scan.ScanTables$LastHit");
        RECORDS.put("dac_points", "scan.ScanTables$DacPoint");
        RECORDS.put("noise_limit_data", "scan.ScanResult$NoiseRegion");
        RECORDS.put("dac_vs_charge", "scan.Line");
        RECORDS.put("s_curve_fits", "scan.SCurve");
        RECORDS.put("suggested_thresholds", "scan.SuggestedThreshold");
        RECORDS.put("baselines", "scan.bench.Baseline");
        RECORDS.put("turn_off", "scan.bench.TurnOff");
        RECORDS.put("charge_lines", "scan.bench.ChargeLine");
        RECORDS.put("tdc_points", "scan.bench.TdcPoint");
        RECORDS.put("tdc_edges", "scan.bench.TdcEdge");
        RECORDS.put("delay_lines", "scan.bench.DelayLine");
        RECORDS.put("charge_points", "scan.bench.ChargePoint");
        RECORDS.put("baseline_differences", "scan.bench.BaselineDifference");
        RECORDS.put("delay_points", "scan.bench.DelayPoint");
        RECORDS.put("charge_percentiles", "scan.bench.ChargePercentile");
        RECORDS.put("run_times", "scan.ScanCounts$RunTimes");
        RECORDS.put("qinj_points", "scan.QinjPoints$Point");
        RECORDS.put("tot_charge", "scan.TotCharge");
        RECORDS.put("phase_scan", "scan.PhasePoint");
        RECORDS.put("laser_points", "scan.laser.LaserPoint");
        RECORDS.put("laser_curves", "scan.laser.LaserCurve");
        RECORDS.put("file_counts", "source.etroc2.Etroc2Quality$Count");
        RECORDS.put("file_errors", "source.etroc2.Etroc2Quality$Fault");
        RECORDS.put("hit_flow", "telescope.etroc2.HitFlow");
        RECORDS.put("pixel_calibration", "telescope.etroc2.Pixel");
        RECORDS.put("hot_pixels", "telescope.etroc2.OddPixel");
        RECORDS.put("alignment", "telescope.etroc2.Alignment");
        RECORDS.put("tracks", "telescope.etroc2.Track");
        RECORDS.put("track_resolution", "telescope.etroc2.TrackResults$Board");
        RECORDS.put("track_pairs", "telescope.etroc2.TrackResults$Pair");
        RECORDS.put("board_resolution", "telescope.etroc2.Combined$Row");
        RECORDS.put("pixel_resolution", "telescope.etroc2.Combined$Row");
        RECORDS.put("resolution_spread", "telescope.etroc2.ResolutionSpread");
        RECORDS.put("hit_map", "telescope.etroc2.HitMap");
        RECORDS.put("hit_counts", "telescope.etroc2.HitCount");
        RECORDS.put("cluster_sizes", "telescope.etroc2.ClusterSize");
        RECORDS.put("efficiency", "telescope.etroc2.BoardEfficiency");
        RECORDS.put("efficiency_map", "telescope.etroc2.Efficiency");
        RECORDS.put("link_quality", "telescope.etroc2.LinkQuality");
        RECORDS.put("joint_events", "telescope.emulator.JointEvents");
        RECORDS.put("neighbours", "telescope.etroc2.Neighbour");
        RECORDS.put("event_info", "telescope.EventInfo");
        RECORDS.put("board_info_data", "telescope.BoardInfo");
        RECORDS.put("calibration_runs", "telescope.calibration.CalibrationRun");
        RECORDS.put("calibration_slices", "telescope.calibration.CalibrationSlice");
        RECORDS.put("cut_lines", "cuts.FittedLine");
        RECORDS.put("twc_fit_info", "telescope.TwcFit");
        RECORDS.put("run_offsets", "telescope.RunOffset");
        RECORDS.put("closure", "telescope.ClosureRow");
        RECORDS.put("constancy", "telescope.ConstancyRow");
        RECORDS.put("systematics", "telescope.Systematic");
        RECORDS.put("timing_info", "telescope.TimingInfo");
        RECORDS.put("resolution_correlation", "telescope.ResolutionCorrelation");
        RECORDS.put("planes", "telescope.PlaneCell");
        RECORDS.put("profiles", "telescope.ProfileBin");
        RECORDS.put("drift", "telescope.DriftSlice");
        RECORDS.put("datasets", "campaign.CampaignTables$Dataset");
        RECORDS.put("resolutions", "campaign.Resolution");
        RECORDS.put("thresholds", "campaign.CampaignTables$Threshold");
        RECORDS.put("bench_baselines", "campaign.BenchHistory$Noise");
        RECORDS.put("bench_lines", "campaign.BenchHistory$Gain");
    }

    /** What the document has of a table. */
    private static String section(String name, String record) throws ClassNotFoundException {
        Class<? extends Record> type = Class.forName("etroc." + record).asSubclass(Record.class);
        String rows = new RecordColumns(type)
                .columns().stream()
                        .map(c -> "| `" + c.name() + "` | " + c.type() + " | " + c.about() + " |\n")
                        .collect(Collectors.joining());
        return "### " + name + "\n\nA row is "
                + type.getAnnotation(About.class).value() + ".\n\n"
                + "| column | type | what it is |\n| --- | --- | --- |\n" + rows + "\n";
    }

    @Test
    void everyTableIsDescribedAsItsRecord() throws Exception {
        StringBuilder sections = new StringBuilder();
        for (Map.Entry<String, String> table : RECORDS.entrySet()) {
            sections.append(section(table.getKey(), table.getValue()));
        }
        String document = Files.readString(DOCUMENT);
        int end = document.indexOf(GENERATED) + GENERATED.length();
        if (Boolean.getBoolean("tables.write")) {
            Files.writeString(
                    DOCUMENT, document.substring(0, end) + sections.toString().strip() + "\n");
        }
        assertThat(document.substring(end).strip())
                .isEqualTo(sections.toString().strip());
    }

    @Test
    void everyRecordThatIsATableIsDescribed() {
        List<String> described = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("etroc").stream()
                        .filter(c -> c.isAnnotatedWith(About.class))
                        .map(JavaClass::getName)
                        .map(n -> n.substring("etroc.".length()))
                        .toList();
        assertThat(new TreeSet<>(RECORDS.values())).containsExactlyElementsOf(new TreeSet<>(described));
    }
}
