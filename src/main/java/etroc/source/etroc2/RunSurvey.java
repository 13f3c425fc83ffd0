package etroc.source.etroc2;

import etroc.InputException;
import etroc.layout.etroc2.Etroc2Layout;
import etroc.layout.etroc2.LayoutCounts;
import etroc.layout.etroc2.StreamCounts;
import etroc.layout.etroc2.Syndromes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.util.CrcUtil;
import org.jspecify.annotations.Nullable;

/** Puts together what the pieces of runs hold. */
final class RunSurvey {
    private final List<Piece> pieces;
    private final List<Surveyed> surveyed;
    private final Etroc2Options options;
    private final long[] firstFrame;
    private final long[] firstEvent;
    private final long[] firstClock;
    private final long[] firstLine;
    private final RunFacts[] facts;
    private final List<Etroc2Quality.Count> counts = new ArrayList<>();
    private final List<Etroc2Quality.Fault> faults = new ArrayList<>();
    private final List<Etroc2Reading.Remark> remarks = new ArrayList<>();
    private final Map<Integer, List<RunEvents.Unit>> ofCounters = new TreeMap<>();

    private RunSurvey(int runs, List<Piece> pieces, List<Surveyed> surveyed, Etroc2Options options) {
        this.pieces = pieces;
        this.surveyed = surveyed;
        this.options = options;
        this.facts = new RunFacts[runs];
        firstFrame = new long[pieces.size()];
        firstEvent = new long[pieces.size()];
        firstClock = new long[pieces.size()];
        firstLine = new long[pieces.size()];
    }

    /** @throws InputException if rows and columns are exchanged, an error is one too many, or chips have no board */
    static RunSurvey of(List<StreamRun> runs, List<Piece> pieces, List<Surveyed> surveyed, Etroc2Options options) {
        RunSurvey survey = new RunSurvey(runs.size(), pieces, surveyed, options);
        int from = 0;
        for (StreamRun run : runs) {
            int to = from;
            while (to < pieces.size() && pieces.get(to).run().index() == run.index()) {
                to++;
            }
            survey.add(run, from, to);
            from = to;
        }
        if (options.failFast() && !survey.faults.isEmpty()) {
            Etroc2Quality.Fault first = survey.faults.get(0);
            throw new InputException(
                    first.path() + ", place " + first.line() + ": " + first.kind() + ", " + first.text());
        }
        return survey;
    }

    private void add(StreamRun run, int from, int to) {
        long frames = 0;
        List<RunEvents.Unit> units = new ArrayList<>();
        int begin = from;
        while (begin < to) {
            int end = begin + 1;
            while (end < to
                    && (!run.unitIsFile()
                            || pieces.get(end).file() == pieces.get(begin).file())) {
                end++;
            }
            LayoutCounts all = addUnit(run, begin, end, frames);
            frames += all.headers();
            Map<Integer, Long> headers = new TreeMap<>();
            all.streams().forEach((stream, c) -> headers.put(stream, c.header()));
            units.add(new RunEvents.Unit(List.copyOf(pieces.subList(begin, end)), headers));
            begin = end;
        }
        addFacts(run, from, to);
        addRemarks(run, surveyed.subList(from, to));
        boolean single = units.size() == 1 && units.get(0).headers().size() < 2;
        if (run.eventsByCounters() && !single) {
            ofCounters.put(run.index(), units);
        }
        for (int i = from; single && run.eventsByCounters() && i < to; i++) {
            firstEvent[i] = SINGLE;
        }
    }

    /** Of a run of one stream each header is an event. */
    static final long SINGLE = -1;

    private LayoutCounts addUnit(StreamRun run, int begin, int end, long framesBefore) {
        LayoutCounts sum = null;
        Map<String, Long> before = Map.of();
        int crc = 0;
        for (int i = begin; i < end; i++) {
            Piece piece = pieces.get(i);
            Map<String, Long> named = sum == null ? Map.of() : sum.named();
            boolean newFile = piece.start() == 0;
            firstFrame[i] = framesBefore + (sum == null ? 0 : sum.headers());
            firstEvent[i] = named.getOrDefault("events", 0L) + named.getOrDefault("event_headers", 0L);
            firstClock[i] = named.getOrDefault("clock_fillers", 0L);
            firstLine[i] = newFile
                    ? 0
                    : firstLine[i - 1] + surveyed.get(i - 1).counts().named().getOrDefault("lines", 0L);
            sum = sum == null
                    ? surveyed.get(i).counts()
                    : sum.and(surveyed.get(i).counts());
            int own = (int) surveyed.get(i).crc32c();
            crc = newFile ? own : CrcUtil.compose(crc, own, piece.bytes(), CrcUtil.CASTAGNOLI_POLYNOMIAL);
            addFaults(piece, firstLine[i], surveyed.get(i));
            if (i + 1 == end || pieces.get(i + 1).file() != piece.file()) {
                Map<String, Long> now = flat(sum.whole());
                addCounts(piece, before, now, crc);
                before = now;
            }
        }
        LayoutCounts whole = java.util.Objects.requireNonNull(sum).whole();
        if (!whole.conserved()) {
            throw new IllegalStateException(
                    "words of " + pieces.get(begin).data().path() + " of run " + run.name()
                            + " are not accounted for once: " + flat(whole));
        }
        return whole;
    }

