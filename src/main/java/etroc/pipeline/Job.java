package etroc.pipeline;

import etroc.UsageException;
import etroc.settings.Settings;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What somebody wants to know: a kind of analysis, of which inputs, with which settings, as far as which stage.
 *
 * @param kind name of the analysis, as the command line has it
 * @param inputs directories, files and globs, each with its file system
 * @param until last stage; empty: all
 */
public record Job(String kind, List<String> inputs, Settings settings, String until) {
    /** A job on inputs as a user names them. @throws UsageException if a file system is not to be reached */
    public static Job of(String kind, List<String> inputs, Settings settings, String until, Configuration conf) {
        return new Job(kind, inputs.stream().map(i -> qualified(i, conf)).toList(), settings, until);
    }

    private static String qualified(String input, Configuration conf) {
        try {
            Path path = new Path(input);
            return path.getFileSystem(conf).makeQualified(path).toString();
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException("input '" + input + "': " + e.getMessage(), e);
        }
    }

    /** A section of the settings, such as {@code telescope}, as the record of whoever it belongs to. */
    public <R extends Record> R read(String section, Class<R> type) {
        return settings.read(section, type);
    }

    /** For the manifest. */
    Map<String, Object> manifest() {
        Map<String, Object> job = new LinkedHashMap<>();
        job.put("kind", kind);
        job.put("inputs", inputs);
        job.put("until", until);
        return job;
    }
}
