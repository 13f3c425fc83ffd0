package etroc.layout.etroc2;

import etroc.UsageException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The carriers of ETROC2 data, and which of them a file is. Source: src/docs/formats.md, "Which layout of ETROC2 is it". */
public enum Etroc2Layout {
    /** Records of 8 bytes ({@link KcuDecoder}); each file a unit. */
    KCU("kcu"),
    /** Words of 32 bits ({@link FpgaDecoder}); a run's files are one stream. */
    FPGA("fpga"),
    /** The same words, a line each. */
    FPGA_TEXT("fpga"),
    /** Translated text ({@link TextDecoder}); a run's files are one text. */
    NEM("nem"),
    /** Word lines of a telescope of both chips ({@link MixedDecoder}); each file a unit. */
    MIXED("mixed");

    /** Bytes at the beginning of a file that tell whether it is text. */
    public static final int TEXT_HEAD = 4096;
    /** Bytes at the beginning of a file that may be looked at. */
    public static final int HEAD = 400_000;

    private static final int WORDS_LOOKED_AT = 10_000;
    private static final int RECORDS_LOOKED_AT = 100;

    private final String optionName;

    Etroc2Layout(String optionName) {
        this.optionName = optionName;
    }

    /** The value of the option {@code layout} that names it. */
    public String optionName() {
        return optionName;
    }

    /** Whether the option {@code layout} names one of ETROC2. */
    public static boolean isName(String option) {
        return Arrays.stream(values()).anyMatch(l -> l.optionName.equalsIgnoreCase(option));
    }

    /**
     * The layout of a file; empty: none of ETROC2.
     *
     * @param head first bytes, {@link #HEAD} of them or all
     * @param name of the file
     * @param size of the file [bytes]
     */
    public static Optional<Etroc2Layout> of(byte[] head, String name, long size) {
        if (size == 0) {
            return ofName(name);
        }
        if (isText(head)) {
            return ofText(lines(head, size), name);
        }
        if (isFpga(head, size)) {
            return Optional.of(FPGA);
        }
        return isKcu(head, size) ? Optional.of(KCU) : Optional.empty();
    }

    /** Of a file without content. */
    private static Optional<Etroc2Layout> ofName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".bin")) {
            return Optional.of(FPGA);
        } else if (lower.endsWith(".nem") || lower.endsWith(".sem")) {
            return Optional.of(NEM);
        }
        return lower.matches("(output_run_.*|file_\\d+_ce)\\.dat") ? Optional.of(KCU) : Optional.empty();
    }

    private static boolean isText(byte[] head) {
        for (int i = 0; i < Math.min(head.length, TEXT_HEAD); i++) {
            boolean printable = head[i] >= ' ' && head[i] < 0x7F;
            if (!printable && head[i] != '\n' && head[i] != '\r' && head[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    /** The whole lines of the head. */
    public static List<String> lines(byte[] head, long size) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        int end = head.length < size ? text.lastIndexOf('\n') + 1 : text.length();
        return text.substring(0, end).lines().toList();
    }

    private static Optional<Etroc2Layout> ofText(List<String> lines, String name) {
        if (TextDialect.of(lines, name).isPresent()) {
            return Optional.of(NEM);
        }
        long[] words = lines.stream()
                .limit(WORDS_LOOKED_AT)
                .mapToLong(l -> {
                    byte[] line = l.getBytes(StandardCharsets.ISO_8859_1);
                    return FpgaText.word(line, 0, line.length);
                })
                .filter(w -> w != FpgaText.MALFORMED)
                .toArray();
        for (int i = 0; i + 1 < words.length; i++) {
            if (FpgaScanner.isEventHeader((int) words[i], (int) words[i + 1])) {
                return Optional.of(FPGA_TEXT);
            }
        }
        return MixedDecoder.synchronises(words) ? Optional.of(MIXED) : Optional.empty();
    }

    private static boolean isFpga(byte[] head, long size) {
        int[] words = FpgaScanner.words(head);
        FpgaScanner scanner = new FpgaScanner();
        int fillers = 0;
        int p = 0;
        boolean last = head.length == size;
        while (p < words.length) {
            int length = scanner.length(words, p, words.length, last, p);
            if (length == 0) {
                break;
            }
            switch (scanner.item()) {
                case EVENT -> {
                    return true;
                }
                case UNKNOWN -> {}
                case ZERO -> {}
                default -> fillers += length;
            }
            p += length;
        }
        return fillers > 0 && 2 * fillers >= p;
    }

    private static boolean isKcu(byte[] head, long size) {
        if (size < KcuDecoder.RECORD) {
            return false;
        }
        int records = Math.min(RECORDS_LOOKED_AT, head.length / KcuDecoder.RECORD);
        boolean header = false;
        for (int i = 0; i < records; i++) {
            if (head[8 * i + 7] != 0) {
                return false;
            }
            boolean marked = (head[8 * i + 6] & 3) == 1;
            long word = 0;
            for (int b = 4; b >= 0; b--) {
                word = word << 8 | (head[8 * i + b] & 0xFF);
            }
            header |= marked && ChipWord.kind(word) == ChipWord.Kind.HEADER;
        }
        return header;
    }

    /** What a file could be, for messages. */
    public static String possible() {
        return "FPGA words (an event header C3A3C3A with its key and trailer, or fillers only), KCU records (8 bytes, the highest 0, a header"
                + " with its marker in the first hundred), translated text (a first line EH, ETROC2, FIFO or CLOCK) or word lines";
    }

    /** Refuses an option that names nothing. */
    public static void check(String option) {
        if (!isName(option)) {
            throw new UsageException("layout '" + option + "' is unknown; possible: auto, kcu, fpga, nem, mixed");
        }
    }
}
