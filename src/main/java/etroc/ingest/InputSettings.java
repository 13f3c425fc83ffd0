package etroc.ingest;

import etroc.runs.ChargeFromQSel;
import etroc.runs.Inventory;
import etroc.settings.SettingsReader;

/**
 * How data files are read ({@code etroc.input}).
 *
 * @param layout {@code auto | split | words | beam}
 * @param mode what happens to a line that is no record
 * @param chargeFromQSel what the number after QSel means
 * @param keepAll whether lines with hit flag 0 are kept as well
 * @param oddNames what happens to a file whose name does not parse
 * @param duplicates what happens to a run's split that occurs twice
 * @param maxMalformedFraction largest fraction of malformed lines of a run that is allowed, 0 to 1
 * @param malformedLinesKept how many malformed lines are kept with their text
 * @param partitions number of partitions to aim at; 0: three a core
 */
public record InputSettings(
        String layout,
        Mode mode,
        ChargeFromQSel chargeFromQSel,
        boolean keepAll,
        Inventory.OnOdd oddNames,
        Inventory.OnOdd duplicates,
        double maxMalformedFraction,
        int malformedLinesKept,
        int partitions)
        implements java.io.Serializable {
    /** Spark's read modes. */
    public enum Mode {
        /** Malformed lines are left out, counted, and fail the run when there are too many. */
        PERMISSIVE,
        /** Malformed lines are left out and counted, however many. */
        DROPMALFORMED,
        /** The first malformed line stops the command. */
        FAILFAST
    }

    private enum Layout {
        AUTO,
        SPLIT,
        WORDS,
        BEAM
    }

    public static InputSettings read(SettingsReader r) {
        return new InputSettings(
                r.choice("layout", Layout.class).name().toLowerCase(java.util.Locale.ROOT),
                r.choice("mode", Mode.class),
                r.choice("charge-from-qsel", ChargeFromQSel.class),
                r.flag("keep-all"),
                r.choice("odd-names", Inventory.OnOdd.class),
                r.choice("duplicates", Inventory.OnOdd.class),
                r.number("max-malformed-fraction", 0, 1),
                r.integer("malformed-lines-kept", 0, 1_000_000),
                r.integer("partitions", 0, 1_000_000));
    }

    /** How names are read. */
    public Inventory.Options names() {
        return new Inventory.Options(chargeFromQSel, oddNames, duplicates);
    }
}
