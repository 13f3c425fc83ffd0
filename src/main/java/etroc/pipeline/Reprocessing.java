package etroc.pipeline;

import etroc.InputException;
import etroc.ingest.FileQuality;
import etroc.ingest.IngestBatches;
import etroc.ingest.IngestBatches.Batch;
import etroc.runs.DataFile;
import etroc.runs.Inventory;
import etroc.settings.Settings;
import etroc.store.Manifest;
import etroc.store.Output;
import etroc.store.Output.Part;
import etroc.store.ResultSetReader;
import etroc.store.Table;
import etroc.telescope.TelescopeStage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
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
        Map<String, DataFile> known = new HashMap<>();
        List<String> used = manifest.texts("hits");
        for (Batch batch : new IngestBatches(output).all()) {
            if (used.contains(Integer.toString(batch.number()))) {
                batch.files().stream().map(FileQuality::file).forEach(f -> known.put(f.path() + " " + f.length(), f));
            }
        }
        List<DataFile> files = new ArrayList<>();
        try (ResultSetReader reader = new ResultSetReader(output)) {
            Table quality = reader.table("quality");
            int path = quality.index("path");
            int bytes = quality.index("bytes");
            for (@Nullable Object[] row : quality.rows()) {
                DataFile file = known.get(row[path] + " " + row[bytes]);
                if (file == null) {
                    throw new InputException("the hits of " + row[path] + " are no more in " + output.place(Part.HITS));
                }
                files.add(file);
            }
        }
        return analysis.plan(new Inventory(files, List.of(), 0), conf);
    }
}
