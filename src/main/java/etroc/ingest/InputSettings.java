package etroc.ingest;

import etroc.Possible;
import etroc.runs.ChargeFromQSel;
import etroc.runs.Inventory;

/**
 * How data files are read ({@code etroc.input}).
 *
 * @param layout of the files
 * @param dialect of translated text of ETROC2
 * @param mode what happens to a line that is no record
 * @param chargeFromQsel what the number after QSel means
 * @param keepAll whether lines with hit flag 0 are kept as well
 * @param oddNames what happens to a file whose name does not parse
 * @param duplicates what happens to a run's split that occurs twice
 * @param maxMalformedFraction largest fraction of malformed lines of a run that is allowed, 0 to 1
 * @param malformedLinesKept how many malformed lines are kept with their text
 * @param partitions number of partitions to aim at; 0: three a core
 */
public record InputSettings(
        @Possible(oneOf = {"auto", "split", "words", "beam", "kcu", "fpga", "nem", "mixed"})
        String layout,

        @Possible(oneOf = {"auto", "keyed", "nem-0", "nem-1", "nem-2", "sem-1", "sem-2"})
        String dialect,

        Mode mode,
        ChargeFromQSel chargeFromQsel,
        boolean keepAll,
        Inventory.OnOdd oddNames,
        Inventory.OnOdd duplicates,
        @Possible(min = 0, max = 1) double maxMalformedFraction,
        @Possible(min = 0, max = 1_000_000) int malformedLinesKept,
        @Possible(min = 0, max = 1_000_000) int partitions)
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

    /** How names are read. */
    public Inventory.Options names() {
        return new Inventory.Options(chargeFromQsel, oddNames, duplicates);
    }
}
