package etroc.source.etroc2;

import etroc.UsageException;
import etroc.layout.etroc2.Etroc2Layout;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How boards get their numbers ({@code etroc.etroc2.boards}): {@code chip}, {@code elink}, {@code elink/4}, or a map of e-links or chip ids.
 *
 * @param how the word; {@code map} for a map
 * @param map numbers up to 255 are e-links, larger ones and those written as {@code 0x..} chip ids
 */
record BoardNumbers(String how, Map<Integer, Integer> map, boolean ofChips) implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int E_LINKS = 256;
    private static final int A_PORT = 4;

    /** Reads the option: a word, or {@code 12=0, 42=0}. */
    static BoardNumbers of(String option) {
        String text = option.trim();
        if (text.equals("chip") || text.equals("elink") || text.equals("elink/4")) {
            return new BoardNumbers(text, Map.of(), text.equals("chip"));
        }
        Map<Integer, Integer> map = new TreeMap<>();
        boolean chips = false;
        try {
            for (String entry : text.replaceAll("[{}\"]", "").split(",", -1)) {
                String[] sides = entry.split("=", 2);
                String key = sides[0].trim();
                int number = Integer.decode(key);
                chips |= number >= E_LINKS || key.startsWith("0x");
                map.put(number, Integer.parseInt(sides[1].trim()));
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new UsageException(
                    "boards '" + option + "': possible are chip, elink, elink/4, or a map such as"
                            + " {12 = 0, 42 = 0} of e-links or {0x0CF4 = 0} of chip ids",
                    e);
        }
        return new BoardNumbers("map", map, chips);
    }

    /**
     * What is known of a run's chips, with the numbers of its boards.
     *
     * @param usualChip by stream
     * @param chips that good frames name
     */
    RunFacts facts(
            StreamRun run,
            Map<Integer, Integer> usualChip,
            Set<Integer> chips,
            Set<Integer> streams,
            etroc.layout.etroc2.@org.jspecify.annotations.Nullable Syndromes syndromes) {
        boolean byChip = run.layout() == Etroc2Layout.KCU && ofChips;
        Map<Integer, Integer> boards = new TreeMap<>();
        if (!byChip) {
            streams.forEach(s -> boards.put(s, ofStream(run, s)));
            boards.values().removeIf(b -> b < 0);
        } else if (how.equals("chip")) {
            chips.forEach(c -> boards.put(c, boards.size()));
        } else {
            boards.putAll(map);
        }
        return new RunFacts(run.chipKnown(), usualChip, boards, byChip, run.chipKnown() ? null : syndromes);
    }

    private int ofStream(StreamRun run, int stream) {
        if (run.layout() != Etroc2Layout.KCU) {
            return stream;
        }
        return switch (how) {
            case "elink" -> stream;
            case "elink/4" -> stream / A_PORT;
            default -> map.getOrDefault(stream, -1);
        };
    }
}
