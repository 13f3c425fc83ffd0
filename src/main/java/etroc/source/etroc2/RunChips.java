package etroc.source.etroc2;

import etroc.InputException;
import etroc.layout.etroc2.Etroc2Layout;
import etroc.layout.etroc2.Syndromes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which chips the streams of a run are, and which boards. Streams of readout boards are numbered by each for itself, so that a stream's chip is
 * found for each file of such a run; boards are numbered over the run.
 */
final class RunChips {
    /** A chip has at most so many links. */
    private static final int LINKS = 2;
    /** Fewer good frames with a chip id say nothing of a stream: one damaged frame in 256 has a CRC that fits. */
    private static final long SURE = 10;

    private final StreamRun run;
    private final List<Surveyed> surveyed;
    private final @Nullable Syndromes syndromes;
    /** Usual chip of each stream, by file; all files as one where streams go through them. */
    private final Map<Integer, Map<Integer, Integer>> usual = new TreeMap<>();

    /** Streams that surely are a chip, as text, by chip and file. */
    private final Map<Integer, Map<Integer, List<Integer>>> links = new TreeMap<>();

    private final TreeSet<Integer> streams = new TreeSet<>();
    private @Nullable RunFacts ofBoards;

    private RunChips(StreamRun run, List<Surveyed> surveyed) {
        this.run = run;
        this.surveyed = surveyed;
        this.syndromes = run.dialect() == null ? null : new Syndromes(run.dialect());
    }

    /**
     * Looks at a run.
     *
     * @param pieces of the run
     * @param surveyed the same
     * @throws InputException if rows and columns are exchanged, chips have no board, or a chip id is that of several chips
     */
    static RunChips of(StreamRun run, List<Piece> pieces, List<Surveyed> surveyed, BoardNumbers numbers) {
        RunChips chips = new RunChips(run, surveyed);
        Map<Integer, List<Surveyed>> units = new TreeMap<>();
        for (int i = 0; i < pieces.size(); i++) {
            units.computeIfAbsent(chips.unit(pieces.get(i)), u -> new ArrayList<>())
                    .add(surveyed.get(i));
        }
        units.forEach(chips::add);
        if (chips.syndromes != null) {
            chips.syndromes.checkOrder(run.name());
        }
        TreeSet<Integer> named = new TreeSet<>();
        chips.usual.values().forEach(u -> named.addAll(u.values()));
        RunFacts facts = numbers.facts(run, Map.of(), named, chips.streams, chips.syndromes);
        checkBoards(run, facts, named, chips.streams);
        if (facts.byChip()) {
            chips.checkLinks();
        } else if (run.filesAreBoards()) {
            chips.checkReadouts();
        }
        chips.ofBoards = facts;
        return chips;
    }

    private int unit(Piece piece) {
        return run.unitIsFile() ? piece.file() : 0;
    }

    private void add(int unit, List<Surveyed> of) {
        Map<Integer, Map<Integer, Long>> chipsOf = new TreeMap<>();
        for (Surveyed s : of) {
            merge(chipsOf, s.frames());
            streams.addAll(s.counts().streams().keySet());
            if (syndromes != null && s.syndromes() != null) {
                syndromes.add(s.syndromes());
            }
        }
        chipsOf.forEach((stream, chips) -> {
            int most = most(chips);
            if (chips.getOrDefault(most, 0L) >= SURE) {
                links.computeIfAbsent(most, c -> new TreeMap<>())
                        .computeIfAbsent(unit, u -> new ArrayList<>())
                        .add(stream);
            }
        });
        for (Surveyed s : of) { // only where no frame of a stream is good
            Map<Integer, Map<Integer, Long>> others = new TreeMap<>(s.doubtfulFrames());
            others.keySet().removeIf(chipsOf::containsKey);
            merge(chipsOf, others);
        }
        Map<Integer, Integer> own = new TreeMap<>();
        chipsOf.forEach((stream, chips) -> own.put(stream, most(chips)));
        usual.put(unit, own);
    }

