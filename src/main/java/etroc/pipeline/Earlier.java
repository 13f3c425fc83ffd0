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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What an output's newest result has in common with a plan: stages that need not run again, and their tables. */
final class Earlier {
    static final String FINGERPRINT = "fingerprint";

    private final Output output;
    private final Optional<Manifest> manifest;
    private final List<Fingerprint> stages;
    private final int same;
    private final boolean upToDate;

    private Earlier(Output output, Optional<Manifest> manifest, List<Fingerprint> stages) {
        this.output = output;
        this.manifest = manifest;
        this.stages = stages;
        List<String> then = stagesThen().values().stream()
                .map(p -> p.getOrDefault(FINGERPRINT, ""))
                .toList();
        int i = 0;
        while (i < stages.size() && i < then.size() && stages.get(i).value().equals(then.get(i))) {
            i++;
        }
        this.same = i;
        this.upToDate = i == stages.size() && i == then.size();
    }

    /** Compares stages with the newest result. A result that is missing or damaged has nothing in common. */
    static Earlier of(Output output, List<Fingerprint> stages) throws IOException {
        Optional<Manifest> manifest;
        try {
            manifest = Manifest.latest(output);
            if (manifest.isPresent()) {
                ResultSetReader.check(output);
            }
        } catch (InputException e) {
            manifest = Optional.empty();
        }
        return new Earlier(output, manifest, stages);
    }

    /** Nothing to use again. */
    static Earlier none(Output output, List<Fingerprint> stages) {
        return new Earlier(output, Optional.empty(), stages);
    }

    private Map<String, Map<String, String>> stagesThen() {
        return manifest.map(m -> m.maps("stages")).orElse(Map.of());
    }

    List<Fingerprint> stages() {
        return stages;
    }

    /** Fingerprint of a stage of the plan. */
    Fingerprint fingerprint(String stage) {
        return stages.stream().filter(f -> f.stage().equals(stage)).findFirst().orElseThrow();
    }

    /** Whether nothing is to be done. */
    boolean upToDate() {
        return upToDate;
    }

    /** Whether a stage and all before it are unchanged. */
    boolean has(String stage) {
        return stages.subList(0, same).stream().anyMatch(s -> s.stage().equals(stage));
    }

    /** A line a stage: whether it runs, and why. */
    List<String> decisions() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            lines.add(String.format(Locale.ROOT, "%-11s%s", stages.get(i).stage(), decision(i)));
        }
        return lines;
    }

    private String decision(int i) {
        Map<String, String> parts =
                new HashMap<>(stagesThen().getOrDefault(stages.get(i).stage(), Map.of()));
        parts.remove(FINGERPRINT);
        if (i < same) {
            return "unchanged";
        }
        if (manifest.isEmpty()) {
            return "runs: there is no result yet";
        }
        if (parts.isEmpty()) {
            return "runs: the last result was without it";
        }
        List<String> changes = stages.get(i).changes(parts);
        return "runs: " + (changes.isEmpty() ? stages.get(i - 1).stage() + " runs" : String.join(", ", changes));
    }

    /** A table of the newest result. */
    Table table(String name) throws IOException {
        try (ResultSetReader reader = new ResultSetReader(output)) {
            return reader.table(name);
        }
    }
}
