package etroc.pipeline;

import etroc.UsageException;
import etroc.store.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * What an analysis will do, decided and checked before any data are read and any session is there.
 *
 * @param stages all of them, the ingest first
 * @param inputs what will be read
 * @param description what is special to the kind, as text for {@code --dry-run}
 * @param report draws the report of the tables
 */
public record Plan(Job job, List<Stage> stages, Inputs inputs, String description, Report report) {
    /**
     * The files that will be read.
     *
     * @param bytes size of all
     * @param newest modification time of the newest
     * @param description text for {@code --dry-run}
     */
    public record Inputs(int files, long bytes, Instant newest, String description) {}

    /** Draws a report. */
    public interface Report {
        /**
         * Writes it into an empty directory.
         *
         * @return what the user should know, such as why figures could not be drawn; or empty
         */
        String write(String title, List<Table> tables, Path directory) throws IOException;
    }

    /** @throws UsageException if there is no such stage */
    public Plan {
        stages = upTo(job.until(), stages);
    }

    private static List<Stage> upTo(String until, List<Stage> stages) {
        List<String> names = stages.stream().map(Stage::name).toList();
        if (until.isEmpty()) {
            return List.copyOf(stages);
        }
        if (!names.contains(until)) {
            throw new UsageException("--until " + until + ": the stages are " + String.join(", ", names));
        }
        return List.copyOf(stages.subList(0, names.indexOf(until) + 1));
    }
}
