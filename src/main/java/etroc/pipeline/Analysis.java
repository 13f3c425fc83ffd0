package etroc.pipeline;

import etroc.UsageException;
import etroc.ingest.IngestPlan;
import etroc.runs.Inventory;
import etroc.scan.ScanPlan;
import etroc.settings.Settings;
import etroc.telescope.TelescopePlan;
import etroc.telescope.TelescopeStage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What somebody wants to know: a kind of analysis, of which inputs, with which settings.
 *
 * @param inputs directories, files and globs, each with its file system
 * @param until last stage of a telescope analysis
 */
public record Analysis(AnalysisKind kind, List<String> inputs, Settings settings, TelescopeStage until) {
    /** An analysis of inputs as a user names them. @throws UsageException if a file system is not to be reached */
    public static Analysis of(
            AnalysisKind kind, List<String> inputs, Settings settings, TelescopeStage until, Configuration conf) {
        return new Analysis(kind, inputs.stream().map(i -> qualified(i, conf)).toList(), settings, until);
    }

    private static String qualified(String input, Configuration conf) {
        try {
            Path path = new Path(input);
            return path.getFileSystem(conf).makeQualified(path).toString();
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException("input '" + input + "': " + e.getMessage(), e);
        }
    }

    /**
     * Lists the inputs, and checks cuts and settings.
     *
     * @throws etroc.InputException if inputs are missing or make no sense
     * @throws UsageException if settings do
     */
    public AnalysisPlan plan(Configuration conf) {
        return plan(Inventory.list(inputs, conf, settings.input().names()), conf);
    }

    AnalysisPlan plan(Inventory inventory, Configuration conf) {
        return switch (kind) {
            case INGEST -> new IngestPlan(this, inventory);
            case SCAN -> ScanPlan.of(this, inventory, conf);
            case TELESCOPE -> TelescopePlan.of(this, inventory, conf);
        };
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
