package etroc.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import etroc.simulate.ChipTelescope.Beam;
import etroc.simulate.ChipTelescope.Board;
import etroc.simulate.ChipTelescope.Flaws;
import etroc.simulate.ChipTelescope.Pixel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChipTelescopeSimulatorTest {
    private static final int TRIGGERS = 600;
    private static final Flaws USUAL = new Flaws(
            0.93,
            0.02,
            0,
            List.of(new ChipTelescope.Hot(new Pixel(3, 2, 2), 0.3)),
            List.of(new Pixel(2, 9, 9)),
            0.03,
            0.02,
            0,
            0,
            0);

    @TempDir
    Path directory;

    private static List<Board> boards(int l1, int bcid) {
        int[][] shifts = {{0, 0}, {0, 1}, {1, 0}, {0, 0}};
        return IntStream.range(0, 4)
                .mapToObj(b -> new Board(
                        0xCF4 + b,
                        40,
                        List.of(1.2, -0.22, 0.012),
                        shifts[b][0],
                        shifts[b][1],
                        b == 1 ? l1 : 0,
                        b == 1 ? bcid : 0))
                .toList();
    }

    private static ChipTelescope model(int runs, int readouts, Flaws flaws) {
        return new ChipTelescope(7, TRIGGERS, runs, readouts, 1, new Beam(7.5, 7.5, 3), boards(0, 0), flaws);
    }

    /** The frames as they were drawn, by run. */
    private static List<List<SimulatedFrames.Read>> drawn(ChipTelescope model, boolean fillers) {
        ChipEvents events = new ChipEvents(model, fillers, new ChipTruth(model, ""));
        List<List<SimulatedFrames.Read>> runs = new ArrayList<>();
        for (int run = 0; run < model.runs(); run++) {
            runs.add(new ArrayList<>());
            for (int t = 0; t < TRIGGERS / model.runs(); t++) {
                for (ChipEvents.ChipFrame f : events.next().frames()) {
                    runs.get(run).add(SimulatedFrames.Read.of(t, f));
                }
            }
        }
        return runs;
    }

    private ChipTruth write(ChipTelescope model, Carrier carrier, int files, String name) throws IOException {
        ChipTelescopeSimulator simulator = new ChipTelescopeSimulator(model, carrier, files);
        simulator.write(directory.resolve(name));
        return simulator.truth();
    }

    private SimulatedFrames read(Carrier carrier, String name, int run) {
        return SimulatedFrames.read(directory.resolve(name), carrier, run, 0);
    }

    @ParameterizedTest
    @EnumSource(Carrier.class)
    void everyLayoutReadsAsItWasDrawn(Carrier carrier) throws IOException {
        ChipTelescope model = model(2, 1, USUAL);
        ChipTruth truth = write(model, carrier, 3, "a");
        List<List<SimulatedFrames.Read>> drawn = drawn(model, carrier.hasFillers());
        long hits = 0;
        for (int run = 0; run < 2; run++) {
            SimulatedFrames read = read(carrier, "a", run);
            boolean chips = carrier.dialect().isEmpty()
                    || carrier.dialect().orElseThrow().hasChip();
            assertThat(read.frames)
                    .containsExactlyElementsOf(drawn.get(run).stream()
                            .map(f -> chips ? f : f.withoutChip())
                            .toList());
            hits += read.hits;
        }
        assertThat(hits).isEqualTo(truth.hits()).isGreaterThan(1500);
    }

    @Test
    void filesEndWithinEvents() throws IOException {
        write(model(1, 1, USUAL), Carrier.FPGA, 5, "fpga");
        write(model(1, 1, USUAL), Carrier.NEM_1, 5, "nem");
        long within = 0;
        for (int k = 1; k < 5; k++) {
            byte[] file = Files.readAllBytes(directory.resolve("fpga/run_0/file_" + k + ".bin"));
            within += (file[3] & 0xFF) == 0xC3 && (file[2] & 0xFF) == 0xA3 ? 0 : 1;
            assertThat(file.length % 4).isZero();
        }
        assertThat(within).isPositive();
        assertThat(IntStream.range(1, 5).mapToObj(k -> "nem/run_0/TDC_Data_translated_" + k + ".nem"))
                .anyMatch(f -> !firstLine(directory.resolve(f)).startsWith("EH"));
    }

    private static String firstLine(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.findFirst().orElse("");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(Carrier.class)
    void sameOptionsSameBytes(Carrier carrier) throws IOException {
        write(model(2, 1, USUAL), carrier, 3, "a");
        write(model(2, 1, USUAL), carrier, 3, "b");
        Map<String, byte[]> first = files("a");
        Map<String, byte[]> second = files("b");
        assertThat(first.keySet()).isEqualTo(second.keySet()).hasSizeGreaterThan(2);
        first.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(second.get(name)));
    }

    private Map<String, byte[]> files(String name) throws IOException {
        Map<String, byte[]> bytes = new TreeMap<>();
        Path root = directory.resolve(name);
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                bytes.put(root.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return bytes;
    }

    @Test
    void hotAndDeadPixelsShiftsAndWildCodesShow() throws IOException {
        ChipTruth truth = write(model(1, 1, USUAL), Carrier.FPGA, 1, "a");
        SimulatedFrames read = read(Carrier.FPGA, "a", 0);
        assertThat(read.hitsOf(3, 2, 2)).isBetween(130L, 240L);
        assertThat(read.hitsOf(2, 9, 9)).isZero();
        assertThat(read.meanRow(2) - read.meanRow(0)).isCloseTo(1, within(0.4));
        assertThat(read.meanColumn(1) - read.meanColumn(0)).isCloseTo(1, within(0.4));
        assertThat(read.wildCal)
                .isEqualTo(IntStream.range(0, 4)
                        .mapToLong(b -> truth.board(b).calAbove511())
                        .sum())
                .isPositive();
        assertThat(read.errors)
                .isEqualTo(IntStream.range(0, 4)
                        .mapToLong(b -> truth.board(b).hits(1) + truth.board(b).hits(3))
                        .sum())
                .isPositive();
        long expected = Math.round(TRIGGERS * 0.93);
        assertThat(truth.board(0).hits()).isBetween(expected - 60, expected + 40);
    }

    /** The difference of two boards' times, their walk taken off, is as wide as both resolutions together. */
    @Test
    void timesAreCommonToTheBoardsButForResolutionAndWalk() throws IOException {
        write(model(1, 1, Flaws.NONE), Carrier.FPGA, 1, "a");
        DescriptiveStatistics differences = new DescriptiveStatistics();
        Board board = boards(0, 0).get(0);
        read(Carrier.FPGA, "a", 0).times(board::walk).values().stream()
                .filter(t -> t[0] != 0 && t[1] != 0)
                .forEach(t -> differences.addValue((t[0] - t[1]) * 1000));
        double sigma = 40 * Math.sqrt(2);
        assertThat(differences.getN()).isGreaterThan(400);
        assertThat(differences.getMean()).isCloseTo(0, within(5 * sigma / Math.sqrt(differences.getN())));
        assertThat(differences.getStandardDeviation()).isBetween(0.9 * sigma, 1.25 * sigma);
    }

    @Test
    void countersHaveTheirOwnOrigins() throws IOException {
        ChipTelescope model =
                new ChipTelescope(7, TRIGGERS, 1, 1, 1, new Beam(7.5, 7.5, 3), boards(118, 3015), Flaws.NONE);
        write(model, Carrier.KCU, 1, "a");
        Map<Integer, long[]> first = read(Carrier.KCU, "a", 0).firstHeaders();
        assertThat(first.get(4)[0] - first.get(0)[0]).isEqualTo(118);
        assertThat(Math.floorMod(first.get(4)[1] - first.get(0)[1], 3564)).isEqualTo(3015);
        assertThat(first.get(8)).isEqualTo(first.get(0));
    }

    @Test
    void twoReadoutBoardsLoseTriggersOfTheirOwn() throws IOException {
        Flaws flaws = new Flaws(1, 0, 0, List.of(), List.of(), 0, 0, 0, 0.05, 0);
        ChipTruth truth = write(model(1, 2, flaws), Carrier.KCU, 1, "a");
        SimulatedFrames first = SimulatedFrames.read(directory.resolve("a"), Carrier.KCU, 0, 0);
        SimulatedFrames second = SimulatedFrames.read(directory.resolve("a"), Carrier.KCU, 0, 1);
        assertThat(first.firstHeaders().keySet()).containsExactly(0, 4);
        assertThat(second.firstHeaders().keySet()).containsExactly(0, 4);
        assertThat(truth.lostTriggers()).isBetween(30L, 95L);
        assertThat((long) first.frames.size() + second.frames.size())
                .isEqualTo(4L * TRIGGERS - 2 * truth.lostTriggers())
                .isEqualTo(truth.frames());
        assertThat(first.frames.size()).isNotEqualTo(second.frames.size());
    }

    @ParameterizedTest
    @EnumSource(Carrier.class)
    void lostFramesAndFaultsShow(Carrier carrier) throws IOException {
        Flaws flaws = new Flaws(1, 0, 0, List.of(), List.of(), 0, 0, 0.05, 0, 0.1);
        ChipTelescope model = model(1, 1, flaws);
        ChipTruth truth = write(model, carrier, 2, "a");
        SimulatedFrames read = read(carrier, "a", 0);
        Map<FrameFlaws.Flaw, Long> flawed = new TreeMap<>();
        for (FrameFlaws.Flaw flaw : FrameFlaws.Flaw.values()) {
            flawed.put(
                    flaw,
                    IntStream.range(0, 4)
                            .mapToLong(b -> truth.board(b).frames(flaw))
                            .sum());
        }
        long lost = IntStream.range(0, 4)
                .mapToLong(b -> truth.board(b).lostFrames())
                .sum();
        assertThat(lost).isBetween(70L, 180L);
        assertThat(read.frames.size() + lost).isEqualTo(4L * TRIGGERS);
        assertThat(read.flaws).isEqualTo(flawed);
    }
}
