package etroc.scan.bench;

import etroc.layout.etroc2.ChipWord;
import etroc.layout.etroc2.Frame;
import etroc.layout.etroc2.FrameFault;
import etroc.layout.etroc2.Syndromes;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Counts a folder's frames, and keeps the codes of one pixel's hits in four bytes each. */
final class TdcHits {
    private static final int CHANNELS = 4;
    private static final int BAD = FrameFault.CRC.bit() | FrameFault.COUNT.bit();

    private final BenchName of;
    private final @Nullable Integer dropFollowing;
    private final @Nullable Syndromes syndromes;
    private final long[] frames = new long[CHANNELS];
    private final long[] hitsOf = new long[CHANNELS];
    private final int[] bcids = new int[CHANNELS];
    private long badFrames;
    private long following;
    private long otherHits;
    private int[] codes = new int[64];
    private int count;

    /** @param syndromes of all frames, where the frames do not tell the chip's id */
    TdcHits(BenchName of, @Nullable Integer dropFollowing, @Nullable Syndromes syndromes) {
        this.of = of;
        this.dropFollowing = dropFollowing;
        this.syndromes = syndromes;
        Arrays.fill(bcids, -1);
    }

    void add(Frame frame) {
        int stream = frame.stream();
        int since = Math.floorMod(frame.bcid() - bcids[stream], ChipWord.CROSSINGS);
        boolean echo = dropFollowing != null && bcids[stream] >= 0 && since == dropFollowing;
        bcids[stream] = frame.bcid();
        if (echo) {
            following++;
        } else if (!good(frame)) {
            badFrames++;
        } else {
            frames[stream]++;
            for (int i = 0; i < frame.dataWords(); i++) {
                hit(frame.word(i), stream);
            }
        }
    }

    private boolean good(Frame frame) {
        return frame.complete()
                && (frame.faults() & BAD) == 0
                && (syndromes == null || !Objects.equals(syndromes.crcOk(frame.stream(), frame.syndrome()), false));
    }

    private void hit(long word, int stream) {
        if (ChipWord.row(word) != of.row() || ChipWord.column(word) != of.column()) {
            otherHits++;
            return;
        }
        hitsOf[stream]++;
        if (count == codes.length) {
            codes = Arrays.copyOf(codes, 2 * count);
        }
        codes[count++] = ChipWord.cal(word) << 20 | ChipWord.toa(word) << 10 | ChipWord.tot(word);
    }

    static int cal(int code) {
        return code >>> 20;
    }

    static int toa(int code) {
        return code >>> 10 & 0x3FF;
    }

    static int tot(int code) {
        return code & 0x3FF;
    }

    /** Codes of the hits in their order, without the first ones. */
    int[] codes(int skipFirst) {
        return Arrays.copyOfRange(codes, Math.min(skipFirst, count), count);
    }

    long hits() {
        return count;
    }

    /** Good frames of the stream that has the pixel's hits; without any, of the one with the most frames. */
    long frames() {
        int stream = 0;
        for (int i = 1; i < CHANNELS; i++) {
            boolean more = hitsOf[i] > hitsOf[stream] || (hitsOf[i] == hitsOf[stream] && frames[i] > frames[stream]);
            stream = more ? i : stream;
        }
        return frames[stream];
    }

    long badFrames() {
        return badFrames;
    }

    long following() {
        return following;
    }

    long otherHits() {
        return otherHits;
    }
}
