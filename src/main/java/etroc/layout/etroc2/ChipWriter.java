package etroc.layout.etroc2;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Words of the chip as the readouts write them: the opposite of {@link KcuDecoder} and {@link FpgaDecoder}. */
public final class ChipWriter {
    private static final int EVENT_HEADER = 0xC3A3C3A;
    private static final int EVENT_TRAILER = 0b001011;

    private ChipWriter() {}

    /** The trailer of a frame, with the number of its hits and the CRC. */
    public static long trailer(long header, long[] data, int chip, int status) {
        return trailer(header, data, chip, status, data.length);
    }

    /** The trailer of a frame that declares another number of hits, modulo 256; its CRC fits. */
    public static long trailer(long header, long[] data, int chip, int status, int hits) {
        int crc = Crc8.ofWord(0, header);
        for (long word : data) {
            crc = Crc8.ofWord(crc, word);
        }
        int declared = hits & 0xFF;
        return ChipWord.trailer(
                chip, status, declared, Crc8.ofTrailer(crc, ChipWord.trailer(chip, status, declared, 0)));
    }

    /** The KCU record of a word. */
    public static long kcuRecord(int elink, long word) {
        long marker = switch (ChipWord.kind(word)) {
            case HEADER -> 1;
            case TRAILER -> 2;
            default -> 0;
        };
        return marker << 48 | (long) elink << 40 | word;
    }

    /** The bytes of KCU records. */
    public static byte[] kcuBytes(long... records) {
        ByteBuffer bytes =
                ByteBuffer.allocate(records.length * KcuDecoder.RECORD).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(records);
        return bytes.array();
    }

    /**
     * The FPGA words of an event.
     *
     * @param mask channels that answer, each with one frame among the words
     * @param number of the event, its lower 16 bits
     * @param type of the event, 0..3
     * @param words chip words, at most 1023
     */
    public static int[] fpgaEvent(int mask, int number, int type, long... words) {
        int payload = FpgaScanner.payload(words.length);
        int[] event = new int[payload + 3];
        event[0] = (EVENT_HEADER << 4) | mask;
        event[1] = (1 << 28) | ((number & 0xFFFF) << 12) | (words.length << 2) | type;
        for (int k = 0; k < words.length; k++) {
            int offset = k * ChipWord.BITS;
            long two = words[k] << (24 - (offset & 31));
            event[2 + (offset >> 5)] |= (int) (two >>> 32);
            event[3 + (offset >> 5)] |= (int) two;
        }
        int hits = (int) Arrays.stream(words).filter(ChipWord::isData).count();
        event[payload + 2] = (EVENT_TRAILER << 26) | ((hits & 0xFFF) << 14);
        return event;
    }

    /** The bytes of FPGA words. */
    public static byte[] fpgaBytes(int... words) {
        ByteBuffer bytes = ByteBuffer.allocate(words.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(words);
        return bytes.array();
    }
}
