package etroc.cli;

import etroc.store.Table;
import etroc.store.TableText;
import etroc.telescope.TelescopeSummary;
import etroc.telescope.etroc2.Etroc2Summary;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/** What a person wants to see first of a result. */
final class Summaries {
    private static final int MAX_ROWS = 60;

    private Summaries() {}

    /** Counts of events, then the results with uncertainties, then remarks; headings in bold on a terminal. */
    static String of(List<Table> tables) {
        StringBuilder text = new StringBuilder();
        add(text, tables, "event_info");
        for (Table table : ResultReport.summary(tables)) {
            text.append(aligned(table)).append('\n');
        }
        if (ResultReport.hasResolutions(tables)) {
            text.append(TelescopeSummary.ASSUMPTION).append("\n\n");
        }
        if (tables.stream().anyMatch(t -> t.name().equals("board_resolution"))) {
            text.append(Etroc2Summary.ASSUMPTION).append("\n\n");
        }
        add(text, tables, "remarks");
        return text.toString();
    }

    private static String aligned(Table table) {
        String text = TableText.aligned(table, MAX_ROWS);
        if (!Terminal.isTerminal() || !Ansi.AUTO.enabled()) { // which knows NO_COLOR
            return text;
        }
        int end = text.indexOf('\n');
        return Ansi.Style.bold.on() + text.substring(0, end) + Ansi.Style.bold.off() + text.substring(end);
    }

    private static void add(StringBuilder text, List<Table> tables, String name) {
        tables.stream()
                .filter(t -> t.name().equals(name) && !t.rows().isEmpty())
                .forEach(t -> text.append(aligned(t)).append('\n'));
    }
}
