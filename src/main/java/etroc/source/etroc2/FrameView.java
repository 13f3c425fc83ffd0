package etroc.source.etroc2;

import etroc.layout.etroc2.FpgaEvent;
import etroc.layout.etroc2.Frame;
import etroc.layout.etroc2.FrameFault;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a reader knows of a frame or an event at the moment that it ends. */
final class FrameView {
    private static final int STREAMS = 256;

    private final RunFacts facts;
    private final long firstFrame;
    private final long firstEvent;
    private final long clocksBefore;
    private @Nullable Frame frame;
    private @Nullable FpgaEvent fpgaEvent;
    private PieceSink.@Nullable Places places;
    private long event;
    private int faults;
    private @Nullable Boolean crcOk;
    private @Nullable Integer chip;
    private @Nullable Integer board;
    /** Chip and board of the latest frame of each stream, which seldom change. */
    private final @Nullable Integer[] latestChip = new @Nullable Integer[STREAMS];

    private final @Nullable Integer[] latestBoard = new @Nullable Integer[STREAMS];
    private final boolean[] seen = new boolean[STREAMS];

    /** Where a value is: of the frame or event that is looked at, and of its i-th data word. */
    @FunctionalInterface
    interface Value {
        long of(FrameView view, int word);
    }

    FrameView(ReadPiece piece) {
        this.facts = piece.facts();
        this.firstFrame = piece.firstFrame();
        this.firstEvent = piece.firstEvent();
        this.clocksBefore = piece.clocksBefore();
    }

    void set(Frame next, long eventInPiece, PieceSink.Places where) {
        frame = next;
        places = where;
        event = firstEvent + eventInPiece;
        crcOk = next.complete() ? facts.crcOk(next.stream(), next.syndrome()) : null;
        faults = next.faults() | (Boolean.FALSE.equals(crcOk) ? FrameFault.CRC.bit() : 0);
        chip = facts.chip(next);
        int stream = next.stream();
        if (!seen[stream] || !Objects.equals(latestChip[stream], chip)) {
            seen[stream] = true;
            latestChip[stream] = chip;
            latestBoard[stream] = facts.board(stream, chip);
        }
        board = latestBoard[stream];
    }

    void set(FpgaEvent next, PieceSink.Places where) {
        fpgaEvent = next;
        places = where;
        event = firstEvent + next.ordinal();
    }

    @SuppressWarnings("NullAway") // set before anybody asks
    Frame frame() {
        return frame;
    }

    @SuppressWarnings("NullAway") // set before anybody asks
    FpgaEvent fpgaEvent() {
        return fpgaEvent;
    }

    @SuppressWarnings("NullAway") // set before anybody asks
    int split(long place) {
        return places.split(place);
    }

    @SuppressWarnings("NullAway") // set before anybody asks
    long line(long place) {
        return places.line(place);
    }

    /** Its event, or {@link Etroc2Column#NULL} before the first one. */
    long event() {
        return event < 0 ? Etroc2Column.NULL : event;
    }

    long ordinal() {
        return firstFrame + frame().ordinal();
    }

    long clocksBefore() {
        return clocksBefore + fpgaEvent().clockFillersBefore();
    }

    int faults() {
        return faults;
    }

    long crcOk() {
        return crcOk == null ? Etroc2Column.NULL : crcOk ? 1 : 0;
    }

    long chip() {
        return chip == null ? Etroc2Column.NULL : chip;
    }

    long board() {
        return board == null ? Etroc2Column.NULL : board;
    }

    /** A field of the trailer of a complete frame. */
    long ofTrailer(java.util.function.LongToIntFunction field) {
        return frame().complete() ? field.applyAsInt(frame().trailer()) : Etroc2Column.NULL;
    }

    int ofWord(int word, java.util.function.LongToIntFunction field) {
        return field.applyAsInt(frame().word(word));
    }
}
