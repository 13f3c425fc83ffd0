package etroc.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import etroc.UsageException;
import etroc.cli.Sections;
import etroc.cuts.CutSettings;
import etroc.scan.ScanSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CampaignSettingsTest {
    @TempDir
    Path directory;

    private CampaignSettings load(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("campaign.conf"), text);
        return CampaignSettings.load(file.toFile(), Sections.class);
    }

    @Test
    void datasetsHaveTheirOwnSettingsOverTheSharedOnes() throws Exception {
        CampaignSettings campaign = load("""
                campaign {
                  output = out
                  keep = 3
                  datasets = [
                    { name = a, kind = scan, inputs = raw, settings { scan.noise.edge-offset = 7 } }
                    { name = "b ü", kind = TELESCOPE, until = cuts, inputs = ["hdfs://host/x/*", /abs]
                      tags { bias_voltage = 0.235 kV, temperature = 248.15 K, date = 2026-11-01, operator = "A. <b>" }
                      settings.etroc.cuts.events = [cuts.csv, "calibration_code_0 < 3"] }
                  ]
                }
                etroc { scan.noise.edge-offset = 5, scan.noise.rolling-mean = 5 }
                """);
        assertThat(campaign.output()).isEqualTo(directory.resolve("out").toString());
        assertThat(campaign.parallel()).isEqualTo(1);
        assertThat(campaign.keep()).isEqualTo(3);
        DatasetSettings a = campaign.datasets().get(0);
        assertThat(a.settings().read("scan", ScanSettings.class).noise().edgeOffset())
                .isEqualTo(7);
        assertThat(a.settings().read("scan", ScanSettings.class).noise().rollingMean())
                .isEqualTo(5);
        assertThat(a.inputs()).containsExactly(directory.resolve("raw").toString());
        assertThat(a.until()).isEmpty();
        DatasetSettings b = campaign.datasets().get(1);
        assertThat(b.kind()).isEqualTo("telescope");
        assertThat(b.until()).isEqualTo("cuts");
        assertThat(b.inputs()).containsExactly("hdfs://host/x/*", "/abs");
        assertThat(b.settings().read("scan", ScanSettings.class).noise().edgeOffset())
                .isEqualTo(5);
        assertThat(b.settings().read("cuts", CutSettings.class).events().get(0).csv())
                .isEqualTo(directory.resolve("cuts.csv").toString());
        assertThat(b.tags().get("bias_voltage").number()).isCloseTo(235, within(1e-12));
        assertThat(b.tags().get("temperature").number()).isCloseTo(-25, within(1e-9));
        assertThat(b.tags().get("date").text()).isEqualTo("2026-11-01");
        assertThat(b.tags().get("operator").text()).isEqualTo("A. <b>");
    }

    @Test
    void everyErrorIsToldAtOnceWithItsLine() {
        assertThatThrownBy(() -> load("""
                        campain { }
                        campaign {
                          output = out
                          paralel = 2
                          keep = some
                          datasets = [
                            { name = a, kind = scan, inputs = [raw], settings { scan.noise.platau = 3, scan.noise.rolling-mean = -1 } }
                            { name = a, kind = laser, until = [], inputs = [raw], colour = red }
                            { name = "x/y", kind = scan, tags { bias_voltage = 3 A, date = yesterday } }
                            7
                          ]
                        }
                        etroc.telescope.window = none
                        """))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("14 errors in campaign file")
                .hasMessageContaining("line 1: 'campain' is unknown; possible: campaign, etroc")
                .hasMessageContaining("line 4: 'campaign.paralel' is unknown")
                .hasMessageContaining("line 5: 'campaign.keep' is 'some'; possible: all or a whole number from 1 up")
                .hasMessageContaining("'etroc.scan.noise.platau'")
                .hasMessageContaining("nearest known one is 'etroc.scan.noise.plateau'")
                .hasMessageContaining("campaign.conf, line 7: 'etroc.scan.noise.rolling-mean' is -1")
                .hasMessageContaining("line 8: 'campaign.datasets.colour' is unknown")
                .hasMessageContaining("line 8: 'campaign.datasets.until' is []; possible: last or a text")
                .hasMessageContaining("line 8: dataset 'a' has the name of that at")
                .hasMessageContaining("line 9: 'x/y' is the name of a directory")
                .hasMessageContaining("line 9: 'campaign.datasets.inputs' is missing")
                .hasMessageContaining(
                        "line 9: 'campaign.datasets.tags.bias_voltage' is '3 A'; possible: a number, or one with a unit of V, kV, mV")
                .hasMessageContaining(
                        "line 9: 'campaign.datasets.tags.date' is 'yesterday'; possible: a date such as 2026-11-01")
                .hasMessageContaining("line 10: 'campaign.datasets' is 7; possible: a section { name, kind, inputs,")
                .hasMessageContaining("line 13: 'etroc.telescope.window' is 'none'; possible: a whole number from 1")
                .satisfies(e -> assertThat(e.getMessage().lines().count()).isEqualTo(15));
    }

    /** Databases and some file systems do not tell large letters from small. */
    @Test
    void namesThatCollideAreRefused() {
        assertThatThrownBy(() -> load("""
                        campaign {
                          output = out
                          datasets = [
                            { name = run, kind = scan, inputs = raw, tags { HV = 1, bias_voltage = 235 V } }
                            { name = Run, kind = scan, inputs = raw, tags { HV = 2 } }
                            { name = b, kind = scan, inputs = raw, tags { hv = 2 } }
                            { name = c, kind = scan, inputs = raw, tags { bias_voltage_v = 3 } }
                            { name = Campaign.SQLite, kind = scan, inputs = raw }
                            { name = "", kind = scan, inputs = raw }
                          ]
                        }
                        """))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("5 errors in campaign file")
                .hasMessageContaining("line 5: dataset 'Run' has the name of that at ")
                .hasMessageContaining("line 6: tag 'hv' would be the column of tag 'HV' at ")
                .hasMessageContaining("line 7: tag 'bias_voltage_v' would be the column of tag 'bias_voltage' at ")
                .hasMessageContaining("line 8: 'Campaign.SQLite' is the name of a directory")
                .hasMessageContaining("line 9: '' is the name of a directory");
    }

    @Test
    void nullIsNoValue() {
        assertThatThrownBy(() -> load("campaign {\n output = null\n parallel = null\n datasets = null }\netroc = null"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("line 2: 'campaign.output' is null; possible: a text")
                .hasMessageContaining("line 3: 'campaign.parallel' is null")
                .hasMessageContaining("line 4: 'campaign.datasets' is null; possible: a list of: a section { name,")
                .hasMessageContaining("line 5: 'etroc' is null");
    }

    @Test
    void filesThatAreNoneAreErrors() {
        assertThatThrownBy(() ->
                        CampaignSettings.load(directory.resolve("none.conf").toFile(), Sections.class))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("none.conf does not exist");
        assertThatThrownBy(() -> load("campaign {\n datasets = [\n"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("campaign.conf");
        assertThatThrownBy(() -> load("campaign { output = x }"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("'campaign.datasets' is missing");
    }
}
