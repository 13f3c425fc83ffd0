package etroc.layout.etroc2;

import etroc.layout.etroc2.ChipWord.Kind;

/** Makes frames of the words of one stream and counts them. */
final class FrameBuilder {
    private final Frame frame;
    private final FrameSink sink;
    private boolean open;
    private long event;

    private long header;
    private long data;
    private long trailer;
    private long filler;
    private long firmwareFiller;
    private long reserved;
    private long frames;
    private long hits;
    private long noTrailer;
    private long unterminatedData;
    private long orphanData;
    private long orphanTrailer;
    private long openAtEnd;
    private long missingTriggers;
    private long l1Repeats;
    private long l1Jumps;

    private int firstL1 = -1;
    private int lastL1 = -1;
    private long leadingData;
    private boolean leadingTrailer;
    private boolean leadingEnd;
    private boolean openAtBorder;

    /** Makes frames of words whose trailers have chip ids. */
    FrameBuilder(int stream, FrameSink sink) {
        this(stream, true, sink);
    }

    FrameBuilder(int stream, boolean chipKnown, FrameSink sink) {
        this.frame = new Frame(stream, chipKnown);
        this.sink = sink;
    }

    /** Frames that begin from now on are of this event. */
    void setEvent(long number) {
        event = number;
    }

    boolean isOpen() {
        return open;
    }

    /**
     * Takes the next word of the slice.
     *
     * @param line where it stands
     * @param ordinal number of headers before it
     */
    void add(Kind kind, long word, long line, long ordinal) {
        switch (kind) {
            case DATA -> addData(word, line);
            case TRAILER -> addTrailer(word);
            case HEADER -> addHeader(word, line, ordinal);
            case FILLER -> {
                filler++;
                addForeign();
            }
            case FIRMWARE_FILLER -> {
                firmwareFiller++;
                addForeign();
            }
            case RESERVED -> {
                reserved++;
                addForeign();
            }
        }
    }

    private void addData(long word, long line) {
        data++;
        if (open) {
            orphanData += frame.add(word, line) ? 0 : 1;
        } else if (beforeAll()) {
            leadingData++;
        } else {
            orphanData++;
        }
    }

    private void addTrailer(long word) {
        trailer++;
        if (open) {
            close(word);
        } else if (beforeAll()) {
            leadingTrailer = true;
        } else {
            orphanTrailer++;
        }
    }

    /** Whether words may still belong to a frame of the slice before. */
    private boolean beforeAll() {
        return firstL1 < 0 && !leadingTrailer && !leadingEnd;
    }

    private void addHeader(long word, long line, long ordinal) {
        header++;
        if (open) {
            noTrailer++;
            giveUp();
        }
        int l1 = ChipWord.l1(word);
        if (firstL1 < 0) {
            firstL1 = l1;
        } else {
            int step = (l1 - lastL1) & 0xFF;
            missingTriggers += StreamCounts.missing(step);
            l1Repeats += step == 0 ? 1 : 0;
            l1Jumps += StreamCounts.jumps(step) ? 1 : 0;
        }
        lastL1 = l1;
        frame.open(word, line, ordinal, event);
        open = true;
    }

    private void addForeign() {
        if (open) {
            frame.addForeign();
        }
    }

    private void close(long word) {
        open = false;
        frame.close(word);
        frames++;
        hits += frame.dataWords();
        sink.frame(frame);
    }

    private void giveUp() {
        open = false;
        frame.giveUp();
        unterminatedData += frame.dataWords();
        sink.frame(frame);
    }

    /** The next event begins: a frame that is open has no trailer. */
    void endEvent() {
        leadingEnd |= firstL1 < 0;
        if (open) {
            noTrailer++;
            giveUp();
        }
    }

    /** The slice ends here; words that follow only end its last frame. */
    void reachBorder() {
        openAtBorder = open;
    }

    /** Takes a word that stands behind the slice, while the slice's last frame is open. */
    void addBehind(Kind kind, long word, long line) {
        switch (kind) {
            case DATA -> orphanData += frame.add(word, line) ? 0 : 1;
            case TRAILER -> close(word);
            case HEADER -> {
                noTrailer++;
                giveUp();
            }
            case FILLER, FIRMWARE_FILLER, RESERVED -> frame.addForeign();
        }
    }

    /** The stream's unit ends. */
    void finish() {
        if (open) {
            openAtEnd++;
            giveUp();
        }
    }

    StreamCounts counts() {
        return new StreamCounts(
                header,
                data,
                trailer,
                filler,
                firmwareFiller,
                reserved,
                frames,
                hits,
                noTrailer,
                unterminatedData,
                orphanData,
                orphanTrailer,
                openAtEnd,
                missingTriggers,
                l1Repeats,
                l1Jumps,
                new StreamCounts.Border(firstL1, lastL1, leadingData, leadingTrailer, leadingEnd, openAtBorder));
    }
}
