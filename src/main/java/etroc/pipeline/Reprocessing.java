package etroc.pipeline;

import etroc.InputException;
import etroc.runs.DataFile;
import etroc.runs.Inventory;
import etroc.runs.RunName;
import etroc.settings.Settings;
import etroc.store.Manifest;
import etroc.store.Output;
import etroc.telescope.TelescopeStage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** The analysis that made an output's newest result, to be done again. */
public final class Reprocessing {
    private final Output output;
    private final Manifest manifest;

    private Reprocessing(Output output, Manifest manifest) {
        this.output = output;
        this.manifest = manifest;
    }

    /** @throws InputException if there is no result, or an older program made it */
    public static Reprocessing of(Output output) throws IOException {
        Manifest manifest = Manifest.read(output, output.latestResult().getName());
        if (manifest.text("job/kind").isEmpty()) {
            throw new InputException("result " + manifest.id() + " of " + output.root()
                    + " does not say which command made it; run etroc scan or etroc telescope with --overwrite once");
        }
        return new Reprocessing(output, manifest);
    }

    /** Settings of the result. */
    public Map<String, String> settings() {
        return manifest.map("settings");
    }

    /**
     * The same analysis with other settings.
     *
     * @param until last stage; null: that of the result
     */
    public Analysis analysis(Settings settings, @Nullable TelescopeStage until) {
        return new Analysis(
                AnalysisKind.valueOf(manifest.text("job/kind")),
                manifest.texts("job/inputs"),
                settings,
                until == null ? TelescopeStage.valueOf(manifest.text("job/until")) : until);
    }

    /** The plan for the files that the result was made from, without looking for them: they may be archived. */
    public AnalysisPlan planOfIngested(Analysis analysis, Configuration conf) throws IOException {
        List<String> there = output.directories(output.hits());
        for (String batch : manifest.texts("hits")) {
            if (!there.contains("ingest=" + batch)) {
                throw new InputException("the hits of result " + manifest.id() + " are no more in " + output.hits());
            }
        }
        List<DataFile> files = new ArrayList<>();
        for (Map<String, String> input : manifest.rows("inputs")) {
            String path = input.getOrDefault("path", "");
            RunName.Parsed name = RunName.parse(
                    new Path(path).getName(), analysis.settings().input().chargeFromQSel());
            files.add(new DataFile(
                    path,
                    Long.parseLong(input.getOrDefault("bytes", "0")),
                    Instant.parse(input.getOrDefault("modified", "")).toEpochMilli(),
                    name.run(),
                    name.split()));
        }
        return analysis.plan(new Inventory(files, List.of(), 0), conf);
    }
}
