package etroc.simulate;

import etroc.layout.etroc2.TextDialect;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How simulated data of ETROC2 are written. */
public enum Carrier {
    KCU,
    FPGA,
    NEM_0,
    NEM_1,
    NEM_2,
    SEM_1,
    SEM_2,
    KEYED;

    /** The value of the option {@code layout} that names it. */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The carrier of this name, or nothing. */
    public static Optional<Carrier> named(String option) {
        return Arrays.stream(values())
                .filter(c -> c.optionName().equalsIgnoreCase(option))
                .findFirst();
    }

    /** The dialect of translated text; empty: binary. */
    Optional<TextDialect> dialect() {
        return TextDialect.named(optionName());
    }

    /** Boards that it has streams for. */
    public int mostBoards() {
        return this == KCU ? 8 : 4;
    }

    /** Whether it has words for fillers. */
    boolean hasFillers() {
        return dialect().isEmpty();
    }

    /** Path of a file below the directory of the data. */
    String file(int run, int readout, int number) {
        return switch (this) {
            case KCU -> "output_run_" + run + "_rb" + readout + ".dat";
            case FPGA -> "run_" + run + "/file_" + number + ".bin";
            case KEYED, NEM_0 -> "run_" + run + "/TDC_Data_translated_" + number + ".dat";
            default -> "run_" + run + "/TDC_Data_translated_" + number + ".nem";
        };
    }
}
