package etroc.layout.etroc2;

/** CRC-8 of a frame: polynomial 0x2F, initial value 0, most significant bit first, neither reflected nor inverted; a whole word a step. */
final class Crc8 {
    private static final int POLYNOMIAL = 0x2F;
    private static final int WORD_BYTES = ChipWord.BITS / 8;
    /** {@code AFTER[k][b]}: CRC of byte b followed by k zero bytes. The CRC is linear, so a word's is the XOR of its bytes'. */
    private static final byte[][] AFTER = new byte[WORD_BYTES][256];

    static {
        for (int b = 0; b < 256; b++) {
            int crc = b;
            for (int k = 0; k < WORD_BYTES; k++) {
                crc = byteStep(crc);
                AFTER[k][b] = (byte) crc;
            }
        }
    }

    private Crc8() {}

    private static int byteStep(int crc) {
        int shifted = crc;
        for (int bit = 0; bit < 8; bit++) {
            shifted = (shifted & 0x80) != 0 ? (shifted << 1 ^ POLYNOMIAL) & 0xFF : shifted << 1;
        }
        return shifted;
    }

    /** The CRC after one more byte. */
    static int ofByte(int crc, int value) {
        return AFTER[0][(crc ^ value) & 0xFF] & 0xFF;
    }

    /** The CRC after one more word of 40 bits; after a trailer whose CRC fits it is 0. */
    static int ofWord(int crc, long word) {
        return (AFTER[4][(int) (word >>> 32 ^ crc) & 0xFF]
                        ^ AFTER[3][(int) (word >>> 24) & 0xFF]
                        ^ AFTER[2][(int) (word >>> 16) & 0xFF]
                        ^ AFTER[1][(int) (word >>> 8) & 0xFF]
                        ^ AFTER[0][(int) word & 0xFF])
                & 0xFF;
    }

    /** The CRC that a trailer must bear, of the CRC of the words before it; of the trailer the upper 32 bits count. */
    static int ofTrailer(int crc, long trailer) {
        return (AFTER[3][(int) (trailer >>> 32 ^ crc) & 0xFF]
                        ^ AFTER[2][(int) (trailer >>> 24) & 0xFF]
                        ^ AFTER[1][(int) (trailer >>> 16) & 0xFF]
                        ^ AFTER[0][(int) (trailer >>> 8) & 0xFF])
                & 0xFF;
    }
}
