package etroc.pipeline;

import etroc.ingest.Ingested;
import etroc.runs.Inventory;
import etroc.store.ResultSetWriter;
import etroc.store.Table;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an analysis will do, decided and checked before any data are read and any session is there. */
public interface AnalysisPlan {
    Analysis analysis();

    Inventory inventory();

    /** The stages that will be there at the end, the ingest first. */
    List<Stage> stages();

    /** What is special to the kind, as text for {@code --dry-run}. */
    String describe();

    /**
     * Does what comes after the ingest.
     *
     * @param earlier what is known of an earlier result
     * @param writer receives datasets, such as the events
     */
    Findings run(JobContext context, Ingested ingested, Earlier earlier, ResultSetWriter writer) throws IOException;

    /**
     * What an analysis found.
     *
     * @param tables in the order of {@code results.sqlite}
     * @param remarks for the table of that name
     * @param kept names of directories under {@code events/} that the next analysis may use
     */
    record Findings(List<Table> tables, List<String> remarks, List<String> kept) {}

    /** A stage that depends on settings, the code of some packages, and more. */
    static Stage stage(
            String name,
            Stage before,
            Analysis analysis,
            List<String> packages,
            Map<String, String> more,
            String... keys) {
        Map<String, String> parts =
                new TreeMap<>(Stage.settings(analysis.settings().all(), keys));
        parts.putAll(more);
        parts.put(Stage.CODE, CodeVersion.of(packages));
        return Stage.of(name, before, parts);
    }
}
