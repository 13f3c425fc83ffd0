package etroc.source.etroc2;

import etroc.layout.etroc2.Etroc2Layout;
import etroc.layout.etroc2.RunPlaces;
import etroc.layout.etroc2.TextDialect;
import etroc.runs.DataFile;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run and how it is read.
 *
 * @param index place in the list of runs
 * @param dialect of translated text; else null
 * @param files in their order, which makes the numbers of column {@code split}
 */
public record StreamRun(
        int index,
        String name,
        Etroc2Layout layout,
        @Nullable TextDialect dialect,
        List<DataFile> files) implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int WORD = Integer.BYTES;

    public StreamRun {
        files = List.copyOf(files);
    }

    /** Whether frames know their chip. */
    boolean chipKnown() {
        return dialect == null || dialect.hasChip();
    }

    /** Whether events are made of the headers' counters. */
    public boolean eventsByCounters() {
        return layout == Etroc2Layout.KCU || layout == Etroc2Layout.MIXED || (dialect != null && !dialect.hasEvents());
    }

    /** Whether the files are those of readout boards that saw the same triggers. */
    boolean filesAreBoards() {
        return layout == Etroc2Layout.KCU;
    }

    /** Whether each file is a unit of its own; else the files are one stream. */
    boolean unitIsFile() {
        return layout == Etroc2Layout.KCU || layout == Etroc2Layout.MIXED;
    }

    /** Where the 32-bit words of the files stand in the run. */
    RunPlaces places() {
        return RunPlaces.of(files.stream().mapToLong(f -> f.length() / WORD).toArray());
    }
}
