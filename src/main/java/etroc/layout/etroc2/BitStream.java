package etroc.layout.etroc2;

import etroc.layout.etroc2.ChipWord.Kind;

/**
 * The 40-bit words of a channel whose bits come in slices of 28, at a phase that nobody knows and that a lost slice changes. A word is found by
 * what follows it, and kept in step by the grammar of the chip's words. Source: src/docs/formats.md, "Mixed word lines".
 */
final class BitStream {
    static final int SLICE_BITS = 28;
    /** Slices whose lines are remembered: more than a word, and the one that must follow it, can reach over. */
    private static final int REMEMBERED = 8;

    private final Words words;
    private final long[] lines = new long[REMEMBERED];
    private long slices;
    /** Bits that were taken as words or skipped. */
    private long taken;
    /** The other bits, the newest lowest; what stands above {@link #waiting} has been taken. */
    private long high;

    private long low;
    private int waiting;

    private long found;
    private long unsynced;
    private long losses;
    private boolean inStep;
    private Kind last = Kind.TRAILER;

    /** Takes the words that are found. */
    interface Words {
        /** @param line of the slice that holds the word's first bit */
        void word(Kind kind, long word, long line);
    }

    BitStream(Words words) {
        this.words = words;
    }

    /** Takes the next slice. */
    void add(long slice, long line) {
        lines[(int) (slices++ % REMEMBERED)] = line;
        high = high << SLICE_BITS | low >>> (Long.SIZE - SLICE_BITS);
        low = low << SLICE_BITS | slice;
        waiting += SLICE_BITS;
        while (waiting >= 2 * ChipWord.BITS) {
            next(true);
        }
    }

    /** The bits end: a word that nothing follows is one if it may be. */
    void finish() {
        while (waiting >= ChipWord.BITS) {
            next(waiting >= 2 * ChipWord.BITS);
        }
        unsynced += waiting;
        taken += waiting;
        waiting = 0;
    }

    /** Takes a word, or skips a bit. */
    private void next(boolean nextIsKnown) {
        long word = bits(0);
        Kind kind = ChipWord.kind(word);
        if (inStep && !follows(last, kind)) {
            inStep = false;
            losses++;
        }
        if (!inStep) {
            boolean begins = kind == Kind.HEADER || isFiller(kind);
            inStep = begins && (!nextIsKnown || follows(kind, ChipWord.kind(bits(ChipWord.BITS))));
        }
        if (inStep) {
            words.word(kind, word, lines[(int) (taken / SLICE_BITS % REMEMBERED)]);
            found++;
            last = kind;
            take(ChipWord.BITS);
        } else {
            unsynced++;
            take(1);
        }
    }

    /** The 40 bits from the n-th of those that wait. */
    private long bits(int n) {
        int behind = waiting - n - ChipWord.BITS;
        long own = behind >= Long.SIZE
                ? high >>> (behind - Long.SIZE)
                : low >>> behind | (behind == 0 ? 0 : high << (Long.SIZE - behind));
        return own & ChipWord.MASK;
    }

    private void take(int bits) {
        taken += bits;
        waiting -= bits;
    }

    private static boolean isFiller(Kind kind) {
        return kind == Kind.FILLER || kind == Kind.FIRMWARE_FILLER;
    }

    private static boolean follows(Kind first, Kind next) {
        return switch (first) {
            case HEADER, DATA -> next == Kind.DATA || next == Kind.TRAILER;
            case TRAILER, FILLER, FIRMWARE_FILLER -> next == Kind.HEADER || isFiller(next);
            case RESERVED -> false;
        };
    }

    long slices() {
        return slices;
    }

    /** Words that were found. */
    long found() {
        return found;
    }

    /** Bits that belong to no word. */
    long unsynced() {
        return unsynced;
    }

    /** How often a word came that could not follow. */
    long losses() {
        return losses;
    }
}
