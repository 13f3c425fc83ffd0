package etroc.telescope.etroc2;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.CommandRun;
import etroc.telescope.etroc2.Etroc2Settings.NoiseTrigger;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whether the intervals of efficiencies hold the truth as often as they say, and alignment and hot pixels are found, in many seeds
 * ({@code mvn -Ptrust verify}).
 */
@Tag("trust")
class EfficiencyTrustIT {
    private static final int SEEDS = 5 * Integer.getInteger("trust.seeds", 20);
    private static final double EFFICIENCY = 0.93;

    @TempDir
    Path directory;

    @Test
    void intervalsHoldTheTruth() throws Exception {
        int held = 0;
        int of = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            Path in = directory.resolve("in-" + seed);
            CommandRun.ok(
                    (Object[]) ("simulate telescope " + in + " --chip etroc2 --layout fpga --files 1 --seed " + seed
                                    + " --events 3000 --beam 7.5:7.5:1.5 --shifts 0:0,0:1,1:0,-1:-1 --hot 3:2:2:0.3"
                                    + " --noise 0.01 --efficiency " + EFFICIENCY)
                            .split(" "));
            Etroc2Telescope telescope = GoldenBeam.of(in.resolve("run_0"), 2, NoiseTrigger.NONE, Map.of());
            assertThat(telescope.tracks().get(0).alignment().stream().map(a -> a.rowShift() + ":" + a.columnShift()))
                    .as("seed " + seed)
                    .containsExactly("0:0", "0:1", "1:0", "-1:-1");
            assertThat(telescope.odd().stream()
                            .filter(o -> o.kind().equals("hot"))
                            .map(o -> Pixel.label(o.dataBoardId(), o.row() * Pixel.SIDE + o.column())))
                    .as("seed " + seed)
                    .containsExactly("3:R2C2");
            for (BoardEfficiency e : GoldenBeam.maps(telescope).efficiencies()) {
                of++;
                held += e.found().low() <= EFFICIENCY && EFFICIENCY <= e.found().high() ? 1 : 0;
            }
            FileUtils.deleteDirectory(in.toFile());
        }
        System.out.println("intervals of efficiencies that hold the truth: " + held + " of " + of);
        assertThat((double) held / of).isBetween(0.63, 0.75);
    }
}
