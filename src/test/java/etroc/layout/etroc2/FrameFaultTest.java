package etroc.layout.etroc2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each fault of a frame, made by hand, between good frames, whose hits are all kept. */
class FrameFaultTest {
    private static final int CHIP = 0x0CF4;
    private static final int SEU = 1 << 3;
    private static final long FILLER = 0x3C5C800000L;

    private static long data(int pixel, int ea) {
        return ChipWord.data(ea, pixel >> 4, pixel & 15, 300, 90, 170);
    }

    private static long[] frame(long header, int status, long... data) {
        return joined(new long[] {header}, data, new long[] {ChipWriter.trailer(header, data, CHIP, status)});
    }

    private static long[] joined(long[]... parts) {
        return Arrays.stream(parts).flatMapToLong(Arrays::stream).toArray();
    }

    private static long[] good(int l1) {
        return frame(ChipWord.header(l1, 0, 7), 0, data(1, 0), data(2, 0));
    }

    private static long[] faulty(FrameFault fault) {
        long header = ChipWord.header(2, 0, 9);
        long[] whole = good(2);
        int last = whole.length - 1;
        return switch (fault) {
            case CRC -> with(whole, last, whole[last] ^ 4);
            case COUNT -> {
                long[] data = {data(1, 0), data(2, 0)};
                yield joined(new long[] {header}, data, new long[] {ChipWriter.trailer(header, data, CHIP, 0, 3)});
            }
            case UNCORRECTABLE -> frame(header, SEU, data(1, 2), data(2, 0));
            case DUPLICATE -> frame(header, 0, data(1, 0), data(1, 0));
            case BCID_RANGE -> frame(ChipWord.header(2, 0, 3564), 0, data(1, 0));
            case TEST_PATTERN -> frame(ChipWord.header(2, 2, 9), 0, data(1, 0));
            case FOREIGN -> {
                long[] more = Arrays.copyOf(whole, last + 2);
                more[last] = FILLER;
                more[last + 1] = whole[last];
                yield more;
            }
            case TOO_MANY ->
                frame(
                        header,
                        0,
                        IntStream.rangeClosed(0, 256)
                                .mapToLong(i -> data(i & 255, 0))
                                .toArray());
            case SEU_MISMATCH -> frame(header, SEU, data(1, 0));
        };
    }

    private static long[] with(long[] words, int place, long word) {
        long[] changed = words.clone();
        changed[place] = word;
        return changed;
    }

    @ParameterizedTest
    @EnumSource
    void aFaultIsToldAndCostsNoOtherFrame(FrameFault fault) {
        long[] bad = faulty(fault);
        byte[] bytes = ChipWriter.kcuBytes(Arrays.stream(joined(good(1), bad, good(3)))
                .map(w -> ChipWriter.kcuRecord(5, w))
                .toArray());
        List<FrameRow> frames = new ArrayList<>();
        KcuDecoder decoder = new KcuDecoder(0, bytes.length, f -> frames.add(FrameRow.of(f)));
        decoder.decode(bytes, 0, bytes.length);
        decoder.finish();
        assertThat(decoder.counts().whole().conserved()).isTrue();
        // a pixel more than there are is one twice
        int also = fault == FrameFault.TOO_MANY ? FrameFault.DUPLICATE.bit() : 0;
        assertThat(frames).extracting(FrameRow::faults).containsExactly(0, fault.bit() | also, 0);
        assertThat(frames).extracting(FrameRow::complete).containsOnly(true);
        long hits = Arrays.stream(bad).filter(ChipWord::isData).count();
        assertThat(frames).extracting(f -> (long) f.data().size()).containsExactly(2L, hits, 2L);
    }
}
