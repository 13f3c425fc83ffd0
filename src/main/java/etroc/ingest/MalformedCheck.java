package etroc.ingest;

import etroc.InputException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Refuses runs of which too many lines are no record, where the mode is PERMISSIVE. */
final class MalformedCheck {
    private MalformedCheck() {}

    /**
     * Checks each run.
     *
     * @param malformed the first malformed lines, for the message
     * @throws InputException if one has too many
     */
    static void check(List<FileQuality> quality, List<MalformedLine> malformed, InputSettings settings) {
        if (settings.mode() != InputSettings.Mode.PERMISSIVE) {
            return;
        }
        Map<String, long[]> byRun = new TreeMap<>();
        for (FileQuality q : quality) {
            long[] counts = byRun.computeIfAbsent(q.file().run().name(), r -> new long[2]);
            counts[0] += q.malformed();
            counts[1] += q.lines();
        }
        List<String> broken = byRun.entrySet().stream()
                .filter(e -> e.getValue()[0] > settings.maxMalformedFraction() * e.getValue()[1])
                .map(e -> e.getKey() + ": " + e.getValue()[0] + " of " + e.getValue()[1] + " lines")
                .toList();
        if (!broken.isEmpty()) {
            String files = quality.stream()
                    .filter(q -> q.malformed() > 0)
                    .limit(5)
                    .map(q -> q.file().path() + " (" + q.malformed() + " of " + q.lines() + " lines, layout "
                            + q.layout() + firstMalformed(q, malformed) + ")")
                    .collect(Collectors.joining("; "));
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%d run%s with more than %s of malformed lines: %s. Files: %s."
                            + " etroc.input.max-malformed-fraction allows more, etroc.input.mode = DROPMALFORMED any number",
                    broken.size(),
                    broken.size() == 1 ? "" : "s",
                    settings.maxMalformedFraction(),
                    String.join(", ", broken.subList(0, Math.min(3, broken.size())))
                            + (broken.size() > 3 ? ", ..." : ""),
                    files));
        }
    }

    private static String firstMalformed(FileQuality quality, List<MalformedLine> lines) {
        return lines.stream()
                .filter(l -> l.path().equals(quality.file().path()))
                .findFirst()
                .map(l -> ", first: line " + (l.line() + 1) + " '" + l.text() + "', " + l.reason())
                .orElse("");
    }
}
