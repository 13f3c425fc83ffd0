package etroc.layout.etroc2;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.Golden;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WritersTest {
    private static final Path FPGA = Golden.mini("etroc2-fpga").resolve("input/clean");

    /** A complete frame as its words. */
    private record Words(int stream, List<Long> words) {
        static Words of(Frame f) {
            List<Long> words = new ArrayList<>();
            words.add(ChipWord.header(f.l1(), f.type(), f.bcid()));
            for (int i = 0; i < f.dataWords(); i++) {
                words.add(f.word(i));
            }
            words.add(f.trailer());
            return new Words(f.stream(), words);
        }

        static Words random(Random random, int stream, int chip) {
            long header = ChipWord.header(random.nextInt(256), random.nextInt(4), random.nextInt(4096));
            long[] data = random.longs(random.nextInt(5), 0, 1L << 39)
                    .map(w -> w | 1L << 39)
                    .toArray();
            List<Long> words = new ArrayList<>(List.of(header));
            Arrays.stream(data).forEach(words::add);
            words.add(ChipWriter.trailer(header, data, chip, random.nextInt(64)));
            return new Words(stream, words);
        }

        Words withoutChip() {
            List<Long> changed = new ArrayList<>(words);
            long t = changed.remove(changed.size() - 1);
            changed.add(ChipWord.trailer(0, ChipWord.status(t), ChipWord.hits(t), ChipWord.crc(t)));
            return new Words(stream, changed);
        }
    }

    private static List<Words> randomFrames(int streams) {
        Random random = new Random(11);
        List<Words> frames = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            frames.add(Words.random(random, i % streams, 0x17F0F));
        }
        return frames;
    }

    @Test
    void kcuRecordsReadAsTheyWereWritten() {
        List<Words> frames = randomFrames(256);
        long[] records = frames.stream()
                .flatMapToLong(f -> f.words.stream().mapToLong(w -> ChipWriter.kcuRecord(f.stream, w)))
                .toArray();
        byte[] bytes = ChipWriter.kcuBytes(records);
        List<Words> read = new ArrayList<>();
        KcuDecoder decoder = new KcuDecoder(0, bytes.length, f -> {
            assertThat(f.syndrome()).isZero();
            read.add(Words.of(f));
        });
        decoder.decode(bytes, 0, bytes.length);
        decoder.finish();
        assertThat(read).isEqualTo(frames);
        assertThat(decoder.counts().markerMismatches()).isZero();
    }

    private static final class Events implements FpgaSink {
        final Map<Long, List<Words>> frames = new TreeMap<>();
        final List<int[]> fields = new ArrayList<>();

        @Override
        public void frame(Frame frame, FpgaEvent event) {
            frames.computeIfAbsent(event.ordinal(), e -> new ArrayList<>()).add(Words.of(frame));
        }

        @Override
        public void event(FpgaEvent e) {
            frames.computeIfAbsent(e.ordinal(), x -> new ArrayList<>());
            fields.add(new int[] {
                e.mask(), e.number(), e.type(), e.hitsDeclared(), e.overflow(), e.hamming(), e.crc(), (int) e.position()
            });
        }

        @Override
        public void error(FpgaError error, long position) {
            throw new AssertionError(error + " at " + position);
        }

        long[] words(int event) {
            return frames.get((long) event).stream()
                    .flatMapToLong(f -> f.words.stream().mapToLong(Long::longValue))
                    .toArray();
        }
    }

    private static Events read(int[] words) {
        Events events = new Events();
        new FpgaDecoder(0, words.length, events).decode(words, 0, words.length, true);
        return events;
    }

    private static int[] golden() {
        int[][] files = new int[3][];
        for (int i = 0; i < 3; i++) {
            byte[] bytes = Golden.read(FPGA.resolve("file_" + i + ".bin"));
            files[i] = new int[bytes.length / 4];
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(files[i]);
        }
        return Arrays.stream(files).flatMapToInt(Arrays::stream).toArray();
    }

    /** The words of the golden case, written again, but for the trailers, whose counts and CRC are the firmware's. */
    @Test
    void fpgaEventsAreTheWordsTheyWereReadFrom() {
        int[] words = golden();
        Events events = read(words);
        assertThat(events.fields).hasSize(30);
        for (int i = 0; i < 30; i++) {
            int[] f = events.fields.get(i);
            int[] written = ChipWriter.fpgaEvent(f[0], f[1], f[2], events.words(i));
            int[] original = Arrays.copyOfRange(words, f[7], f[7] + written.length);
            original[original.length - 1] &= ~0x3FFF;
            assertThat(written).isEqualTo(original);
        }
    }

    @Test
    void fpgaEventsReadAsTheyWereWritten() {
        List<Words> frames = randomFrames(4);
        List<Integer> words = new ArrayList<>();
        for (int i = 0; i < frames.size(); i += 4) {
            long[] four = frames.subList(i, i + 4).stream()
                    .flatMapToLong(f -> f.words.stream().mapToLong(Long::longValue))
                    .toArray();
            Arrays.stream(ChipWriter.fpgaEvent(15, i, 1, four)).forEach(words::add);
        }
        Events events = read(words.stream().mapToInt(Integer::intValue).toArray());
        assertThat(events.frames.values().stream().flatMap(List::stream)).containsExactlyElementsOf(frames);
        assertThat(ChipWriter.fpgaBytes(0xC3A3C3A1)).containsExactly(0xA1, 0xC3, 0xA3, 0xC3);
    }

    /** Each dialect's golden text, but for its fillers, out of the golden FPGA words. */
    @ParameterizedTest
    @CsvSource({
        "KEYED, keyed/TDC_Data_translated_0.dat",
        "NEM_0, nem-0/TDC_Data_translated_0.dat",
        "NEM_1, nem-1/TDC_Data_translated_0.nem",
        "NEM_2, nem-2/translated_0.nem",
        "SEM_1, sem-1/file_0.sem",
        "SEM_2, sem-2/file_0.nem"
    })
    void textIsThatOfTheGoldenCase(TextDialect dialect, String file) {
        String expected = new String(
                        Golden.read(Golden.mini("etroc2-text").resolve("input").resolve(file)),
                        StandardCharsets.US_ASCII)
                .lines()
                .filter(l -> l.matches("(EH|ET|H|D|T|ETROC2) .*"))
                .collect(Collectors.joining("\n", "", "\n"));
        Events events = read(golden());
        TextWriter writer = new TextWriter(dialect);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < events.fields.size(); i++) {
            int[] f = events.fields.get(i);
            text.append(writer.eventHeader(f[1], f[2], events.words(i)));
            events.frames.get((long) i).forEach(fr -> fr.words.forEach(w -> text.append(writer.word(fr.stream, w))));
            text.append(writer.eventTrailer(f[1], f[2], f[3], f[4], f[5], f[6]));
        }
        assertThat(text.toString()).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(TextDialect.class)
    void textReadsAsItWasWritten(TextDialect dialect) {
        List<Words> frames = randomFrames(4);
        TextWriter writer = new TextWriter(dialect);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < frames.size(); i++) {
            long[] words =
                    frames.get(i).words.stream().mapToLong(Long::longValue).toArray();
            text.append(writer.eventHeader(i, 2, words));
            Arrays.stream(words).forEach(w -> text.append(writer.word(frames.get(0).stream, w)));
            text.append(writer.eventTrailer(i, 2, words.length - 2, 0, 0, 9));
        }
        List<Words> read = new ArrayList<>();
        TextDecoder decoder = new TextDecoder(dialect, new TextSink() {
            @Override
            public void frame(Frame frame) {
                read.add(Words.of(frame));
            }

            @Override
            public void malformed(String reason, long line) {
                throw new AssertionError(line + ": " + reason);
            }
        });
        text.toString()
                .lines()
                .map(l -> l.getBytes(StandardCharsets.US_ASCII))
                .forEach(l -> decoder.decode(l, 0, l.length, 0));
        decoder.finish();
        assertThat(read.stream().map(Words::words))
                .containsExactlyElementsOf(frames.stream()
                        .map(f -> dialect.hasChip() ? f : f.withoutChip())
                        .map(Words::words)
                        .toList());
        assertThat(decoder.counts().get(TextCount.EVENT_HIT_MISMATCH)).isZero();
    }
}
