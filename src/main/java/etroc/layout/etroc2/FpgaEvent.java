package etroc.layout.etroc2;

/** An event that the firmware built, as it is read; reused from event to event. */
public final class FpgaEvent {
    private long ordinal = -1;
    private long position;
    private int firstHeader;
    private int secondHeader;
    private int trailer;
    private long clockFillersBefore;
    private int frames;
    private int dataWords;

    void begin(long place, int header, int second, int end, long clockFillers) {
        ordinal++;
        position = place;
        firstHeader = header;
        secondHeader = second;
        trailer = end;
        clockFillersBefore = clockFillers;
        frames = 0;
        dataWords = 0;
    }

    void addFrame() {
        frames++;
    }

    void addData() {
        dataWords++;
    }

    /** Its place among the events that the reader was to read, from 0. */
    public long ordinal() {
        return ordinal;
    }

    /** Where it begins in the run [words]. */
    public long position() {
        return position;
    }

    /** The firmware's number, 16 bits; it wraps and may repeat. */
    public int number() {
        return secondHeader >>> 12 & 0xFFFF;
    }

    /** Bits of the channels that answer. */
    public int mask() {
        return firstHeader & 15;
    }

    /** Number of chip words. */
    public int words() {
        return FpgaScanner.chipWords(secondHeader);
    }

    public int type() {
        return secondHeader & 3;
    }

    /** Hits that its trailer declares. */
    public int hitsDeclared() {
        return trailer >>> 14 & 0xFFF;
    }

    public int overflow() {
        return trailer >>> 11 & 7;
    }

    public int hamming() {
        return trailer >>> 8 & 7;
    }

    public int crc() {
        return trailer & 0xFF;
    }

    /** Clock fillers before it, of 25 ms each, since the reader's beginning. */
    public long clockFillersBefore() {
        return clockFillersBefore;
    }

    /** Frames that have begun in it so far. */
    public int frames() {
        return frames;
    }

    /** Data words in its frames so far. */
    public int dataWords() {
        return dataWords;
    }
}