    private static void merge(Map<Integer, Map<Integer, Long>> all, Map<Integer, Map<Integer, Long>> more) {
        more.forEach((stream, chips) -> chips.forEach(
                (chip, n) -> all.computeIfAbsent(stream, s -> new TreeMap<>()).merge(chip, n, Long::sum)));
    }

    /** The most frequent; of equals the smallest. */
    private static int most(Map<Integer, Long> counts) {
        int most = -1;
        for (Map.Entry<Integer, Long> e : counts.entrySet()) {
            most = most < 0 || e.getValue() > counts.getOrDefault(most, 0L) ? e.getKey() : most;
        }
        return most;
    }

    private static void checkBoards(StreamRun run, RunFacts facts, Set<Integer> chips, Set<Integer> streams) {
        TreeSet<Integer> without = new TreeSet<>(facts.byChip() ? chips : streams);
        without.removeAll(facts.boards().keySet());
        if (!without.isEmpty()) {
            throw new InputException(run.name() + ": " + (facts.byChip() ? "chips " : "e-links ") + without
                    + " have no board in etroc.etroc2.boards, which names "
                    + facts.boards().keySet());
        }
    }

    /** A chip id of several chips, such as the one that chips have at power-on, would make one board of them. */
    private void checkLinks() {
        links.forEach((chip, files) -> {
            boolean several = files.size() > 1 || files.values().stream().anyMatch(l -> l.size() > LINKS);
            if (several) {
                String where = files.entrySet().stream()
                        .map(e -> "e-links " + e.getValue() + " of "
                                + run.files().get(e.getKey()).path())
                        .collect(Collectors.joining(" and "));
                throw new InputException(String.format(
                        Locale.ROOT,
                        "%s: chip id 0x%05X is sent by %s, but a chip has at most two links, of one readout board; %s",
                        run.name(),
                        chip,
                        where,
                        files.size() > 1
                                ? "give the files of each readout board to a command of their own"
                                : "etroc.etroc2.boards = elink, elink/4 or a map of e-links such as {12 = 0, 42 = 0} makes"
                                        + " boards of them"));
            }
        });
    }

    /** Readout boards number their e-links alike, so that an e-link may be a chip of each. */
    private void checkReadouts() {
        Map<Integer, TreeSet<Integer>> chipsOf = new TreeMap<>();
        links.forEach((chip, files) -> files.values()
                .forEach(l -> l.forEach(
                        s -> chipsOf.computeIfAbsent(s, x -> new TreeSet<>()).add(chip))));
        chipsOf.forEach((stream, chips) -> {
            if (chips.size() > 1) {
                throw new InputException(run.name() + ": e-link " + stream + " is chip " + chips
                        + " of different readout boards, which etroc.etroc2.boards makes one board: chip or a map of chip"
                        + " ids tells them apart");
            }
        });
    }

    /** What is known of the frames of a piece. */
    RunFacts facts(Piece piece) {
        RunFacts of = java.util.Objects.requireNonNull(ofBoards);
        Map<Integer, Integer> own = usual.getOrDefault(unit(piece), Map.of());
        return new RunFacts(of.chipKnown(), own, of.boards(), of.byChip(), of.syndromes());
    }

    /** What to know of the run. */
    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        RunFacts of = java.util.Objects.requireNonNull(ofBoards);
        if (run.layout() == Etroc2Layout.KCU && of.byChip() && !of.boards().isEmpty()) {
            List<String> named = new ArrayList<>();
            of.boards().forEach((chip, board) -> named.add(String.format(Locale.ROOT, "0x%05X = %d", chip, board)));
            remarks.add("boards by chip id " + String.join(", ", named));
        }
        long complete = surveyed.stream()
                .flatMap(s -> s.counts().streams().values().stream())
                .mapToLong(c -> c.frames())
                .sum();
        long empty = surveyed.stream().mapToLong(Surveyed::emptyFrames).sum();
        if (run.layout() == Etroc2Layout.NEM && complete > 0 && empty == 0) {
            remarks.add("no frame is empty; if frames without hits were not written, triggers cannot be counted, and"
                    + " efficiencies and missing triggers mean nothing");
        }
        if (complete == 0) {
            remarks.add("holds no complete frame");
        }
        return remarks;
    }
}
