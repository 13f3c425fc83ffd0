package etroc.simulate;

import etroc.layout.etroc2.ChipWord;
import etroc.layout.etroc2.CounterEvents;
import etroc.layout.etroc2.FpgaDecoder;
import etroc.layout.etroc2.FpgaError;
import etroc.layout.etroc2.FpgaEvent;
import etroc.layout.etroc2.FpgaSink;
import etroc.layout.etroc2.Frame;
import etroc.layout.etroc2.FrameFault;
import etroc.layout.etroc2.KcuDecoder;
import etroc.layout.etroc2.LayoutCounts;
import etroc.layout.etroc2.TextDecoder;
import etroc.layout.etroc2.TextDialect;
import etroc.layout.etroc2.TextSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/** A simulated run as the decoders read it. */
final class SimulatedFrames implements FpgaSink, TextSink {
    /** A frame as its words and the event that it is of. */
    record Read(long event, int board, List<Long> words) {
        static Read of(long event, ChipEvents.ChipFrame f) {
            return new Read(event, f.board(), Arrays.stream(f.words()).boxed().toList());
        }

        Read withoutChip() {
            List<Long> changed = new ArrayList<>(words);
            long t = changed.remove(changed.size() - 1);
            changed.add(ChipWord.trailer(0, ChipWord.status(t), ChipWord.hits(t), ChipWord.crc(t)));
            return new Read(event, board, changed);
        }
    }

    final List<Read> frames = new ArrayList<>();
    final Map<FrameFlaws.Flaw, Long> flaws = new TreeMap<>();
    long hits;
    long wildCal;
    long errors;
    private final boolean chipKnown;
    private final int channelsABoard;
    private final Map<Integer, long[]> first = new TreeMap<>();
    private final Map<Integer, Map<Integer, Integer>> syndromes = new TreeMap<>();

    private SimulatedFrames(boolean chipKnown, int channelsABoard) {
        this.chipKnown = chipKnown;
        this.channelsABoard = channelsABoard;
        for (FrameFlaws.Flaw flaw : FrameFlaws.Flaw.values()) {
            flaws.put(flaw, 0L);
        }
    }

    static SimulatedFrames read(Path directory, Carrier carrier, int run, int readout) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            for (int k = 0; Files.exists(directory.resolve(carrier.file(run, readout, k))); k++) {
                all.write(Files.readAllBytes(directory.resolve(carrier.file(run, readout, k))));
                if (carrier == Carrier.KCU) {
                    break;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] bytes = all.toByteArray();
        boolean chip = carrier.dialect().map(TextDialect::hasChip).orElse(true);
        SimulatedFrames read = new SimulatedFrames(chip, carrier == Carrier.KCU ? 4 : 1);
        LayoutCounts counts = carrier == Carrier.KCU
                ? read.kcu(bytes)
                : carrier == Carrier.FPGA
                        ? read.fpga(bytes)
                        : read.text(bytes, carrier.dialect().orElseThrow());
        if (!counts.whole().conserved()) {
            throw new AssertionError("not conserved: " + counts);
        }
        read.settle();
        return read;
    }

    private LayoutCounts kcu(byte[] bytes) {
        KcuDecoder decoder = new KcuDecoder(0, bytes.length, new CounterEvents(8, Map.of()), this);
        decoder.decode(bytes, 0, bytes.length);
        decoder.finish();
        return decoder.counts();
    }

    private LayoutCounts fpga(byte[] bytes) {
        int[] words = new int[bytes.length / 4];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
        FpgaDecoder decoder = new FpgaDecoder(0, words.length, this);
        decoder.decode(words, 0, words.length, true);
        return decoder.counts();
    }

    private LayoutCounts text(byte[] bytes, TextDialect dialect) {
        TextDecoder decoder = new TextDecoder(dialect, new CounterEvents(8, Map.of()), this);
        long number = 0;
        for (String line : new String(bytes, StandardCharsets.US_ASCII).lines().toList()) {
            byte[] own = line.getBytes(StandardCharsets.US_ASCII);
            decoder.decode(own, 0, own.length, number++);
        }
        decoder.finish();
        return decoder.counts();
    }

    @Override
    public void frame(Frame f) {
        add(f, f.event());
    }

