package etroc.scan;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.runs.ChargeFromQSel;
import etroc.runs.Run;
import etroc.runs.RunName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScannedBoardsTest {
    private static Run run(int q0, int d0, int q1, int d1) {
        return RunName.parse(
                        "TDC_Data_PhaseAdj0_F9P5_QSel" + q0 + "_DAC" + d0 + "_F11P5_QSel" + q1 + "_DAC" + d1
                                + "_Split_0.dat",
                        ChargeFromQSel.FC)
                .run();
    }

    private static List<Run> scanOfBoth() {
        List<Run> runs = new ArrayList<>();
        for (int t = 400; t < 410; t++) {
            runs.add(run(20, 500, 15, t));
            runs.add(run(15, t, 20, 600));
        }
        return runs;
    }

    @Test
    void findsRestingThresholdsAndWhoMoves() {
        ScannedBoards found = ScannedBoards.find(scanOfBoth(), Map.of());
        assertThat(found.resting()).isEqualTo(Map.of(0, 500, 1, 600));
        assertThat(found.isScanned(run(20, 500, 15, 405).name(), 1)).isTrue();
        assertThat(found.isScanned(run(20, 500, 15, 405).name(), 0)).isFalse();
        assertThat(found.isScanned(run(15, 405, 20, 600).name(), 0)).isTrue();
        assertThat(found.ofNoBoard()).isEmpty();
    }

    @Test
    void aBoardWithOneThresholdRestsAndTheOtherIsScannedInAllRuns() {
        List<Run> runs = new ArrayList<>();
        for (int t = 400; t < 420; t++) {
            runs.add(run(20, 500, 15, t));
        }
        ScannedBoards found = ScannedBoards.find(runs, Map.of());
        assertThat(found.resting()).isEqualTo(Map.of(0, 500));
        assertThat(found.ofRun())
                .hasSize(20)
                .allSatisfy((name, boards) -> assertThat(boards).isEqualTo(Set.of(1)));
    }

    @Test
    void aRunWithAllBoardsAtRestBelongsToTheOneWithAnotherCharge() {
        List<Run> runs = scanOfBoth();
        runs.add(run(20, 500, 15, 600));
        assertThat(ScannedBoards.find(runs, Map.of()).ofRun())
                .containsEntry(run(20, 500, 15, 600).name(), Set.of(1));
    }

    @Test
    void withNoOtherChargeItBelongsToTheScanAroundIt() {
        List<Run> runs = new ArrayList<>(scanOfBoth());
        for (int t : new int[] {596, 598, 602, 604}) {
            runs.add(run(20, 500, 20, t));
        }
        runs.add(run(20, 500, 20, 600));
        assertThat(ScannedBoards.find(runs, Map.of()).ofRun())
                .containsEntry(run(20, 500, 20, 600).name(), Set.of(1));
    }

    @Test
    void otherwiseItCountsForNoBoard() {
        List<Run> runs = scanOfBoth();
        runs.add(run(20, 500, 20, 600));
        ScannedBoards found = ScannedBoards.find(runs, Map.of());
        assertThat(found.ofNoBoard()).containsExactly(run(20, 500, 20, 600).name());
        assertThat(found.ofRun()).hasSize(20);
    }

    @Test
    void configuredThresholdsWin() {
        assertThat(ScannedBoards.find(scanOfBoth(), Map.of(0, 405)).resting()).isEqualTo(Map.of(0, 405, 1, 600));
    }
}
