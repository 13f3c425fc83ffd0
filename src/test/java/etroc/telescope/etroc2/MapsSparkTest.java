package etroc.telescope.etroc2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import etroc.CommandRun;
import etroc.Golden;
import etroc.telescope.etroc2.Etroc2Settings.NoiseTrigger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maps, efficiencies, noise and neighbours: those of the golden case, and what a simulation was told. */
class MapsSparkTest {
    private static final double CROSSTALK = 0.05;
    private static final double NOISE = 0.5;
    private static final double EFFICIENCY = 0.9;
    private static final int TRIGGERS = 12_000;
    private static final double PIXELS = 256;

    @TempDir
    static Path directory;

    private static Etroc2Telescope telescope;
    private static Maps maps;

    @BeforeAll
    static void simulate() {
        String options = " --chip etroc2 --layout fpga --files 1 --seed 4 --beam 8:8:1.5 --occupancy 0.5 --events "
                + TRIGGERS + " --efficiency " + EFFICIENCY + " --noise " + NOISE + " --crosstalk " + CROSSTALK
                + " --shifts 0:0,0:1,1:0,-1:-1 --hot 3:2:2:0.2";
        CommandRun.ok((Object[]) ("simulate telescope " + directory.resolve("in") + options).split(" "));
        telescope = GoldenBeam.of(directory.resolve("in/run_0"), 3, NoiseTrigger.OTHER_BOARDS, Map.of());
        maps = GoldenBeam.maps(telescope);
    }

    private static double number(Map<String, String> row, String key) {
        return Double.parseDouble(row.getOrDefault(key, ""));
    }

    @Test
    void efficienciesOfTheGoldenTelescope() {
        Path golden = Golden.whole("etroc2-telescope");
        Maps one = GoldenBeam.maps(GoldenBeam.telescope(golden, 1));
        assertThat(one.efficiencyMap().stream()
                        .filter(e -> e.found().denominator() > 0)
                        .map(e -> List.of(
                                (long) e.dataBoardId(),
                                (long) e.row(),
                                (long) e.column(),
                                e.found().denominator(),
                                e.found().foundNear())))
                .isEqualTo(Golden.csv(golden.resolve("expected/efficiency_map.csv")).stream()
                        .map(r -> List.of("board", "row", "col", "denominator", "found_near").stream()
                                .map(k -> Long.valueOf(r.get(k)))
                                .toList())
                        .toList());
        List<Map<String, String>> rows = Golden.csv(golden.resolve("expected/efficiency.csv"));
        assertThat(one.efficiencies()).hasSameSizeAs(rows);
        for (int i = 0; i < rows.size(); i++) {
            Found e = one.efficiencies().get(i).found();
            Map<String, String> row = rows.get(i);
            assertThat(List.of(e.denominator(), e.foundNear(), e.foundAnywhere()))
                    .isEqualTo(List.of("denominator", "found_near", "found_anywhere").stream()
                            .map(k -> Long.valueOf(row.get(k)))
                            .toList());
            assertThat(e.low()).isCloseTo(number(row, "low"), within(1e-6));
            assertThat(e.high()).isCloseTo(number(row, "high"), within(1e-6));
        }
        assertThat(one.efficiencies().stream().map(BoardEfficiency::remark))
                .containsExactly("board triggers", "", "", "");
        assertThat(one.hits()).extracting(HitMap::remark).containsOnly("no noise rate: noise.trigger is none");
        Maps seven = GoldenBeam.maps(GoldenBeam.telescope(golden, 7));
        assertThat(seven).isEqualTo(one);
    }

    /** Beside the beam: particles on pixels of the other boards that have too few hits for a calibration are taken for none. */
    private static boolean isBesideTheBeam(HitMap h) {
        return Stream.of(h.row(), h.column()).anyMatch(i -> i < 2 || i > 14);
    }