    @Override
    public void frame(Frame f, FpgaEvent event) {
        add(f, event.ordinal());
    }

    private void add(Frame f, long event) {
        List<Long> words = new ArrayList<>(List.of(ChipWord.header(f.l1(), f.type(), f.bcid())));
        for (int i = 0; i < f.dataWords(); i++) {
            words.add(f.word(i));
            wildCal += ChipWord.cal(f.word(i)) >= 512 ? 1 : 0;
            errors += ChipWord.ea(f.word(i)) != 0 ? 1 : 0;
        }
        words.add(f.trailer());
        hits += f.complete() ? f.dataWords() : 0;
        frames.add(new Read(event, f.stream() / channelsABoard, words));
        first.putIfAbsent(f.stream(), new long[] {f.l1(), f.bcid()});
        note(f);
    }

    /** The flaw that the frame shows, if it is not its CRC. */
    private void note(Frame f) {
        FrameFlaws.Flaw flaw = !f.complete()
                ? FrameFlaws.Flaw.NO_TRAILER
                : has(f, FrameFault.COUNT)
                        ? FrameFlaws.Flaw.COUNT
                        : has(f, FrameFault.DUPLICATE)
                                ? FrameFlaws.Flaw.DUPLICATE
                                : has(f, FrameFault.TEST_PATTERN)
                                        ? FrameFlaws.Flaw.TEST_PATTERN
                                        : has(f, FrameFault.FOREIGN) ? FrameFlaws.Flaw.FOREIGN : FrameFlaws.Flaw.NONE;
        if (flaw != FrameFlaws.Flaw.NONE) {
            flaws.merge(flaw, 1L, Long::sum);
        } else if (chipKnown) {
            flaws.merge(FrameFlaws.Flaw.CRC, has(f, FrameFault.CRC) ? 1L : 0, Long::sum);
        } else {
            syndromes.computeIfAbsent(f.stream(), s -> new TreeMap<>()).merge(f.syndrome(), 1, Integer::sum);
        }
    }

    private static boolean has(Frame f, FrameFault fault) {
        return (f.faults() & fault.bit()) != 0;
    }

    /** Where the chip is unknown, the frames with another syndrome than most. */
    private void settle() {
        syndromes.values().forEach(s -> {
            int all = s.values().stream().mapToInt(n -> n).sum();
            int most = s.values().stream().mapToInt(n -> n).max().orElse(0);
            flaws.merge(FrameFlaws.Flaw.CRC, (long) all - most, Long::sum);
        });
    }

    @Override
    public void event(FpgaEvent event) {}

    @Override
    public void error(FpgaError error, long position) {
        throw new AssertionError(error + " at " + position);
    }

    @Override
    public void malformed(String reason, long line) {
        throw new AssertionError(line + ": " + reason);
    }

    /** L1 counter and BCID of the first header of each stream. */
    Map<Integer, long[]> firstHeaders() {
        return first;
    }

    private java.util.stream.LongStream dataOf(int board) {
        return frames.stream()
                .filter(f -> f.board == board)
                .flatMapToLong(
                        f -> f.words.subList(1, f.words.size() - 1).stream().mapToLong(w -> w));
    }

    long hitsOf(int board, int row, int column) {
        return dataOf(board)
                .filter(w -> ChipWord.row(w) == row && ChipWord.column(w) == column)
                .count();
    }

    double meanRow(int board) {
        return dataOf(board).mapToInt(ChipWord::row).average().orElseThrow();
    }

    double meanColumn(int board) {
        return dataOf(board).mapToInt(ChipWord::column).average().orElseThrow();
    }

    /** Times of the events' only hits by board, the walk taken off [ns]; 0: none. */
    Map<Long, double[]> times(DoubleUnaryOperator walk) {
        Map<Long, double[]> times = new TreeMap<>();
        for (Read f : frames) {
            if (f.words.size() == 3) {
                long w = f.words.get(1);
                double bin = 3.125 / ChipWord.cal(w);
                double tot = (2 * ChipWord.tot(w) - ChipWord.tot(w) / 32) * bin;
                times.computeIfAbsent(f.event, e -> new double[4])[f.board] =
                        12.5 - ChipWord.toa(w) * bin - walk.applyAsDouble(tot);
            }
        }
        return times;
    }
}
