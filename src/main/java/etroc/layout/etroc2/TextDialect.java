package etroc.layout.etroc2;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a program wrote translated words as text. Source: src/docs/formats.md, "ETROC2 translated text". */
public enum TextDialect {
    KEYED,
    NEM_0,
    NEM_1,
    NEM_2,
    SEM_1,
    SEM_2;

    /** The value of the option {@code dialect} that names it. */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The dialect of this name, or nothing. */
    public static Optional<TextDialect> named(String option) {
        return Arrays.stream(values())
                .filter(d -> d.optionName().equalsIgnoreCase(option))
                .findFirst();
    }

    /**
     * The dialect that the first decisive line tells.
     *
     * @param lines the first lines of a run
     * @param fileName of the file they stand in
     */
    public static Optional<TextDialect> of(List<String> lines, String fileName) {
        for (String line : lines) {
            List<String> fields = List.of(line.strip().split(" +", -1));
            String first = fields.get(0);
            if (first.equals("ETROC2")) {
                return Optional.of(KEYED);
            } else if (first.equals("EH") && fields.size() > 1) {
                return Optional.of(ofEventHeader(fields, lines, fileName));
            } else if (List.of("FIFO", "CLOCK", "CLOCK2").contains(first)) {
                return Optional.of(sem(lines));
            }
        }
        return Optional.empty();
    }

    private static TextDialect ofEventHeader(List<String> fields, List<String> lines, String fileName) {
        String version = fields.get(1);
        if (version.startsWith("0b")) {
            return NEM_2;
        } else if (version.matches("0[01]{3}")) {
            return fileName.endsWith(".dat") || fields.size() == 4 ? NEM_0 : NEM_1;
        }
        return sem(lines);
    }

    /** Only the later one has chip ids. */
    private static TextDialect sem(List<String> lines) {
        return lines.stream()
                .filter(l -> l.startsWith("T "))
                .findFirst()
                .filter(l -> l.contains(" 0x"))
                .map(l -> SEM_2)
                .orElse(SEM_1);
    }

    /** Whether trailers have the chip id. */
    public boolean hasChip() {
        return this == KEYED || this == SEM_2;
    }

    /** Whether lines say where events begin. */
    public boolean hasEvents() {
        return this != KEYED;
    }

    /** Whether data lines have the column before the row. */
    boolean columnFirst() {
        return this == NEM_0;
    }

    /** Whether event headers say how many hits there are. */
    boolean declaresHits() {
        return this == NEM_0 || this == NEM_1;
    }

    /** Base of types, which may be marked instead. */
    int typeBase() {
        return this == NEM_0 || this == NEM_1 ? 2 : 10;
    }
}
