package etroc.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import etroc.UsageException;
import etroc.cuts.CutSettings;
import etroc.ingest.InputSettings;
import etroc.runs.ChargeFromQSel;
import etroc.runs.Inventory;
import etroc.scan.NoiseSettings;
import etroc.scan.ScanSettings;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    @TempDir
    Path directory;

    private static Settings set(String... assignments) {
        return Settings.load(Map.of(), List.of(), List.of(assignments));
    }

    @Test
    void defaults() {
        Settings settings = Settings.defaults();
        assertThat(settings.input())
                .isEqualTo(new InputSettings(
                        "auto",
                        InputSettings.Mode.PERMISSIVE,
                        ChargeFromQSel.FC,
                        false,
                        Inventory.OnOdd.FAIL,
                        Inventory.OnOdd.FAIL,
                        0.01,
                        1000,
                        0));
        assertThat(settings.scan())
                .isEqualTo(new ScanSettings(
                        Map.of(),
                        null,
                        "calibration_code < 200",
                        new NoiseSettings(null, null, null, 3, 4, null, null, null)));
        assertThat(settings.cuts()).isEqualTo(new CutSettings(List.of(), List.of(), false));
    }

    @Test
    void everyKeyCanBeSet() {
        Settings settings = set(
                "etroc.input.layout=words",
                "input.mode=failfast",
                "input.charge-from-qsel=code",
                "input.keep-all=true",
                "input.odd-names=skip",
                "input.duplicates=skip",
                "input.max-malformed-fraction=0.5",
                "input.malformed-lines-kept=7",
                "input.partitions=9",
                "scan.resting-thresholds={0=535, 1=721}",
                "scan.trigger-board=1",
                "scan.cut=(calibration_code < 150) AND time_of_arrival > 3",
                "scan.noise.plateau=100",
                "scan.noise.plateau-window=15",
                "scan.noise.flatness=12.5",
                "scan.noise.rolling-mean=5",
                "scan.noise.edge-offset=2",
                "scan.noise.charge=20",
                "scan.noise.trigger-plateau=200",
                "scan.noise.trigger-plateau-window=30",
                "cuts.events=my.csv",
                "cuts.times=[{sql = \"a < b\", output = fit}, other.csv]",
                "cuts.keep-events-without-data=true");
        assertThat(settings.input())
                .isEqualTo(new InputSettings(
                        "words",
                        InputSettings.Mode.FAILFAST,
                        ChargeFromQSel.CODE,
                        true,
                        Inventory.OnOdd.SKIP,
                        Inventory.OnOdd.SKIP,
                        0.5,
                        7,
                        9));
        assertThat(settings.scan())
                .isEqualTo(new ScanSettings(
                        Map.of(0, 535, 1, 721),
                        1,
                        "(calibration_code < 150) AND time_of_arrival > 3",
                        new NoiseSettings(100.0, 15.0, 12.5, 5, 2, 20, 200.0, 30.0)));
        assertThat(settings.cuts().events())
                .containsExactly(CutSettings.Source.table(
                        Path.of("my.csv").toAbsolutePath().toString()));
        assertThat(settings.cuts().times()).hasSize(2);
        assertThat(settings.cuts().times().get(0).output()).isEqualTo("fit");
        assertThat(settings.cuts().keepEventsWithoutData()).isTrue();
    }

    @Test
    void laterOnesWin() throws Exception {
        File one = Files.writeString(directory.resolve("one.conf"), "etroc.scan.noise { plateau = 1, flatness = 1 }")
                .toFile();
        File two = Files.writeString(directory.resolve("two.conf"), "etroc { scan.noise.plateau = 2 }")
                .toFile();
        NoiseSettings noise = Settings.load(Map.of(), List.of(one, two), List.of("scan.noise.edge-offset=7"))
                .scan()
                .noise();
        assertThat(noise.plateau()).isEqualTo(2);
        assertThat(noise.flatness()).isEqualTo(1);
        assertThat(noise.edgeOffset()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scan.noise.platau=1|etroc.scan.noise.plateau",
                "input.layout=etroc9|split, words, beam",
                "scan.noise.rolling-mean=4|odd",
                "scan.noise.plateau=-1|from 0",
                "scan.noise.plateau=high|auto or a number",
                "scan.resting-thresholds={2=1}|[0, 1, 3]",
                "scan.resting-thresholds={0=x}|thresholds by board",
                "input.max-malformed-fraction=2|0.0 to 1.0",
                "scan=3|unknown",
                "nothing|key=value",
            })
    void whatIsWrongSaysWhatIsPossible(String assignment, String hint) {
        assertThatThrownBy(() -> set(assignment))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(hint);
    }

    @Test
    void errorsNameFileAndLine() throws Exception {
        File file = Files.writeString(directory.resolve("bad.conf"), "etroc {\n input.mode = LOOSE\n}")
                .toFile();
        assertThatThrownBy(() -> Settings.load(Map.of(), List.of(file), List.of()))
                .hasMessageContaining("bad.conf: 2")
                .hasMessageContaining("LOOSE")
                .hasMessageContaining("permissive");
    }
}
