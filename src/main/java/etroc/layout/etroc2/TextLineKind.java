package etroc.layout.etroc2;

/** What a line of translated text is. */
enum TextLineKind {
    EVENT_HEADER(TextCount.EVENT_HEADERS, false),
    EVENT_TRAILER(TextCount.EVENT_TRAILERS, false),
    HEADER(TextCount.HEADERS, true),
    DATA(TextCount.DATA, true),
    TRAILER(TextCount.TRAILERS, true),
    CHANNEL_FILLER(TextCount.FILLERS, true),
    FILLER(TextCount.FILLERS, false),
    CLOCK(TextCount.FILLERS, false),
    BLANK(TextCount.BLANK, false),
    BROKEN(TextCount.BROKEN, false),
    OTHER(TextCount.OTHER, false),
    MALFORMED(TextCount.MALFORMED, false);

    private final TextCount count;
    private final boolean word;

    TextLineKind(TextCount count, boolean word) {
        this.count = count;
        this.word = word;
    }

    /** What such lines are counted as. */
    TextCount count() {
        return count;
    }

    /** Whether the line holds a word of a channel. */
    boolean isWord() {
        return word;
    }
}
