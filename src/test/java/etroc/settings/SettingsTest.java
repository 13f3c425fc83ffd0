package etroc.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import etroc.UsageException;
import etroc.cli.Sections;
import etroc.cuts.CutSettings;
import etroc.cuts.CutSettings.Source;
import etroc.ingest.InputSettings;
import etroc.ingest.etroc2.QinjSettings;
import etroc.report.ReportSettings;
import etroc.runs.ChargeFromQSel;
import etroc.runs.Inventory;
import etroc.scan.NoiseSettings;
import etroc.scan.ScanSettings;
import etroc.scan.laser.LaserSettings;
import etroc.telescope.TelescopeSettings;
import etroc.telescope.calibration.Calibration;
import etroc.telescope.calibration.Saturated;
import etroc.telescope.etroc2.CalSlices;
import etroc.telescope.etroc2.Etroc2Settings;
import etroc.telescope.etroc2.ToaWindow;
import etroc.telescope.walk.TimeWalkSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    /** Each key with a value that is not its default. */
    private static final Map<String, String> OTHERS = new TreeMap<>(Map.ofEntries(
            Map.entry("input.layout", "Words"),
            Map.entry("input.dialect", "nem-1"),
            Map.entry("input.mode", "failfast"),
            Map.entry("input.charge-from-qsel", "code"),
            Map.entry("input.keep-all", "true"),
            Map.entry("input.odd-names", "skip"),
            Map.entry("input.duplicates", "skip"),
            Map.entry("input.max-malformed-fraction", "0.5"),
            Map.entry("input.malformed-lines-kept", "7"),
            Map.entry("input.partitions", "9"),
            Map.entry("etroc2.boards", "elink"),
            Map.entry("etroc2.event-depth", "4"),
            Map.entry("etroc2.counter-offsets", "none"),
            Map.entry("etroc2.drop", "[crc]"),
            Map.entry("etroc2.roles.0", "dut"),
            Map.entry("etroc2.roles.1", "trig"),
            Map.entry("etroc2.cal", "mode"),
            Map.entry("etroc2.cal-window", "5"),
            Map.entry("etroc2.cal-min-hits", "60"),
            Map.entry("etroc2.cal-slices", "5000"),
            Map.entry("etroc2.hot.factor", "7"),
            Map.entry("etroc2.hot.min-hits", "200"),
            Map.entry("etroc2.hot.core-fraction", "0.4"),
            Map.entry("etroc2.mask", "[\"3:R2C2\"]"),
            Map.entry("etroc2.alignment", "{1 = [0, 1], 2 = [-1, 0]}"),
            Map.entry("etroc2.mirror", "[2]"),
            Map.entry("etroc2.radius", "1.5"),
            Map.entry("etroc2.track-min-events", "50"),
            Map.entry("etroc2.toa-window", "\"2..10 ns\""),
            Map.entry("etroc2.tot-window", "{2 = [60, 200]}"),
            Map.entry("etroc2.walk.grouping", "board"),
            Map.entry("etroc2.correlation", "4"),
            Map.entry("etroc2.efficiency.near", "2"),
            Map.entry("etroc2.noise.trigger", "other-boards"),
            Map.entry("etroc2.interval", "0.9"),
            Map.entry("etroc2.qinj.skip-first", "1000"),
            Map.entry("etroc2.qinj.drop-following", "68"),
            Map.entry("etroc2.qinj.tot-window", "100"),
            Map.entry("etroc2.qinj.count", "data"),
            Map.entry("etroc2.qinj.offset", "20"),
            Map.entry("scan.kind", "etroc2-bench"),
            Map.entry("scan.resting-thresholds", "{0=535, 1=721}"),
            Map.entry("scan.trigger-board", "1"),
            Map.entry("scan.cut", "(calibration_code < 150) AND time_of_arrival > 3"),
            Map.entry("scan.noise.plateau", "100"),
            Map.entry("scan.noise.plateau-window", "15"),
            Map.entry("scan.noise.flatness", "12.5"),
            Map.entry("scan.noise.rolling-mean", "5"),
            Map.entry("scan.noise.edge-offset", "2"),
            Map.entry("scan.noise.charge", "20"),
            Map.entry("scan.noise.max-fraction", "0.02"),
            Map.entry("scan.lower-limits", "keep"),
            Map.entry("scan.noise.trigger-plateau", "200"),
            Map.entry("scan.noise.trigger-plateau-window", "30"),
            Map.entry("scan.laser.trigger-board", "3"),
            Map.entry("scan.laser.trigger-jitter", "0.03"),
            Map.entry("telescope.events", "coincidence"),
            Map.entry("telescope.pattern", "[3, 1]"),
            Map.entry("telescope.window", "4"),
            Map.entry("telescope.emulator-window", "9"),
            Map.entry("telescope.toa-window", "50"),
            Map.entry("telescope.boards-required", "2"),
            Map.entry("telescope.calibration", "mode"),
            Map.entry("telescope.calibration-slice", "200"),
            Map.entry("telescope.saturated-codes", "keep"),
            Map.entry("telescope.align", "none"),
            Map.entry("telescope.time-walk.fit", "odr"),
            Map.entry("telescope.time-walk.degree", "3"),
            Map.entry("telescope.time-walk.iterations", "4"),
            Map.entry("telescope.time-walk.residual-cut", "None"),
            Map.entry("telescope.bootstrap.replicas", "20"),
            Map.entry("telescope.bootstrap.seed", "77"),
            Map.entry("telescope.systematics", "true"),
            Map.entry("cuts.events", "my.csv"),
            Map.entry("cuts.times", "[{sql = \"a < b\", output = fit}, /abs/other.csv]"),
            Map.entry("cuts.keep-events-without-data", "true"),
            Map.entry("report.label", "beam of May"),
            Map.entry("report.formats", "[PDF]")));

    @TempDir
    Path directory;

    private static Settings set(String... assignments) {
        return Settings.load(Sections.class, Map.of(), List.of(), List.of(assignments));
    }

    private static Settings load(Path... files) {
        List<File> all = Arrays.stream(files).map(Path::toFile).toList();
        return Settings.load(Sections.class, Map.of(), all, List.of());
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static final Etroc2Settings ETROC2 = new Etroc2Settings(
            new AnyText("chip"),
            8,
            new AnyText("auto"),
            List.of(Etroc2Settings.Drop.values()),
            Map.of(0, Etroc2Settings.Role.TRIG, 1, Etroc2Settings.Role.REF),
            Etroc2Settings.Cal.CORE_MEAN,
            3,
            50,
            CalSlices.NONE,
            new Etroc2Settings.Hot(5, 100, 0.5),
            List.of(),
            Map.of(),
            List.of(),
            1,
            100,
            new ToaWindow(100, 500, false),
            Map.of(),
            3.0,
            new Etroc2Settings.Walk(Etroc2Settings.Walk.Grouping.TRACK),
            new Etroc2Settings.Efficiency(1),
            new Etroc2Settings.Noise(Etroc2Settings.NoiseTrigger.NONE),
            0.6827,
            new QinjSettings(0, null, null, QinjSettings.Count.TRIGGER_BITS, null));

    private static Sections sections(Settings settings) {
        return new Sections(
                settings.read("input", InputSettings.class),
                settings.read("scan", ScanSettings.class),
                settings.read("telescope", TelescopeSettings.class),
                settings.read("etroc2", Etroc2Settings.class),
                settings.read("cuts", CutSettings.class),
                settings.read("report", ReportSettings.class));
    }

    @Test
    void defaults() {
        assertThat(sections(set()))
                .isEqualTo(new Sections(
                        new InputSettings(
                                "auto",
                                "auto",
                                InputSettings.Mode.PERMISSIVE,
                                ChargeFromQSel.FC,
                                false,
                                Inventory.OnOdd.FAIL,
                                Inventory.OnOdd.FAIL,
                                0.01,
                                1000,
                                0),
                        new ScanSettings(
                                ScanSettings.Kind.AUTO,
                                Map.of(),
                                null,
                                "calibration_code < 200",
                                ScanSettings.LowerLimits.DROP,
                                new NoiseSettings(null, null, null, 3, 4, null, 0.01, null, null),
                                new LaserSettings(null, null)),
                        new TelescopeSettings(
                                TelescopeSettings.Events.SEQUENCE,
                                List.of(0, 1, 3),
                                3,
                                8,
                                null,
                                null,
                                Calibration.Method.SLICES,
                                1000,
                                Saturated.Handling.DROP,
                                TelescopeSettings.Align.RUN,
                                new TimeWalkSettings(TimeWalkSettings.Fit.JOINT, 2, 1, 5.0),
                                new TelescopeSettings.Bootstrap(200, 1),
                                false),
                        ETROC2,
                        new CutSettings(List.of(), List.of(), false),
                        new ReportSettings("auto", List.of())));
    }

    private static String[] others() {
        return OTHERS.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .toArray(String[]::new);
    }

    @Test
    void everyKeyCanBeSet() {
        Settings settings = set(others());
        String origin = settings.read("cuts", CutSettings.class).times().get(0).origin();
        assertThat(origin).contains("etroc.cuts.times", "--set cuts.times");
        String table = Path.of("my.csv").toAbsolutePath().toString();
        assertThat(sections(settings))
                .isEqualTo(new Sections(
                        new InputSettings(
                                "words",
                                "nem-1",
                                InputSettings.Mode.FAILFAST,
                                ChargeFromQSel.CODE,
                                true,
                                Inventory.OnOdd.SKIP,
                                Inventory.OnOdd.SKIP,
                                0.5,
                                7,
                                9),
                        new ScanSettings(
                                ScanSettings.Kind.ETROC2_BENCH,
                                Map.of(0, 535, 1, 721),
                                1,
                                "(calibration_code < 150) AND time_of_arrival > 3",
                                ScanSettings.LowerLimits.KEEP,
                                new NoiseSettings(100.0, 15.0, 12.5, 5, 2, 20, 0.02, 200.0, 30.0),
                                new LaserSettings(3, 0.03)),
                        new TelescopeSettings(
                                TelescopeSettings.Events.COINCIDENCE,
                                List.of(3, 1),
                                4,
                                9,
                                50,
                                2,
                                Calibration.Method.MODE,
                                200,
                                Saturated.Handling.KEEP,
                                TelescopeSettings.Align.NONE,
                                new TimeWalkSettings(TimeWalkSettings.Fit.ODR, 3, 4, null),
                                new TelescopeSettings.Bootstrap(20, 77),
                                true),
                        new Etroc2Settings(
                                new AnyText("elink"),
                                4,
                                new AnyText("none"),
                                List.of(Etroc2Settings.Drop.CRC),
                                Map.of(0, Etroc2Settings.Role.DUT, 1, Etroc2Settings.Role.TRIG),
                                Etroc2Settings.Cal.MODE,
                                5,
                                60,
                                new CalSlices(false, 5000),
                                new Etroc2Settings.Hot(7, 200, 0.4),
                                List.of("3:R2C2"),
                                Map.of(1, List.of(0, 1), 2, List.of(-1, 0)),
                                List.of(2),
                                1.5,
                                50,
                                new ToaWindow(2, 10, true),
                                Map.of(2, List.of(60, 200)),
                                4.0,
                                new Etroc2Settings.Walk(Etroc2Settings.Walk.Grouping.BOARD),
                                new Etroc2Settings.Efficiency(2),
                                new Etroc2Settings.Noise(Etroc2Settings.NoiseTrigger.OTHER_BOARDS),
                                0.9,
                                new QinjSettings(1000, 68, 100, QinjSettings.Count.DATA, 20.0)),
                        new CutSettings(
                                List.of(Source.table(table)),
                                List.of(new Source("", "a < b", "fit", origin), Source.table("/abs/other.csv")),
                                true),
                        new ReportSettings("beam of May", List.of("pdf"))));
    }

    /** A key of reference.conf that no record has, or that nobody thought of here, fails. */
    @Test
    void thatIsEveryKey() {
        assertThat(set().all().keySet()).isEqualTo(OTHERS.keySet());
    }

    @ParameterizedTest
    @MethodSource("others")
    void eachReachesItsRecord(String assignment) {
        Settings settings = set(assignment);
        assertThat(sections(settings)).isNotEqualTo(sections(set()));
        String key = assignment.substring(0, assignment.indexOf('='));
        assertThat(settings.all().get(key)).isNotEqualTo(set().all().get(key));
    }

    @ParameterizedTest
    @MethodSource("others")
    void nullIsNoValue(String assignment) throws Exception {
        String key = assignment.substring(0, assignment.indexOf('='));
        assertThatThrownBy(() -> set(key + "=null"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--set " + key + ": 'etroc." + key + "' is null; possible: ");
        Path file = file("null.conf", "etroc {\n " + key + " = null\n}");
        assertThatThrownBy(() -> load(file))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("null.conf, line 2: 'etroc." + key + "' is null; possible: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"etroc", "etroc.scan", "etroc.scan.noise", "etroc.telescope.bootstrap"})
    void sectionsAreNotNull(String section) throws Exception {
        Path file = file("null.conf", section + " = null");
        assertThatThrownBy(() -> load(file))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("'" + section + "' is null; possible: a section");
    }

    @Test
    void whatAllSaysGivesTheSameSettings() {
        Settings settings = set(others());
        Settings again = Settings.load(Sections.class, settings.all(), List.of(), List.of());
        assertThat(again.all()).isEqualTo(settings.all());
        assertThat(again.all())
                .containsEntry("scan.resting-thresholds", "{\"0\":535,\"1\":721}")
                .containsEntry("scan.noise.flatness", "12.5");
        assertThat(again.read("scan", ScanSettings.class)).isEqualTo(settings.read("scan", ScanSettings.class));
    }

    @Test
    void keysOfAnEarlierResultMayBeGone() {
        Map<String, String> earlier = Map.of("scan.old-key", "3", "scan.noise.plateau", "7");
        Settings settings = Settings.load(Sections.class, earlier, List.of(), List.of("scan.noise.rolling-mean=5"));
        NoiseSettings noise = settings.read("scan", ScanSettings.class).noise();
        assertThat(noise.plateau()).isEqualTo(7);
        assertThat(noise.rollingMean()).isEqualTo(5);
    }

    @Test
    void laterOnesWin() throws Exception {
        Path one = file("one.conf", "etroc.scan.noise { plateau = 1, flatness = 1 }");
        Path two = file("two.conf", "etroc { scan.noise.plateau = 2 }");
        List<File> files = List.of(one.toFile(), two.toFile());
        NoiseSettings noise = Settings.load(Sections.class, Map.of(), files, List.of("scan.noise.edge-offset=7"))
                .read("scan.noise", NoiseSettings.class);
        assertThat(noise.plateau()).isEqualTo(2);
        assertThat(noise.flatness()).isEqualTo(1);
        assertThat(noise.edgeOffset()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "scan.noise.platau=1|etroc.scan.noise.plateau",
                "input.layout=etroc9|auto, split, words, beam",
                "scan.noise.rolling-mean=4|'etroc.scan.noise.rolling-mean' is 4; possible: an odd number",
                "scan.noise.rolling-mean=3.5|a whole number from 1 to 1001",
                "scan.noise.edge-offset=1e10|a whole number from -1023 to 1023",
                "scan.noise.plateau=-1|auto or a number from 0 up",
                "scan.noise.plateau=NaN|auto or a number from 0 up",
                "scan.noise.plateau=high|auto or a number from 0 up",
                "scan.trigger-board=4|none or a whole number from 0 to 3",
                "scan.resting-thresholds={2=1}|[0, 1, 3]",
                "scan.resting-thresholds={0=x}|'etroc.scan.resting-thresholds.0' is 'x'; possible: a whole number",
                "scan.resting-thresholds=3|auto or a section { key = a whole number }",
                "scan.resting-thresholds={a=1}|'etroc.scan.resting-thresholds.a' is 'a'; possible: a whole number",
                "input.max-malformed-fraction=2|a number from 0 to 1",
                "input.keep-all=perhaps|true or false",
                "telescope.pattern=[0, 2]|board ids [0, 1, 3]",
                "telescope.boards-required=4|'etroc.telescope.boards-required' is 4; possible: all or",
                "telescope.time-walk.fit=tls|joint, odr, ols",
                "cuts.events=[3]|a CSV file, an SQL expression",
                "cuts.events={sql = \"a < 1\", name = x}|a CSV file, an SQL expression",
                "cuts.events={output = x}|a CSV file, an SQL expression",
                "report.formats=[gif]|png, svg, pdf",
                "scan=3|unknown",
                "input=null|'etroc.input' is null; possible: a section { layout, dialect, mode",
                "nothing|key=value",
                "=1|key=value",
                ".=1|key=value",
                "etroc.=1|key=value",
                "scan.noise.plateau+=3|key=value",
            })
    void whatIsWrongSaysWhatIsPossible(String assignment, String hint) {
        assertThatThrownBy(() -> set(assignment))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(hint);
    }

    @Test
    void coincidencesNeedDifferentBoards() {
        assertThat(set("telescope.pattern=[0, 1, 0]")).isNotNull();
        assertThatThrownBy(() -> set("telescope.pattern=[0, 1, 0]", "telescope.events=coincidence"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--set telescope.pattern: 'etroc.telescope.pattern' is [0, 1, 0]")
                .hasMessageContaining("all different");
    }

    @Test
    void errorsAreToldAtOnceWithFileAndLine() throws Exception {
        Path file = file("bad.conf", """
                etroc {
                  input.mode = LOOSE
                  scan.noise { rolling-mean = 4, platau = 3 }
                }
                scan.cut = "calibration_code < 5"
                ectroc.scan.cut = x
                """);
        assertThatThrownBy(() -> load(file))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("5 errors in the settings:")
                .hasMessageContaining("bad.conf, line 2: 'etroc.input.mode' is 'LOOSE'; possible: permissive, drop")
                .hasMessageContaining("line 3: 'etroc.scan.noise.rolling-mean' is 4")
                .hasMessageContaining(
                        "line 3: 'etroc.scan.noise.platau' is unknown; the nearest known one is 'etroc.sc")
                .hasMessageContaining("line 5: 'scan.cut' is unknown; the nearest known one is 'etroc.scan.cut'")
                .hasMessageContaining("line 6: 'ectroc.scan.cut' is unknown; the nearest known one is 'etroc.scan.cut'")
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(6));
    }

    @Test
    void filesThatAreNoneAreErrors() throws Exception {
        assertThatThrownBy(() -> load(directory.resolve("none.conf")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("none.conf does not exist");
        Path file = file("odd.conf", "etroc {\n scan = [\n");
        assertThatThrownBy(() -> load(file)).isInstanceOf(UsageException.class).hasMessageContaining("odd.conf");
    }
}
