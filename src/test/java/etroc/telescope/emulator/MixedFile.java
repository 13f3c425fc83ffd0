package etroc.telescope.emulator;

import etroc.layout.etroc2.ChipWord;
import etroc.layout.etroc2.ChipWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Mixed word lines with known events: triples of ETROC1 hits, some with a frame of the emulator close behind, and frames elsewhere. */
final class MixedFile {
    private static final int CHIP = 0x17F0F;
    private static final long FILLER = 0x3C5C800000L;
    private static final int WINDOW = 8;
    private static final int SHIFT = 1000;

    final List<String> lines = new ArrayList<>();
    /** First and last line of each triple. */
    final List<int[]> triples = new ArrayList<>();

    /** Lines of frames' headers, and whether the frame has hits. */
    final List<Integer> frames = new ArrayList<>();

    final List<Boolean> withHits = new ArrayList<>();
    private final Random random;
    private final StringBuilder bits = new StringBuilder();
    /** Frames whose first bit is still to be written: how many bits stand before it. */
    private int headerIn = -1;

    MixedFile(int seed, int triggers) {
        random = new Random(seed);
        bits.append("1011010"); // of a word before the file
        for (int t = 0; t < triggers; t++) {
            if (random.nextInt(4) > 0) {
                triple();
            }
            if (random.nextInt(3) > 0) {
                frame(t);
            }
            for (int i = 20 + random.nextInt(12); i > 0; i--) {
                lines.add("10011000000000000000000000000101"); // filler
            }
        }
    }

    private void triple() {
        int toa = 200 + random.nextInt(150);
        int first = lines.size();
        for (int board = 1; board <= 3; board++) {
            int own = (int) Math.round(toa + 2 * random.nextGaussian());
            long word = (long) board << 29 | (long) (60 + random.nextInt(60)) << 20 | (long) own << 10 | 145;
            lines.add(Long.toString(word));
        }
        triples.add(new int[] {first, lines.size() - 1});
    }

    private void frame(int t) {
        long header = ChipWord.header(t & 255, 0, t * 7 % 3564);
        long[] data = new long[random.nextInt(3)];
        for (int i = 0; i < data.length; i++) {
            data[i] = ChipWord.data(0, i, random.nextInt(16), 300, 90, 170);
        }
        withHits.add(data.length > 0);
        headerIn = bits.length();
        append(header);
        for (long word : data) {
            append(word);
        }
        append(ChipWriter.trailer(header, data, CHIP, 0));
        append(FILLER);
        append(FILLER);
        flush();
    }

    private void append(long word) {
        bits.append(String.format("%40s", Long.toBinaryString(word)).replace(' ', '0'));
    }

    /** Writes whole slices; fillers go before the rest. */
    private void flush() {
        while (bits.length() >= 28) {
            if (headerIn >= 0 && headerIn < 28) {
                frames.add(lines.size());
                headerIn = -1;
            }
            headerIn -= headerIn >= 0 ? 28 : 0;
            lines.add("1100" + bits.substring(0, 28));
            bits.delete(0, 28);
        }
    }

    private boolean frameIn(int[] triple, int shift) {
        int from = triple[1] - WINDOW + shift;
        int to = triple[0] + WINDOW + shift;
        return frames.stream().anyMatch(f -> f >= from && f <= to);
    }

    long withFrame() {
        return triples.stream().filter(t -> frameIn(t, 0)).count();
    }

    /** Triples, and those of them that have a frame where the window is shifted. */
    long[] shifted() {
        long n = 0;
        long found = 0;
        for (int[] t : triples) {
            int shift = t[0] + WINDOW + SHIFT < lines.size() ? SHIFT : -SHIFT;
            if (t[1] - WINDOW + shift >= 0) {
                n++;
                found += frameIn(t, shift) ? 1 : 0;
            }
        }
        return new long[] {n, found};
    }

    /** Triples and frames with hits, which are far from others, so that each has one partner at most. */
    long joint() {
        return triples.stream()
                .filter(t -> {
                    for (int i = 0; i < frames.size(); i++) {
                        if (withHits.get(i) && frames.get(i) >= t[1] - WINDOW && frames.get(i) <= t[0] + WINDOW) {
                            return true;
                        }
                    }
                    return false;
                })
                .count();
    }
}