    /** All counts, those of streams as {@code <stream> <name>}. */
    private static Map<String, Long> flat(LayoutCounts counts) {
        Map<String, Long> flat = new LinkedHashMap<>(counts.named());
        for (Map.Entry<Integer, StreamCounts> e : counts.streams().entrySet()) {
            e.getValue().named().forEach((name, n) -> flat.put(e.getKey() + " " + name, n));
        }
        return flat;
    }

    private void addCounts(Piece piece, Map<String, Long> before, Map<String, Long> now, int crc) {
        StreamRun run = piece.run();
        String layout = run.layout().optionName()
                + (run.dialect() == null ? "" : " " + run.dialect().optionName());
        Map<String, Long> own = new LinkedHashMap<>();
        own.put("bytes", piece.data().length());
        own.put("crc32c", Integer.toUnsignedLong(crc));
        if (run.layout() == Etroc2Layout.FPGA) {
            own.put("trailing_bytes", piece.data().length() % Integer.BYTES);
        }
        now.forEach((name, n) -> own.put(name, n - before.getOrDefault(name, 0L)));
        own.forEach((name, n) -> {
            String[] parts = name.split(" ", 2);
            if (n != 0) {
                counts.add(new Etroc2Quality.Count(
                        run.name(),
                        piece.file(),
                        piece.data().path(),
                        layout,
                        parts.length == 1 ? null : Integer.valueOf(parts[0]),
                        parts[parts.length - 1],
                        n));
            }
        });
    }

    private void addFaults(Piece piece, long linesBefore, Surveyed of) {
        for (SourceError e : of.errors()) {
            if (faults.size() < options.errorsKept()) {
                faults.add(new Etroc2Quality.Fault(
                        piece.run().name(),
                        e.split(),
                        piece.run().files().get(e.split()).path(),
                        e.line() + linesBefore,
                        e.kind(),
                        e.text()));
            }
        }
    }

    private void addFacts(StreamRun run, int from, int to) {
        Map<Integer, Map<Integer, Long>> chipsOf = new TreeMap<>();
        TreeSet<Integer> good = new TreeSet<>();
        TreeSet<Integer> streams = new TreeSet<>();
        Syndromes syndromes = run.dialect() == null ? null : new Syndromes(run.dialect());
        for (Surveyed s : surveyed.subList(from, to)) {
            merge(chipsOf, s.frames());
            streams.addAll(s.counts().streams().keySet());
            if (syndromes != null && s.syndromes() != null) {
                syndromes.add(s.syndromes());
            }
        }
        for (Surveyed s : surveyed.subList(from, to)) { // only where no frame of a stream is good
            Map<Integer, Map<Integer, Long>> others = new TreeMap<>(s.doubtfulFrames());
            others.keySet().removeIf(chipsOf::containsKey);
            merge(chipsOf, others);
        }
        if (syndromes != null) {
            syndromes.checkOrder(run.name());
        }
        Map<Integer, Integer> usual = new TreeMap<>();
        chipsOf.forEach((stream, chips) -> usual.put(stream, most(chips)));
        good.addAll(usual.values()); // one damaged frame in 256 has a CRC that fits: its chip is no board
        RunFacts of = options.boards().facts(run, usual, good, streams, syndromes);
        checkBoards(run, of, good, streams);
        facts[run.index()] = of;
        if (run.layout() == Etroc2Layout.KCU && of.byChip() && !of.boards().isEmpty()) {
            List<String> named = new ArrayList<>();
            of.boards().forEach((chip, board) -> named.add(String.format(Locale.ROOT, "0x%05X = %d", chip, board)));
            remarks.add(new Etroc2Reading.Remark(run.name(), "boards by chip id " + String.join(", ", named)));
        }
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

    private void addRemarks(StreamRun run, List<Surveyed> of) {
        long complete = of.stream()
                .flatMap(s -> s.counts().streams().values().stream())
                .mapToLong(StreamCounts::frames)
                .sum();
        long empty = of.stream().mapToLong(Surveyed::emptyFrames).sum();
        if (run.layout() == Etroc2Layout.NEM && complete > 0 && empty == 0) {
            remarks.add(new Etroc2Reading.Remark(
                    run.name(),
                    "no frame is empty; if frames without hits were not written, triggers cannot be counted, and"
                            + " efficiencies and missing triggers mean nothing"));
        }
        if (complete == 0) {
            remarks.add(new Etroc2Reading.Remark(run.name(), "holds no complete frame"));
        }
    }

    Etroc2Quality quality() {
        return new Etroc2Quality(counts, faults);
    }

    List<Etroc2Reading.Remark> remarks() {
        return remarks;
    }

    /** Units of the runs whose events the counters make, by run. */
    Map<Integer, List<RunEvents.Unit>> ofCounters() {
        return ofCounters;
    }

    /** The pieces as they are read. */
    List<ReadPiece> pieces(long[] entries, Map<Integer, RunEvents> events) {
        List<ReadPiece> read = new ArrayList<>();
        for (Piece piece : pieces) {
            int i = piece.number();
            RunEvents of = events.get(piece.run().index());
            boolean text = piece.run().layout() == Etroc2Layout.NEM;
            RunEvents.@Nullable Start start = of == null ? null : of.starts().get(i);
            read.add(new ReadPiece(
                    piece,
                    facts[piece.run().index()],
                    text ? firstLine[i] : entries[i],
                    firstFrame[i],
                    of != null ? 0 : firstEvent[i] == SINGLE ? firstFrame[i] : firstEvent[i],
                    firstClock[i],
                    start));
        }
        return read;
    }
}
