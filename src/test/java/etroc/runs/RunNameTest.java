package etroc.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import etroc.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunNameTest {
    private static final String SCAN = "TDC_Data_PhaseAdj250_F9P5_QSel15_DAC428_F11P5_QSel20_DAC721_F5P9_QSel21_DAC723";

    @ParameterizedTest
    @CsvSource({"_Split_17.dat,17", "_17_Split.dat,17", "_17.dat,17", ".dat,0", "_Split_2.dat.gz,2", "_Split_10.txt,10"
    })
    void readsScanNames(String ending, int split) {
        RunName.Parsed parsed = RunName.parse(SCAN + ending, ChargeFromQSel.FC);
        assertThat(parsed.split()).isEqualTo(split);
        assertThat(parsed.run().name()).isEqualTo(SCAN);
        assertThat(parsed.run().phase()).isEqualTo(250);
        assertThat(parsed.run().boards())
                .containsExactly(
                        new BoardSetting(0, "F9P5", 15, 428),
                        new BoardSetting(1, "F11P5", 20, 721),
                        new BoardSetting(3, "F5P9", 21, 723));
    }

    @Test
    void chargeCodeIsOneLessThanTheCharge() {
        BoardSetting board =
                RunName.parse(SCAN + ".dat", ChargeFromQSel.CODE).run().setting(0);
        assertThat(board).isNotNull();
        assertThat(board.charge()).isEqualTo(16);
    }

    @Test
    void readsLaserNames() {
        Run run = RunName.parse(
                        "Array_Data_Pixel=0_DAC_P0=418_LaserAttenuation=8525_CLSel=0_RfSel=2_PhaseAdj=7_B1_20000_04-26_16-11-02.dat",
                        ChargeFromQSel.FC)
                .run();
        assertThat(run.laserAttenuation()).isEqualTo(85.25);
        assertThat(run.phase()).isEqualTo(7);
        assertThat(run.boards()).containsExactly(new BoardSetting(0, "0", null, 418));
        for (String wrong : new String[] {"10001", "85.0", ""}) {
            assertThatThrownBy(() ->
                            RunName.parse("Pixel=0_DAC=418_LaserAttenuation=" + wrong + "_B1.dat", ChargeFromQSel.FC))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("a number from 0 to 10000");
        }
        assertThat(RunName.parse("Pixel=0_DAC=418_QSel=4.dat", ChargeFromQSel.FC)
                        .run()
                        .laserAttenuation())
                .isNull();
    }

    @Test
    void readsTelescopeNames() {
        RunName.Parsed parsed = RunName.parse("F5P5_F17P5_B2P5_Beam_MidLowPower_HV215.txt", ChargeFromQSel.FC);
        assertThat(parsed.run().biasVoltage()).isEqualTo(215.0);
        assertThat(parsed.run().boards().stream().map(BoardSetting::pixel)).containsExactly("F5P5", "F17P5", "B2P5");
        assertThat(parsed.run().boards().stream().map(BoardSetting::board)).containsExactly(0, 1, 3);
        RunName.Parsed words = RunName.parse("F9P5_F11P5_F5P9_Beam_0324_8PM.txt", ChargeFromQSel.FC);
        assertThat(words.run().name()).isEqualTo("F9P5_F11P5_F5P9_Beam_0324_8PM");
        assertThat(RunName.parse("F9P5_F11P5_F5P9_Beam_0324.txt", ChargeFromQSel.FC)
                        .split())
                .isZero();
        assertThat(RunName.parse("F9P5_F11P5_F5P9_Beam_324.dat", ChargeFromQSel.FC)
                        .split())
                .isEqualTo(324);
    }

    @Test
    void readsSingleChipNames() {
        Run run = RunName.parse(
                        "Pixel=0_DAC_P0=450_QSel=4_LaserAttenuation=8500_PhaseAdj=090_B1_200000_07-23_16-11-02.dat",
                        ChargeFromQSel.FC)
                .run();
        assertThat(run.phase()).isEqualTo(90);
        assertThat(run.boards()).containsExactly(new BoardSetting(0, "0", 4, 450));
    }

    @ParameterizedTest
    @CsvSource({
        "TDC_Data_PhaseAdj0_F9P5_QSel15_DACx_Split_0.dat,'DACx'",
        "TDC_Data_PhaseAdj256_F9P5_QSel15_DAC1.dat,'PhaseAdj256'",
        "TDC_Data_PhaseAdj0_F9P5_QSel15_DAC1024.dat,'DAC1024'",
        "TDC_Data_PhaseAdj0_F9P5_QSel15.dat,the end of the name",
        "notes.txt,notes",
        "Pixel=a_DAC=4.dat,Pixel=a",
    })
    void showsNamePatternAndFirstTokenThatFailed(String name, String token) {
        assertThatThrownBy(() -> RunName.parse(name, ChargeFromQSel.FC))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(token)
                .hasMessageContaining("PhaseAdj<n>_<pixel>");
    }

    @Test
    void freeWordsOfABeamRunMayHoldAnything() {
        String name = "F9P5_F11P5_F5P9_Beam_tilt=<3>_HV235";
        Run run = RunName.parse(name + ".txt", ChargeFromQSel.FC).run();
        assertThat(run.name()).isEqualTo(name);
        assertThat(run.biasVoltage()).isEqualTo(235.0);
        assertThat(run.setting(3)).isNotNull();
    }
}