    /** What is a number of its own in each pixel, and its sum over a board. */
    @Test
    void noiseIsWhatWasSimulated() {
        double rate = NOISE / PIXELS / 25e-9;
        for (int board = 1; board < 4; board++) {
            int own = board;
            List<Noise> noise = maps.hits().stream()
                    .filter(h -> h.dataBoardId() == own && isBesideTheBeam(h))
                    .map(HitMap::noise)
                    .toList();
            assertThat(noise)
                    .hasSize(256 - 13 * 13)
                    .allSatisfy(n -> assertThat(n.noiseFrames()).isBetween(TRIGGERS / 10L, TRIGGERS * 6L / 10));
            double hits = noise.stream().mapToLong(Noise::noiseHits).sum();
            double mean = noise.stream().mapToDouble(Noise::noiseHz).average().orElseThrow();
            // a pixel of a noise hit may have another
            assertThat(mean / rate).isCloseTo(1, within(0.05 + 4 / Math.sqrt(hits)));
            double chi2 = noise.stream()
                    .filter(n -> n.noiseHits() > 0)
                    .mapToDouble(n -> Math.pow((n.noiseHz() - mean) / n.noiseUncHz(), 2))
                    .sum();
            assertThat(chi2).isBetween(40.0, 160.0);
        }
        assertThat(maps.hits().stream().filter(h -> h.dataBoardId() == 0))
                .allSatisfy(h -> assertThat(h.remark()).isEqualTo("no noise rate: board triggers"))
                .allSatisfy(h -> assertThat(h.noise()).isEqualTo(Noise.NONE));
    }

    @Test
    void efficiencyAlignmentAndHotPixelsAreWhatWasSimulated() {
        assertThat(telescope.tracks().get(0).alignment().stream().map(a -> a.rowShift() + ":" + a.columnShift()))
                .containsExactly("0:0", "0:1", "1:0", "-1:-1");
        assertThat(telescope.odd().stream()
                        .map(o -> o.kind() + " " + o.dataBoardId() + " " + o.row() + " " + o.column()))
                .contains("hot 3 2 2");
        double random = 9 * NOISE / PIXELS;
        for (BoardEfficiency e : maps.efficiencies()) {
            Found f = e.found();
            double truth = EFFICIENCY + (1 - EFFICIENCY) * random;
            double unc = Math.sqrt(truth * (1 - truth) / f.denominator());
            assertThat(f.denominator()).isGreaterThan(500);
            assertThat(f.efficiency()).isCloseTo(truth, within(4 * unc));
            assertThat(f.low()).isLessThan(f.efficiency());
            assertThat(f.high()).isGreaterThan(f.efficiency());
            assertThat(f.accidental() / (double) f.denominator())
                    .isCloseTo(random, within(4 * Math.sqrt(random / f.denominator())));
            assertThat(f.foundAnywhere()).isGreaterThan(f.foundNear());
        }
    }

    @Test
    void crosstalkIsWhatWasSimulated() {
        assertThat(maps.neighbours()).hasSize(4 * 4 * 8);
        for (Neighbour n : maps.neighbours()) {
            double truth = n.isAtSide() ? CROSSTALK : 0;
            assertThat((n.excess() - truth) / n.excessUnc()).as(n.toString()).isBetween(-4.5, 4.5);
            assertThat(n.expected()).as(n.toString()).isCloseTo(NOISE / PIXELS, within(0.002));
            assertThat(n.found() / (double) n.events()).isEqualTo(n.fraction());
        }
        for (int board = 0; board < 4; board++) {
            int own = board;
            List<Neighbour> sides = maps.neighbours().stream()
                    .filter(n -> n.dataBoardId() == own && n.isAtSide())
                    .toList();
            double excess = sides.stream()
                    .filter(n -> n.tot().equals("all"))
                    .mapToDouble(Neighbour::excess)
                    .average()
                    .orElseThrow();
            assertThat(excess).isCloseTo(CROSSTALK, within(0.008));
            for (Neighbour all :
                    sides.stream().filter(n -> n.tot().equals("all")).toList()) {
                List<Neighbour> thirds = sides.stream()
                        .filter(n -> n.rows() == all.rows()
                                && n.columns() == all.columns()
                                && !n.tot().equals("all"))
                        .toList();
                assertThat(thirds).extracting(Neighbour::tot).containsExactly("low", "middle", "high");
                assertThat(thirds.stream().mapToLong(Neighbour::events).sum()).isEqualTo(all.events());
                assertThat(thirds.stream().mapToLong(Neighbour::found).sum()).isEqualTo(all.found());
                assertThat(thirds)
                        .allSatisfy(
                                t -> assertThat(3.0 * t.events() / all.events()).isCloseTo(1, within(0.35)));
                // coupled hits come half a nanosecond later, and some of noise at any time
                assertThat(all.dtoaMeanNs()).isCloseTo(0.5, within(5 * all.dtoaStdNs() / Math.sqrt(all.timed())));
            }
        }
    }

