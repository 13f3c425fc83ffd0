package etroc.layout.etroc2;

import etroc.layout.etroc2.ChipWord.Kind;
import java.util.BitSet;

/** The bit streams that word lines of both chips carry in slices of 28 bits. */
final class BitSlices {
    private static final int CHANNELS = 4;
    private static final int BITS = 28;

    private BitSlices() {}

    /** Whether the slices of a channel hold, at some bit, two chip words of which the second may follow the first. */
    static boolean synchronise(long[] words) {
        BitSet[] bits = new BitSet[CHANNELS];
        int[] length = new int[CHANNELS];
        for (long word : words) {
            if (word >>> 30 == 3) {
                int channel = (int) (word >>> 28) & 3;
                BitSet own = bits[channel] == null ? new BitSet() : bits[channel];
                bits[channel] = own;
                for (int b = BITS - 1; b >= 0; b--) {
                    own.set(length[channel]++, (word >>> b & 1) != 0);
                }
            }
        }
        for (int c = 0; c < CHANNELS; c++) {
            for (int p = 0; p + 2 * ChipWord.BITS <= length[c]; p++) {
                if (follow(word(bits[c], p), word(bits[c], p + ChipWord.BITS))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static long word(BitSet bits, int from) {
        long word = 0;
        for (int b = 0; b < ChipWord.BITS; b++) {
            word = word << 1 | (bits.get(from + b) ? 1 : 0);
        }
        return word;
    }

    private static boolean follow(long first, long second) {
        Kind next = ChipWord.kind(second);
        return switch (ChipWord.kind(first)) {
            case HEADER -> next == Kind.DATA || next == Kind.TRAILER;
            case FILLER, FIRMWARE_FILLER -> next == Kind.HEADER || next == Kind.FILLER || next == Kind.FIRMWARE_FILLER;
            default -> false;
        };
    }
}
