package etroc.ingest.etroc2;

import etroc.InputException;
import etroc.ingest.KnownFiles;
import etroc.layout.etroc2.Etroc2Layout;
import etroc.layout.etroc2.TextDialect;
import etroc.runs.DataFile;
import etroc.runs.Run;
import etroc.source.etroc2.StreamRun;
import etroc.store.Manifest;
import etroc.store.Output;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The runs of ETROC2 that a result was made from, as its manifest has them: their files need not be there any more. */
public final class KnownRuns {
    private KnownRuns() {}

    /** Whether a result is of ETROC2. */
    public static boolean has(Output output) throws IOException {
        return Manifest.read(output, output.latestResult().getName())
                .text("chip")
                .equals(Manifest.ETROC2);
    }

    /**
     * Those of an output's newest result.
     *
     * @throws InputException if their hits are gone, or the manifest does not say how files were read
     */
    public static List<StreamRun> of(Output output) throws IOException {
        Manifest manifest = KnownFiles.withHits(output);
        Map<String, List<DataFile>> files = new LinkedHashMap<>();
        Map<String, Map<String, String>> firsts = new LinkedHashMap<>();
        for (Map<String, String> input : manifest.rows("inputs")) {
            String name = input.getOrDefault("run", "");
            if (name.isEmpty()) {
                throw new InputException("the manifest of result " + manifest.id()
                        + " does not say the runs of its files; etroc reprocess without --ingested-only looks at them");
            }
            firsts.putIfAbsent(name, input);
            files.computeIfAbsent(name, n -> new ArrayList<>())
                    .add(new DataFile(
                            input.getOrDefault("path", ""),
                            Long.parseLong(input.getOrDefault("bytes", "0")),
                            Instant.parse(input.getOrDefault("modified", "")).toEpochMilli(),
                            new Run(name, null, List.of(), null, null),
                            Integer.parseInt(input.getOrDefault("number", "0"))));
        }
        List<StreamRun> runs = new ArrayList<>();
        for (Map.Entry<String, List<DataFile>> run : files.entrySet()) {
            Map<String, String> first = firsts.getOrDefault(run.getKey(), Map.of());
            runs.add(new StreamRun(
                    runs.size(),
                    run.getKey(),
                    layout(first.getOrDefault("layout", "")),
                    TextDialect.named(first.getOrDefault("dialect", "")).orElse(null),
                    run.getValue()));
        }
        return runs;
    }

    private static Etroc2Layout layout(String name) {
        return Arrays.stream(Etroc2Layout.values())
                .filter(l -> l.optionName().equals(name))
                .findFirst()
                .orElseThrow(() -> new InputException("the manifest has a layout '" + name + "'"));
    }
}
