package etroc.layout.etroc2;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Tells what begins at a word of the FPGA's stream and how long it is. The answer depends on the words from there on only, so reading may begin
 * at any place at which something begins. Source: src/docs/formats.md, "FPGA words".
 */
final class FpgaScanner {
    static final int DUMP_END = 0x55AA55AA;
    static final int DUMP_START = 0x5555AAAA;
    /** The end of a raw dump begins at most so many words after its start. */
    static final int MAX_DUMP = 10_000;
    /** Nothing is longer than this [words]. */
    static final int MAX_ITEM = MAX_DUMP + 2;
    /** Words that must be known after a place, or the end of the run, to tell what begins there. */
    static final int LOOKAHEAD = MAX_ITEM;

    private static final int HEADER_KEY = 0xC3A3C3A;
    private static final int SECOND_HEADER_KEY = 1;
    private static final int TRAILER_KEY = 0b001011;

    /** What begins at a word. */
    enum Item {
        EVENT,
        RAW_DUMP,
        OLD_FILLER,
        FIFO_FILLER,
        CLOCK_FILLER,
        CLOCK2_FILLER,
        ZERO,
        UNKNOWN
    }

    private Item item = Item.UNKNOWN;
    private @Nullable FpgaError error;
    /** No end of a dump begins at these places, whatever asks next: else a file of starts would take a search for each. */
    private long clearFrom;

    private long clearTo;

    /** What was found last. */
    Item item() {
        return item;
    }

    /** Why the event header found last begins no event; null: it does, or it is none. */
    @Nullable
    FpgaError error() {
        return error;
    }

    /**
     * Looks at a word.
     *
     * @param w words
     * @param p place of the word in them
     * @param limit end of the valid words
     * @param last whether the run ends there
     * @param position of the word in the run
     * @return its length [words]; 0 if more words are needed
     */
    int length(int[] w, int p, int limit, boolean last, long position) {
        error = null;
        int word = w[p];
        if (word >>> 4 == HEADER_KEY) {
            return event(w, p, limit, last);
        }
        if (word == DUMP_START) {
            return dump(w, p, limit, last, position);
        }
        item = word == 0 ? Item.ZERO : filler(word);
        return 1;
    }

    private static Item filler(int word) {
        if (word >>> 16 == 0x5555) {
            return Item.OLD_FILLER;
        }
        return switch (word >>> 20) {
            case 0x556 -> Item.FIFO_FILLER;
            case 0x559 -> Item.CLOCK_FILLER;
            case 0x553 -> Item.CLOCK2_FILLER;
            default -> Item.UNKNOWN;
        };
    }

    private int event(int[] w, int p, int limit, boolean last) {
        if (p + 1 >= limit) {
            return last ? broken(FpgaError.CUT_AT_END) : 0;
        }
        if (w[p + 1] >>> 28 != SECOND_HEADER_KEY) {
            return broken(FpgaError.NO_SECOND_HEADER);
        }
        int trailer = p + 2 + payload(chipWords(w[p + 1]));
        if (trailer >= limit) {
            return last ? broken(FpgaError.CUT_AT_END) : 0;
        }
        if (w[trailer] >>> 26 != TRAILER_KEY) {
            return broken(FpgaError.NO_EVENT_TRAILER);
        }
        item = Item.EVENT;
        return trailer + 1 - p;
    }

    private int broken(FpgaError reason) {
        item = Item.UNKNOWN;
        error = reason;
        return 1;
    }

    /** Whether two words are those that begin an event. */
    static boolean isEventHeader(int first, int second) {
        return first >>> 4 == HEADER_KEY && second >>> 28 == SECOND_HEADER_KEY;
    }

    /** The words of some bytes; bytes that are no whole word are left out. */
    static int[] words(byte[] bytes) {
        int[] words = new int[bytes.length / Integer.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
        return words;
    }

    /** Number of 40-bit words that a second event header declares. */
    static int chipWords(int secondHeader) {
        return secondHeader >>> 2 & 0x3FF;
    }

    /** Words of 32 bits that n words of 40 take. */
    static int payload(int n) {
        return (5 * n + 3) / 4;
    }

    private int dump(int[] w, int p, int limit, boolean last, long position) {
        item = Item.OLD_FILLER;
        if (p + 1 >= limit) {
            return last ? 1 : 0;
        }
        if (w[p + 1] != DUMP_START) {
            return 1;
        }
        int furthest = p + MAX_DUMP;
        int q = p + 2;
        if (position + 2 >= clearFrom && position + 2 <= clearTo) {
            q = (int) Math.min(furthest + 1L, p + (clearTo - position));
        } else {
            clearFrom = position + 2;
        }
        while (q <= furthest && q + 1 < limit) {
            if (w[q] == DUMP_END && w[q + 1] == DUMP_END) {
                clearTo = position + (q - p);
                item = Item.RAW_DUMP;
                return q + 2 - p;
            }
            q++;
        }
        clearTo = Math.max(position + (q - p), clearFrom);
        return q > furthest || last ? 1 : 0;
    }
}
