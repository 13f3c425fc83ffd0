package etroc.layout.etroc2;

import java.util.Arrays;

/** One chip's answer to one trigger on one stream, as it is read; reused from frame to frame. */
public final class Frame {
    private static final int PIXELS = ChipWord.SIDE * ChipWord.SIDE;
    private static final int SEU = 1 << 3;
    /** Data words that it takes: four times what a chip sends, and as many as an FPGA event can hold. */
    static final int MOST_WORDS = 4 * PIXELS;

    private final int stream;
    private final boolean chipKnown;
    private final long[] seen = new long[PIXELS / Long.SIZE];
    private long[] words = new long[8];
    private long[] lines = new long[8];
    private int count;
    /** Data words that came when it had {@link #MOST_WORDS}. */
    private long surplus;

    private int crc;
    private int errors;
    private boolean twice;
    private long header;
    private long line;
    private long ordinal;
    private long event;
    private long trailer;
    private boolean foreign;
    private boolean complete;
    private int faults;
    private int syndrome;

    Frame(int stream, boolean chipKnown) {
        this.stream = stream;
        this.chipKnown = chipKnown;
    }

    void open(long headerWord, long atLine, long place, long ofEvent) {
        header = headerWord;
        line = atLine;
        ordinal = place;
        event = ofEvent;
        count = 0;
        surplus = 0;
        crc = Crc8.ofWord(0, headerWord);
        errors = 0;
        twice = false;
        foreign = false;
    }

    /** Takes a data word; false: it has too many already, and this one only counts for its faults. */
    boolean add(long word, long atLine) {
        crc = Crc8.ofWord(crc, word);
        errors |= ChipWord.ea(word);
        if (count == MOST_WORDS) {
            surplus++;
            return false;
        }
        note(ChipWord.pixel(word));
        if (count == words.length) {
            words = Arrays.copyOf(words, 2 * count);
            lines = Arrays.copyOf(lines, 2 * count);
        }
        words[count] = word;
        lines[count++] = atLine;
        return true;
    }

    private void note(int pixel) {
        if (count == 0) {
            Arrays.fill(seen, 0);
        }
        long bit = 1L << pixel;
        twice |= (seen[pixel >> 6] & bit) != 0;
        seen[pixel >> 6] |= bit;
    }

    void addForeign() {
        foreign = true;
    }

    /** The frame ends with this trailer. */
    void close(long trailerWord) {
        complete = true;
        trailer = trailerWord;
        syndrome = Crc8.ofWord(crc, trailerWord);
        checkWords();
        int status = ChipWord.status(trailerWord);
        setIf(FrameFault.CRC, chipKnown && syndrome != 0);
        setIf(FrameFault.COUNT, ((count + surplus) & 0xFF) != ChipWord.hits(trailerWord));
        setIf(FrameFault.SEU_MISMATCH, ((status & SEU) != 0) != (errors != 0));
    }

    /** The frame ends without a trailer. */
    void giveUp() {
        complete = false;
        trailer = 0;
        checkWords();
    }

    /** Sets the faults that header and data words show. */
    private void checkWords() {
        faults = 0;
        setIf(FrameFault.UNCORRECTABLE, (errors & 2) != 0);
        setIf(FrameFault.DUPLICATE, twice);
        setIf(FrameFault.BCID_RANGE, bcid() >= ChipWord.CROSSINGS);
        setIf(FrameFault.TEST_PATTERN, type() != 0);
        setIf(FrameFault.FOREIGN, foreign);
        setIf(FrameFault.TOO_MANY, count > PIXELS);
    }

    private void setIf(FrameFault fault, boolean present) {
        if (present) {
            faults |= fault.bit();
        }
    }

    /** E-link or channel. */
    public int stream() {
        return stream;
    }

    /** Where its header stands in the file, in the units of the layout, from 0. */
    public long line() {
        return line;
    }

    /** Place of its header among those that the reader was to read, from 0. */
    public long ordinal() {
        return ordinal;
    }

    /** The event of its header, where the layout has events, as the decoder counts them. */
    public long event() {
        return event;
    }

    public int l1() {
        return ChipWord.l1(header);
    }

    public int type() {
        return ChipWord.type(header);
    }

    public int bcid() {
        return ChipWord.bcid(header);
    }

    /** Whether it has a trailer; only then its data words are hits. */
    public boolean complete() {
        return complete;
    }

    /** Its trailer's word; 0 where there is none. */
    public long trailer() {
        return trailer;
    }

    /** Remainder of the CRC of a complete frame: 0 where it fits; where the chip id is unknown, the same for all good frames of a chip. */
    public int syndrome() {
        return syndrome;
    }

    /** What the syndrome would be if rows were columns and columns rows. */
    public int swappedSyndrome() {
        int own = Crc8.ofWord(0, header);
        for (int i = 0; i < count; i++) {
            own = Crc8.ofWord(own, ChipWord.swapped(words[i]));
        }
        return Crc8.ofWord(own, trailer);
    }

    /** Bits of {@link FrameFault}. */
    public int faults() {
        return faults;
    }

    /** Data words that it took, at most {@link #MOST_WORDS}; further ones belong to no frame. */
    public int dataWords() {
        return count;
    }

    /** The i-th data word. */
    public long word(int i) {
        return words[i];
    }

    /** Where the i-th data word stands in the file. */
    public long line(int i) {
        return lines[i];
    }
}
