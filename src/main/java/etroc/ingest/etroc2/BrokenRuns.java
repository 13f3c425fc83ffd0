package etroc.ingest.etroc2;

import etroc.InputException;
import etroc.ingest.InputSettings;
import etroc.source.etroc2.Etroc2Quality;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Refuses runs of which too much is no data, where the mode is PERMISSIVE. */
final class BrokenRuns {
    /** What is counted as broken, and of what. */
    private static final Map<String, String> BROKEN = Map.of("malformed", "lines", "unknown_words", "words");

    private BrokenRuns() {}

    /** @throws InputException if one has too much */
    static void check(Etroc2Quality quality, InputSettings settings) {
        if (settings.mode() != InputSettings.Mode.PERMISSIVE) {
            return;
        }
        List<String> runs = quality.counts().stream()
                .map(Etroc2Quality.Count::run)
                .distinct()
                .toList();
        BROKEN.forEach((broken, of) -> {
            List<String> found = runs.stream()
                    .filter(r -> quality.sum(r, broken) > settings.maxMalformedFraction() * quality.sum(r, of))
                    .map(r -> r + ": " + quality.sum(r, broken) + " of " + quality.sum(r, of) + " " + of
                            + first(quality, r))
                    .toList();
            if (!found.isEmpty()) {
                throw new InputException(
                        found.size() + " run" + (found.size() == 1 ? "" : "s") + " with more than "
                                + settings.maxMalformedFraction() + " of " + broken.replace('_', ' ') + ": "
                                + found.stream().limit(3).collect(Collectors.joining(", "))
                                + (found.size() > 3 ? ", ..." : "")
                                + ". etroc.input.max-malformed-fraction allows more, etroc.input.mode = DROPMALFORMED any number");
            }
        });
    }

    private static String first(Etroc2Quality quality, String run) {
        return quality.errors().stream()
                .filter(e -> e.run().equals(run))
                .findFirst()
                .map(e -> " (first: " + e.path() + ", place " + e.line() + ", " + e.kind() + ", " + e.text() + ")")
                .orElse("");
    }
}
