package etroc.layout.etroc2;

/** The fields of a 40-bit word of the chip, which stands in the lower bits of a long. Source: src/docs/formats.md, "ETROC2 words". */
public final class ChipWord {
    public static final int BITS = 40;
    public static final long MASK = (1L << BITS) - 1;
    /** Bits 39..24 of headers and fillers. */
    static final long PREAMBLE = 0x3C5C;
    /** Columns, and rows. */
    public static final int SIDE = 16;
    /** Bunch crossings of a turn. */
    public static final int CROSSINGS = 3564;

    private static final Kind[] BY_BITS = {Kind.HEADER, Kind.RESERVED, Kind.FILLER, Kind.FIRMWARE_FILLER};

    /** What a word is. */
    public enum Kind {
        HEADER,
        DATA,
        TRAILER,
        FILLER,
        FIRMWARE_FILLER,
        RESERVED
    }

    private ChipWord() {}

    /** What a word is; every word is something. */
    public static Kind kind(long word) {
        if (isData(word)) {
            return Kind.DATA;
        }
        return word >>> 24 == PREAMBLE ? BY_BITS[(int) (word >>> 22) & 3] : Kind.TRAILER;
    }

    static boolean isData(long word) {
        return word >>> 39 != 0;
    }

    /** L1 counter of a header, 0..255. */
    public static int l1(long header) {
        return (int) (header >>> 14) & 0xFF;
    }

    /** Type of a header: 0 data, 1 and 2 self-test, 3 reserved. */
    public static int type(long header) {
        return (int) (header >>> 12) & 3;
    }

    /** BCID of a header, 0..4095. */
    public static int bcid(long header) {
        return (int) header & 0xFFF;
    }

    /** Error of a data word: 0 none, 1 corrected, 2 and 3 not correctable. */
    public static int ea(long data) {
        return (int) (data >>> 37) & 3;
    }

    public static int column(long data) {
        return (int) (data >>> 33) & 15;
    }

    public static int row(long data) {
        return (int) (data >>> 29) & 15;
    }

    /** Column and row of a data word as one number, 0..255. */
    static int pixel(long data) {
        return (int) (data >>> 29) & 0xFF;
    }

    /** The data word with its row as column and its column as row. */
    static long swapped(long data) {
        return (data & ~(0xFFL << 29)) | ((long) row(data) << 33) | ((long) column(data) << 29);
    }

    public static int toa(long data) {
        return (int) (data >>> 19) & 0x3FF;
    }

    public static int tot(long data) {
        return (int) (data >>> 10) & 0x1FF;
    }

    /** CAL code; from 512 on it is an error flag. */
    public static int cal(long data) {
        return (int) data & 0x3FF;
    }

    /** Chip id of a trailer, 17 bits. */
    public static int chip(long trailer) {
        return (int) (trailer >>> 22) & 0x1FFFF;
    }

    /** Status of a trailer, 6 bits. */
    public static int status(long trailer) {
        return (int) (trailer >>> 16) & 0x3F;
    }

    /** Number of data words modulo 256 that a trailer declares. */
    public static int hits(long trailer) {
        return (int) (trailer >>> 8) & 0xFF;
    }

    public static int crc(long trailer) {
        return (int) trailer & 0xFF;
    }

    /** The header of these fields, each within its range. */
    public static long header(int l1, int type, int bcid) {
        return PREAMBLE << 24 | (long) l1 << 14 | (long) type << 12 | bcid;
    }

    /** The data word of these fields, each within its range. */
    public static long data(int ea, int column, int row, int toa, int tot, int cal) {
        return 1L << 39
                | (long) ea << 37
                | (long) column << 33
                | (long) row << 29
                | (long) toa << 19
                | (long) tot << 10
                | cal;
    }

    /** The trailer of these fields, each within its range. */
    public static long trailer(int chip, int status, int hits, int crc) {
        return (long) chip << 22 | (long) status << 16 | (long) hits << 8 | crc;
    }
}
