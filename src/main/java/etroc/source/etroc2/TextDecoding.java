package etroc.source.etroc2;

import etroc.layout.etroc2.Frame;
import etroc.layout.etroc2.HeaderEvents;
import etroc.layout.etroc2.LayoutCounts;
import etroc.layout.etroc2.TextDecoder;
import etroc.layout.etroc2.TextDialect;
import etroc.layout.etroc2.TextSink;
import java.io.IOException;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;

/** Translated text: the lines that begin in a piece, and those behind it that belong to what began there. */
final class TextDecoding extends Decoding implements TextSink, PieceSink.Places {
    private static final int LINES_A_STEP = 4096;
    /** File and line of a word as one number. */
    private static final int LINE_BITS = 40;

    private final Piece piece;
    private final PieceSink sink;
    private final RunLines lines;
    private final TextDecoder decoder;
    private boolean behind;

    TextDecoding(Piece piece, long firstLine, HeaderEvents events, PieceSink sink, Configuration conf)
            throws IOException {
        this.piece = piece;
        this.sink = sink;
        TextDialect dialect = Objects.requireNonNull(piece.run().dialect());
        lines = new RunLines(piece.run(), piece.file(), piece.start(), firstLine, conf);
        decoder = new TextDecoder(dialect, events, this);
    }

    @Override
    boolean step() throws IOException {
        for (int i = 0; i < LINES_A_STEP; i++) {
            if (decoder.done()) {
                return false;
            }
            if (!lines.advance()) {
                decoder.finish();
                return false;
            }
            if (!behind && (lines.file() != piece.file() || lines.lineStart() >= piece.end())) {
                behind = true;
                decoder.reachBorder();
                if (decoder.done()) {
                    return false;
                }
            }
            decoder.decode(lines.buffer(), lines.from(), lines.to(), (long) lines.file() << LINE_BITS | lines.line());
        }
        return true;
    }

    @Override
    public void frame(Frame frame) {
        sink.frame(frame, frame.event(), this);
    }

    @Override
    public void malformed(String reason, long line) {
        sink.error("malformed", reason + ": '" + lines.text() + "'", line, this);
    }

    @Override
    public int split(long place) {
        return (int) (place >>> LINE_BITS);
    }

    @Override
    public long line(long place) {
        return place & ((1L << LINE_BITS) - 1);
    }

    @Override
    LayoutCounts counts() {
        return decoder.counts();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
