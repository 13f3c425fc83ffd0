package etroc.ingest.etroc2;

import etroc.ingest.InputTables;
import etroc.layout.etroc2.Etroc2Layout;
import etroc.runs.DataFile;
import etroc.source.etroc2.Etroc2Quality;
import etroc.source.etroc2.StreamRun;
import etroc.store.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is said of ETROC2 runs in settings, manifest and tables. */
final class Etroc2Layouts {
    private Etroc2Layouts() {}

    static String orAuto(String layout) {
        return Etroc2Layout.isName(layout) ? layout : "auto";
    }

    /** A setting, or a section of them, as text. */
    static Optional<String> text(Map<String, String> settings, String key) {
        String own = settings.get(key);
        if (own != null) {
            return Optional.of(own.replace("\"", "")); // as JSON has it
        }
        Map<String, String> section = new TreeMap<>();
        settings.forEach((k, v) -> {
            if (k.startsWith(key + ".")) {
                section.put(k.substring(key.length() + 1), v);
            }
        });
        return section.isEmpty()
                ? Optional.empty()
                : Optional.of(section.entrySet().stream()
                        .map(e -> (e.getKey() + "=" + e.getValue()).replace("\"", ""))
                        .collect(Collectors.joining(",")));
    }

    /** For the manifest. */
    static List<Map<String, Object>> inputs(List<StreamRun> runs, Etroc2Quality quality) {
        Map<String, Long> crc = new TreeMap<>();
        quality.counts().stream().filter(c -> c.counter().equals("crc32c")).forEach(c -> crc.put(c.path(), c.count()));
        List<Map<String, Object>> inputs = new ArrayList<>();
        for (StreamRun run : runs) {
            for (DataFile f : run.files()) {
                Map<String, Object> input = new LinkedHashMap<>();
                input.put("path", f.path());
                input.put("bytes", f.length());
                input.put("modified", Instant.ofEpochMilli(f.modified()).toString());
                input.put("run", run.name());
                input.put("number", f.split());
                input.put("layout", run.layout().optionName());
                input.put("dialect", run.dialect() == null ? "" : run.dialect().optionName());
                input.put("crc32c", String.format(java.util.Locale.ROOT, "%08x", crc.getOrDefault(f.path(), 0L)));
                inputs.add(input);
            }
        }
        return inputs;
    }

    /** Every run with its counts. */
    static Table runs(List<StreamRun> runs, Etroc2Quality quality) {
        return Table.of(
                "runs",
                InputTables.RunRow.class,
                runs.stream()
                        .map(r -> new InputTables.RunRow(
                                r.name(),
                                null,
                                null,
                                null,
                                Map.of(),
                                r.files().size(),
                                quality.sum(r.name(), "records")
                                        + quality.sum(r.name(), "words")
                                        + quality.sum(r.name(), "lines"),
                                quality.sum(r.name(), "hits")))
                        .toList());
    }

    /** Numbers that the files of runs lack between the first and the last. */
    static List<String> missing(List<StreamRun> runs) {
        List<String> missing = new ArrayList<>();
        for (StreamRun run : runs) {
            for (int i = 1; i < run.files().size(); i++) {
                int before = run.files().get(i - 1).split();
                int own = run.files().get(i).split();
                if (before >= 0 && own > before + 1) {
                    missing.add(run.name() + ": file " + (before + 1) + (own > before + 2 ? " to " + (own - 1) : "")
                            + "; an event that goes on in it is lost");
                }
            }
        }
        return missing;
    }
}