    @Test
    void clustersAndCountsAddUp() {
        for (int board = 0; board < 4; board++) {
            int own = board;
            long hits = maps.hits().stream()
                    .filter(h -> h.dataBoardId() == own)
                    .mapToLong(HitMap::hits)
                    .sum();
            long hot = maps.hits().stream()
                    .filter(h -> own == 3 && h.dataBoardId() == 3 && h.row() == 2 && h.column() == 2)
                    .mapToLong(HitMap::hits)
                    .sum();
            assertThat(maps.clusters().stream()
                            .filter(c -> c.dataBoardId() == own)
                            .mapToLong(c -> c.size() * c.clusters())
                            .sum())
                    .isEqualTo(hits - hot);
            for (String per : List.of("frame", "event")) {
                List<HitCount> counts = maps.counts().stream()
                        .filter(c -> c.per().equals(per) && Integer.valueOf(own).equals(c.dataBoardId()))
                        .toList();
                assertThat(counts.stream().mapToLong(HitCount::count).sum()).isEqualTo(TRIGGERS);
                assertThat(counts.stream().mapToLong(c -> c.hits() * c.count()).sum())
                        .isEqualTo(hits);
            }
        }
        assertThat(maps.counts().stream()
                        .filter(c -> c.dataBoardId() == null)
                        .mapToLong(c -> c.hits() * c.count())
                        .sum())
                .isEqualTo(maps.hits().stream().mapToLong(HitMap::hits).sum());
    }

    /** A text without empty frames: nothing can be said of efficiencies, and that stands beside them. */
    @Test
    void withoutEmptyFramesThereIsNoEfficiency() {
        BeamInput input = telescope.input();
        Dataset<Row> written = input.frames().filter(functions.col("data_words").gt(0));
        BeamInput text = new BeamInput(input.hits(), written, java.util.Set.of("run_0"));
        Etroc2Telescope without = GoldenBeam.of(text, NoiseTrigger.NONE);
        Frames frames = Frames.of(without);
        assertThat(frames.withoutEmpty()).containsExactly("run_0");
        assertThat(Efficiencies.map(Predictions.of(without, frames), without.settings()))
                .isEmpty();
        assertThat(BoardEfficiency.of(without, frames, List.of(), List.of()))
                .hasSize(4)
                .allSatisfy(e -> {
                    assertThat(e.found().efficiency()).isNaN();
                    assertThat(e.remark()).contains("frames without hits were not written");
                });
    }

    /** A lost frame is no inefficiency, but is counted; of a board that has a hit in every event it is asked whether it triggers. */
    @Test
    void lostFramesAndBoardsThatTrigger() {
        CommandRun.ok((Object[]) ("simulate telescope " + directory.resolve("lost")
                        + " --chip etroc2 --layout fpga --files 1 --seed 2 --events 3000 --beam 8:8:1 --lost-frames 0.1")
                .split(" "));
        Etroc2Telescope lost = GoldenBeam.of(directory.resolve("lost/run_0"), 2, NoiseTrigger.RANDOM, Map.of());
        Frames frames = Frames.of(lost);
        List<Efficiency> map = Efficiencies.map(Predictions.of(lost, frames), lost.settings());
        BoardEfficiency e =
                BoardEfficiency.of(lost, frames, HitCount.of(lost, frames), map).get(2);
        assertThat(e.found().efficiency()).isEqualTo(1);
        assertThat(e.found().noFrame()
                        / (double) (e.found().noFrame() + e.found().denominator()))
                .isCloseTo(0.1, within(0.03));
        assertThat(e.inner().denominatorInner())
                .isPositive()
                .isLessThan(e.found().denominator());
        assertThat(e.remark()).isEmpty();
        List<HitCount> full = List.of(new HitCount("event", 2, 1, 3000), new HitCount("event", 1, 0, 7));
        List<Efficiency> ofTwo = map.stream().filter(m -> m.dataBoardId() == 2).toList();
        assertThat(BoardEfficiency.of(lost, frames, full, ofTwo).stream().map(BoardEfficiency::remark))
                .containsExactly(
                        "board triggers",
                        "no events",
                        "board triggers? every event has a hit on it",
                        "board triggers? every event has a hit on it");
    }
}
