package etroc.app;

import etroc.report.Summary;
import etroc.store.Table;
import etroc.store.TableText;
import java.util.List;

/** What a person wants to see first of a result. */
final class Summaries {
    private static final int MAX_ROWS = 60;

    private Summaries() {}

    /** Counts of events, then the results with uncertainties, then remarks. */
    static String of(List<Table> tables) {
        StringBuilder text = new StringBuilder();
        add(text, tables, "event_info");
        for (Table table : Summary.of(tables)) {
            text.append(TableText.aligned(table, MAX_ROWS)).append('\n');
        }
        add(text, tables, "remarks");
        return text.toString();
    }

    private static void add(StringBuilder text, List<Table> tables, String name) {
        tables.stream()
                .filter(t -> t.name().equals(name) && !t.rows().isEmpty())
                .forEach(t -> text.append(TableText.aligned(t, MAX_ROWS)).append('\n'));
    }
}
