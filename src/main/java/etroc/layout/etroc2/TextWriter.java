package etroc.layout.etroc2;

import java.util.Arrays;
import java.util.HexFormat;

/** Events as lines of translated text: the opposite of {@link TextDecoder}. Each line ends with a line feed. */
public final class TextWriter {
    private final TextDialect dialect;

    public TextWriter(TextDialect dialect) {
        this.dialect = dialect;
    }

    /**
     * The line that opens an event; empty in {@code keyed}.
     *
     * @param number of the event, 16 bits
     * @param type of the event
     * @param words its chip words
     */
    public String eventHeader(int number, int type, long... words) {
        int n = words.length;
        long hits = Arrays.stream(words).filter(ChipWord::isData).count();
        return switch (dialect) {
            case KEYED -> "";
            case NEM_0 -> "EH 0001 " + number + " " + binary(hits, 12) + "\n";
            case NEM_1 -> "EH 0001 " + number + " " + hits + " " + n + "\n";
            case NEM_2 -> "EH 0b0001 " + number + " " + n + " " + binary(type, 2) + "\n";
            case SEM_1, SEM_2 -> "EH " + number + " " + type + " " + n + " " + FpgaScanner.payload(n) + "\n";
        };
    }

    /** The line that closes an event; empty in {@code keyed}. */
    public String eventTrailer(int number, int type, int hits, int overflow, int hamming, int crc) {
        return switch (dialect) {
            case KEYED -> "";
            case NEM_0 ->
                "ET " + number + " " + binary(type, 2) + " " + binary(overflow, 3) + " " + binary(hamming, 3) + " "
                        + binary(crc, 8) + "\n";
            case NEM_1 -> "ET " + number + "\n";
            case NEM_2 -> "ET " + number + " " + overflow + " " + hamming + " 0b" + binary(crc, 8) + "\n";
            case SEM_1, SEM_2 -> "ET " + hits + " " + overflow + " " + hamming + " " + crc + "\n";
        };
    }

    /** The line of a header, data word or trailer; of other words none is known in every dialect: empty. */
    public String word(int channel, long word) {
        return switch (ChipWord.kind(word)) {
            case HEADER -> header(channel, word);
            case DATA -> data(channel, word);
            case TRAILER -> trailer(channel, word);
            default -> "";
        };
    }

    private String header(int channel, long w) {
        String type = switch (dialect) {
            case NEM_0, NEM_1, KEYED -> binary(ChipWord.type(w), 2);
            case NEM_2 -> "0b" + binary(ChipWord.type(w), 2);
            case SEM_1, SEM_2 -> "" + ChipWord.type(w);
        };
        return dialect == TextDialect.KEYED
                ? "ETROC2 " + channel + " HEADER L1COUNTER " + binary(ChipWord.l1(w), 8) + " TYPE " + type + " BCID "
                        + ChipWord.bcid(w) + "\n"
                : "H " + channel + " " + ChipWord.l1(w) + " " + type + " " + ChipWord.bcid(w) + "\n";
    }

    private String data(int channel, long w) {
        int first = dialect.columnFirst() ? ChipWord.column(w) : ChipWord.row(w);
        int second = dialect.columnFirst() ? ChipWord.row(w) : ChipWord.column(w);
        String ea = dialect == TextDialect.NEM_2 ? "0b" + binary(ChipWord.ea(w), 2) : "" + ChipWord.ea(w);
        return dialect == TextDialect.KEYED
                ? "ETROC2 " + channel + " DATA EA " + binary(ChipWord.ea(w), 2) + " COL " + ChipWord.column(w) + " ROW "
                        + ChipWord.row(w) + " TOA " + ChipWord.toa(w) + " TOT " + ChipWord.tot(w) + " CAL "
                        + ChipWord.cal(w) + " \n"
                : "D " + channel + " " + ea + " " + first + " " + second + " " + ChipWord.toa(w) + " " + ChipWord.tot(w)
                        + " " + ChipWord.cal(w) + "\n";
    }

    private String trailer(int channel, long w) {
        String chip = "0x" + HexFormat.of().toHexDigits(ChipWord.chip(w), 5);
        String rest = ChipWord.status(w) + " " + ChipWord.hits(w) + " ";
        return switch (dialect) {
            case KEYED ->
                "ETROC2 " + channel + " TRAILER CHIPID " + chip + " STATUS " + binary(ChipWord.status(w), 6) + " HITS "
                        + ChipWord.hits(w) + " CRC " + binary(ChipWord.crc(w), 8) + "\n";
            case NEM_0, NEM_1, SEM_1 -> "T " + channel + " " + rest + ChipWord.crc(w) + "\n";
            case NEM_2 -> "T " + channel + " " + rest + "0b" + binary(ChipWord.crc(w), 8) + "\n";
            case SEM_2 -> "T " + channel + " " + chip + " " + rest + ChipWord.crc(w) + "\n";
        };
    }

    private static String binary(long value, int digits) {
        String text = Long.toBinaryString(value);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }
}
