package etroc.cuts;

import etroc.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * The cuts of a stage as settings and tables say them. Tables are read once, when this is made: what {@link #check} gives later is of the
 * content that {@link #text} shows, whatever becomes of the files.
 */
public final class Cuts {
    /** What a row of a table means. */
    private interface Kind {
        CheckedCuts.Entry entry(CutRow row, int number, CutColumns columns, boolean keepWithoutData);
    }

    /** An expression, or a row of a table; its number counts over all sources. */
    private record Entry(
            int number, CutSettings.Source source, @Nullable CutRow row) {
        boolean isStep() {
            return !(row == null ? source.output() : row.get("output")).isEmpty();
        }

        String text() {
            return row == null
                    ? number + " SQL " + source.output() + ": " + source.sql()
                    : number + " row " + row.fields();
        }
    }

    /** Most rows that name a step: bits of a long that is not negative, beside all events, those after the event cuts, and the final ones. */
    private static final int MAX_STEPS = 60;

    private final Kind kind;
    private final List<Entry> entries = new ArrayList<>();
    private final boolean keepWithoutData;
    private int rows;

    private Cuts(Kind kind, boolean keepWithoutData) {
        this.kind = kind;
        this.keepWithoutData = keepWithoutData;
    }

    /**
     * Cuts on codes.
     *
     * @param keepWithoutData whether a board without a hit in the event passes
     * @throws UsageException if a table cannot be read
     */
    public static Cuts ofEvents(List<CutSettings.Source> sources, boolean keepWithoutData, Configuration conf) {
        Cuts cuts = new Cuts(EventCuts::entry, keepWithoutData);
        cuts.read(sources, EventCuts.COLUMNS, conf);
        return cuts;
    }

    /** Cuts on times. @see #ofEvents */
    public static Cuts ofTimes(List<CutSettings.Source> sources, boolean keepWithoutData, Configuration conf) {
        Cuts cuts = new Cuts(TimeCuts::entry, keepWithoutData);
        cuts.read(sources, TimeCuts.COLUMNS, conf);
        long steps = cuts.entries.stream().filter(Entry::isStep).count();
        if (steps > MAX_STEPS) {
            throw new UsageException(
                    sources.get(0).origin() + ": " + steps + " rows name a step (output); possible: " + MAX_STEPS);
        }
        return cuts;
    }

    private void read(List<CutSettings.Source> sources, List<String> header, Configuration conf) {
        for (CutSettings.Source source : sources) {
            if (source.csv().isEmpty()) {
                entries.add(new Entry(rows++, source, null));
                continue;
            }
            CutTable table = CutTable.read(source.csv(), header, conf);
            for (CutRow row : table.rows()) {
                entries.add(new Entry(rows + row.number(), source, row));
            }
            rows += table.size();
        }
        if (entries.size() > Cutflow.MAX_CUTS) {
            throw new UsageException(sources.get(0).origin() + ": " + entries.size() + " cuts; possible: "
                    + Cutflow.MAX_CUTS + ", each of which may be several conditions joined by AND");
        }
    }

    /** All that decides what is applied to given columns, for a fingerprint. */
    public String text() {
        StringBuilder text = new StringBuilder("keep without data: " + keepWithoutData);
        entries.forEach(e -> text.append('\n').append(e.text()));
        return text.toString();
    }

    /**
     * Checks the cuts against the columns of their stage.
     *
     * @throws UsageException if one is wrong; it names file and line or setting, what was found and what is possible
     */
    public CheckedCuts check(CutColumns columns) {
        List<CheckedCuts.Entry> checked = new ArrayList<>();
        for (Entry e : entries) {
            checked.add(e.row() == null ? sql(e, columns) : kind.entry(e.row(), e.number(), columns, keepWithoutData));
        }
        if (columns.ofHits() && !keepWithoutData) {
            checkBoards(columns);
        }
        return new CheckedCuts(checked, rows);
    }

    /** A hit has one board and cannot pass rows that ask for hits of two. */
    private void checkBoards(CutColumns columns) {
        Set<Integer> boards = new TreeSet<>();
        for (Entry e : entries) {
            if (e.row() != null && boards.addAll(e.row().boards(EventCuts.BOARD, columns)) && boards.size() > 1) {
                throw e.row()
                        .wrong(
                                EventCuts.BOARD,
                                "# for a cut on the hit's own board, since each hit is an event of its own here and none is of the boards "
                                        + boards
                                        + " at once; or cuts.keep-events-without-data = true, by which a cut on a board"
                                        + " leaves hits of the others",
                                null);
            }
        }
    }

    private static CheckedCuts.Entry sql(Entry e, CutColumns columns) {
        CutSettings.Source source = e.source();
        String applied = SqlCut.checked(source.sql(), columns, source.origin());
        return CheckedCuts.Entry.of(new Cut(e.number(), source.output(), source.sql(), applied));
    }
}
