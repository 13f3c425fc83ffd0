package etroc.ingest;

import etroc.InputException;
import etroc.runs.DataFile;
import etroc.runs.Inventory;
import etroc.runs.RunName;
import etroc.store.Manifest;
import etroc.store.Output;
import etroc.store.Output.Part;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/** The files that a result was made from, as its manifest has them: they need not be there any more. */
public final class KnownFiles {
    private KnownFiles() {}

    /** For the manifest. */
    static List<Map<String, Object>> record(List<FileQuality> files) {
        List<Map<String, Object>> inputs = new ArrayList<>();
        for (FileQuality q : files) {
            Map<String, Object> input = new LinkedHashMap<>();
            input.put("path", q.file().path());
            input.put("bytes", q.file().length());
            input.put("modified", Instant.ofEpochMilli(q.file().modified()).toString());
            input.put("crc32c", q.crc32c());
            inputs.add(input);
        }
        return inputs;
    }

    /** The manifest of the newest result. @throws InputException if its hits are gone */
    public static Manifest withHits(Output output) throws IOException {
        Manifest manifest = Manifest.read(output, output.latestResult().getName());
        List<String> there = output.whole(Part.HITS);
        for (String batch : manifest.texts("hits")) {
            if (!there.contains(HitIngest.INGEST + "=" + batch)) {
                throw new InputException(
                        "the hits of result " + manifest.id() + " are no more in " + output.place(Part.HITS));
            }
        }
        return manifest;
    }

    /**
     * Those of an output's newest result.
     *
     * @throws InputException if their hits are gone
     */
    public static Inventory of(Output output, InputSettings settings) throws IOException {
        Manifest manifest = withHits(output);
        List<DataFile> files = new ArrayList<>();
        for (Map<String, String> input : manifest.rows("inputs")) {
            String path = input.getOrDefault("path", "");
            RunName.Parsed name = RunName.parse(new Path(path).getName(), settings.chargeFromQsel());
            files.add(new DataFile(
                    path,
                    Long.parseLong(input.getOrDefault("bytes", "0")),
                    Instant.parse(input.getOrDefault("modified", "")).toEpochMilli(),
                    name.run(),
                    name.split()));
        }
        return new Inventory(files, List.of(), 0);
    }
}
