package etroc.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import etroc.UsageException;
import etroc.pipeline.AnalysisKind;
import etroc.telescope.TelescopeStage;
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
        return CampaignSettings.load(file.toFile());
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
        assertThat(a.settings().scan().noise().edgeOffset()).isEqualTo(7);
        assertThat(a.settings().scan().noise().rollingMean()).isEqualTo(5);
        assertThat(a.inputs()).containsExactly(directory.resolve("raw").toString());
        assertThat(a.until()).isEqualTo(TelescopeStage.RESOLUTION);
        DatasetSettings b = campaign.datasets().get(1);
        assertThat(b.kind()).isEqualTo(AnalysisKind.TELESCOPE);
        assertThat(b.until()).isEqualTo(TelescopeStage.CUTS);
        assertThat(b.inputs()).containsExactly("hdfs://host/x/*", "/abs");
        assertThat(b.settings().scan().noise().edgeOffset()).isEqualTo(5);
        assertThat(b.settings().cuts().events().get(0).csv())
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
                            { name = a, kind = laser, inputs = [raw], colour = red }
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
                .hasMessageContaining("line 5: 'keep' is some; possible: all, or a whole number from 1 up")
                .hasMessageContaining("'etroc.scan.noise.platau'")
                .hasMessageContaining("nearest known one is 'etroc.scan.noise.plateau'")
                .hasMessageContaining("etroc.scan.noise.rolling-mean")
                .hasMessageContaining("campaign.conf: 7")
                .hasMessageContaining("line 8: 'dataset.colour' is unknown")
                .hasMessageContaining("line 8: 'kind' is 'laser'; possible: ingest, scan, telescope")
                .hasMessageContaining("line 8: dataset 'a' has the name of that at")
                .hasMessageContaining("line 9: 'x/y' is the name of a directory")
                .hasMessageContaining("line 9: 'inputs' is missing")
                .hasMessageContaining(
                        "line 9: tag 'bias_voltage' is '3 A'; possible: a number, or one with a unit of V, kV, mV")
                .hasMessageContaining("line 9: tag 'date' is 'yesterday'; possible: a date such as 2026-11-01")
                .hasMessageContaining("line 10: a dataset is {")
                .hasMessageContaining("etroc.telescope.window")
                .satisfies(e -> assertThat(e.getMessage().lines().count()).isEqualTo(15));
    }

    @Test
    void filesThatAreNoneAreErrors() {
        assertThatThrownBy(() ->
                        CampaignSettings.load(directory.resolve("none.conf").toFile()))
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
