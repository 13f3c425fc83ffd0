package etroc.pipeline;

import etroc.InputException;
import etroc.store.Manifest;
import etroc.store.Output;
import etroc.store.ResultSetReader;
import etroc.store.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an output's newest result has in common with a plan: stages that need not run again, and their tables. */
public final class Earlier {
    private static final String FINGERPRINT = "fingerprint";

    private final Output output;
    private final Optional<Manifest> manifest;
    private final List<Stage> stages;
    private final int same;
    private final boolean upToDate;

    private Earlier(Output output, Optional<Manifest> manifest, List<Stage> stages) {
        this.output = output;
        this.manifest = manifest;
        this.stages = stages;
        List<String> then = earlierStages().values().stream()
                .map(p -> p.getOrDefault(FINGERPRINT, ""))
                .toList();
        int i = 0;
        while (i < stages.size()
                && i < then.size()
                && stages.get(i).fingerprint().equals(then.get(i))) {
            i++;
        }
        this.same = i;
        this.upToDate = i == stages.size() && i == then.size();
    }

    /** Compares a plan with the newest result. A result that is missing or damaged has nothing in common. */
    static Earlier of(Output output, AnalysisPlan plan) throws IOException {
        Optional<Manifest> manifest;
        try {
            manifest = Manifest.latest(output);
        } catch (InputException e) {
            manifest = Optional.empty();
        }
        return new Earlier(output, manifest, plan.stages());
    }

    /** Nothing to use again. */
    static Earlier none(Output output, AnalysisPlan plan) {
        return new Earlier(output, Optional.empty(), plan.stages());
    }

    private Map<String, Map<String, String>> earlierStages() {
        return manifest.map(m -> m.maps("stages")).orElse(Map.of());
    }

    /** Whether nothing is to be done. */
    boolean upToDate() {
        return upToDate;
    }

    /** Whether a stage and all before it are unchanged. */
    public boolean has(String stage) {
        return stages.subList(0, same).stream().anyMatch(s -> s.name().equals(stage));
    }

    /** A line a stage: whether it runs, and why. */
    List<String> decisions() {
        List<String> lines = new ArrayList<>();
        Map<String, Map<String, String>> then = earlierStages();
        for (int i = 0; i < stages.size(); i++) {
            Stage stage = stages.get(i);
            Map<String, String> parts = new HashMap<>(then.getOrDefault(stage.name(), Map.of()));
            parts.remove(FINGERPRINT);
            String why;
            if (i < same) {
                why = "unchanged";
            } else if (manifest.isEmpty()) {
                why = "runs: there is no result yet";
            } else if (parts.isEmpty()) {
                why = "runs: the last result was without it";
            } else {
                List<String> changes = stage.changes(parts);
                why = "runs: " + (changes.isEmpty() ? stages.get(i - 1).name() + " runs" : String.join(", ", changes));
            }
            lines.add(String.format(java.util.Locale.ROOT, "%-11s%s", stage.name(), why));
        }
        return lines;
    }

    /** Tables of the newest result. */
    public List<Table> tables(String... names) throws IOException {
        List<Table> tables = new ArrayList<>();
        try (ResultSetReader reader = new ResultSetReader(output)) {
            for (String name : names) {
                tables.add(reader.table(name));
            }
        }
        return tables;
    }
}
