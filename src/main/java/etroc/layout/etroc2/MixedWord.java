package etroc.layout.etroc2;

/** A 32-bit word of the readout of boards of both chips. Source: src/docs/formats.md, "Mixed word lines". */
public final class MixedWord {
    private static final long SLICE_MASK = (1L << BitStream.SLICE_BITS) - 1;

    private MixedWord() {}

    /** What a word is; every word is something. */
    public static MixedCount kind(long word) {
        if (word >>> 31 == 0) {
            return MixedCount.ETROC1_HITS;
        } else if (word >>> 30 == 3) {
            return MixedCount.SLICES;
        } else if (word >>> 28 == 8) {
            return switch ((int) (word >>> 26) & 3) {
                case 0 -> MixedCount.TRIGGER_TIMES;
                case 1 -> MixedCount.RANDOM_TIMES;
                case 2 -> MixedCount.FILLER_TIMES;
                default -> MixedCount.MSB_TIMES;
            };
        }
        return word >>> 26 == 0b100110 ? MixedCount.FILLERS : MixedCount.OTHER_CONTROL;
    }

    /** Channel of a hit of ETROC1. */
    public static int hitChannel(long word) {
        return (int) (word >>> 29) & 3;
    }

    /** Channel of a slice of an ETROC2's bits. */
    static int sliceChannel(long word) {
        return (int) (word >>> 28) & 3;
    }

    static long slice(long word) {
        return word & SLICE_MASK;
    }

    /** TOT code of a hit of ETROC1. */
    public static int tot(long word) {
        return (int) (word >>> 20) & 0x1FF;
    }

    /** TOA code of a hit of ETROC1. */
    public static int toa(long word) {
        return (int) (word >>> 10) & 0x3FF;
    }

    /** CAL code of a hit of ETROC1. */
    public static int cal(long word) {
        return (int) word & 0x3FF;
    }
}
