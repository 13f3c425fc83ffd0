package etroc.source.etroc2;

import etroc.InputException;
import etroc.layout.etroc2.Etroc2Layout;
import etroc.layout.etroc2.LayoutCounts;
import etroc.layout.etroc2.StreamCounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    private final Map<Integer, RunChips> chips = new TreeMap<>();
    private final List<Etroc2Quality.Count> counts = new ArrayList<>();
    private final List<Etroc2Quality.Fault> faults = new ArrayList<>();
    private final List<Etroc2Reading.Remark> remarks = new ArrayList<>();
    private final Map<Integer, List<RunEvents.Unit>> ofCounters = new TreeMap<>();

    private RunSurvey(List<Piece> pieces, List<Surveyed> surveyed, Etroc2Options options) {
        this.pieces = pieces;
        this.surveyed = surveyed;
        this.options = options;
        firstFrame = new long[pieces.size()];
        firstEvent = new long[pieces.size()];
        firstClock = new long[pieces.size()];
        firstLine = new long[pieces.size()];
    }

    /** @throws InputException if rows and columns are exchanged, an error is one too many, or chips have no board */
    static RunSurvey of(List<StreamRun> runs, List<Piece> pieces, List<Surveyed> surveyed, Etroc2Options options) {
        RunSurvey survey = new RunSurvey(pieces, surveyed, options);
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
        RunChips ofRun = RunChips.of(run, pieces.subList(from, to), surveyed.subList(from, to), options.boards());
        chips.put(run.index(), ofRun);
        ofRun.remarks().forEach(text -> remarks.add(new Etroc2Reading.Remark(run.name(), text)));
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
                    java.util.Objects.requireNonNull(chips.get(piece.run().index()))
                            .facts(piece),
                    text ? firstLine[i] : entries[i],
                    firstFrame[i],
                    of != null ? 0 : firstEvent[i] == SINGLE ? firstFrame[i] : firstEvent[i],
                    firstClock[i],
                    start));
        }
        return read;
    }
}
