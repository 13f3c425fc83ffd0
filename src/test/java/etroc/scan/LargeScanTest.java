package etroc.scan;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.runs.BoardSetting;
import etroc.runs.Run;
import etroc.scan.ScanCounts.RunHits;
import etroc.scan.laser.LaserSettings;
import etroc.store.Table;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A scan of 20,000 runs: 5,000 pixels of board 1 at four thresholds, one of which is that at rest. */
class LargeScanTest {
    private static final int PIXELS = 5000;
    private static final int[] THRESHOLDS = {580, 590, 600, 610};
    private static final int AT_REST = 600;
    /** What one processor may need [s]; pairs of runs would take ten times as long. */
    private static final double SECONDS = 5;

    private static double cpuSeconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
    }

    @Test
    void takesTimeInProportionToItsRuns() {
        List<Run> runs = new ArrayList<>();
        List<RunHits> hits = new ArrayList<>();
        for (int pixel = 0; pixel < PIXELS; pixel++) {
            for (int threshold : THRESHOLDS) {
                String name = "run_" + pixel + "_" + threshold;
                BoardSetting resting = new BoardSetting(0, "F9P5", 20, 500);
                runs.add(new Run(name, 0, List.of(resting, new BoardSetting(1, "P" + pixel, 20, threshold)), null));
                hits.add(new RunHits(name, 0, 7));
                hits.add(new RunHits(name, 1, threshold < AT_REST ? 100 : 0));
            }
        }
        double before = cpuSeconds();
        ScannedBoards boards = ScannedBoards.find(runs, Map.of(0, 500, 1, AT_REST));
        NoiseSettings noise = new NoiseSettings(null, null, null, 3, 4, null, 0.01, null, null);
        List<Table> tables = ScanFits.of(
                        runs,
                        boards,
                        hits,
                        new ScanSettings(
                                ScanSettings.Kind.AUTO,
                                Map.of(),
                                null,
                                "true",
                                ScanSettings.LowerLimits.DROP,
                                noise,
                                new LaserSettings(null, null)))
                .tables();
        assertThat(cpuSeconds() - before).isLessThan(SECONDS);

        assertThat(boards.ofNoBoard()).isEmpty();
        assertThat(boards.ofRun()).hasSize(runs.size());
        assertThat(table(tables, ScanTables.POINTS)).hasSize(runs.size());
        assertThat(table(tables, ScanTables.ALL_POINTS)).hasSize(runs.size() + 2 * PIXELS);
        assertThat(table(tables, ScanTables.DAC_CHARGE)).hasSize(PIXELS).allMatch(r -> r[2].equals(590L));
    }

    private static List<Object[]> table(List<Table> tables, String name) {
        return tables.stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseThrow()
                .rows();
    }
}
