package etroc.source.etroc2;

import etroc.layout.etroc2.FpgaText;
import etroc.layout.etroc2.HeaderEvents;
import etroc.layout.etroc2.LayoutCounts;
import etroc.layout.etroc2.MixedDecoder;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Mixed word lines of a file. */
final class MixedDecoding extends Decoding implements PieceSink.Places {
    private static final int LINES_A_STEP = 4096;

    private final int split;
    private final PieceSink sink;
    private final RunLines lines;
    private final MixedDecoder decoder;
    private boolean ended;

    MixedDecoding(Piece piece, HeaderEvents events, PieceSink sink, Configuration conf) throws IOException {
        this.split = piece.file();
        this.sink = sink;
        StreamRun run = piece.run();
        StreamRun own = new StreamRun(run.index(), run.name(), run.layout(), run.dialect(), List.of(piece.data()));
        this.lines = new RunLines(own, 0, 0, 0, conf);
        this.decoder = new MixedDecoder(events, frame -> sink.frame(frame, frame.event(), this));
    }

    @Override
    boolean step() throws IOException {
        for (int i = 0; i < LINES_A_STEP && !ended; i++) {
            if (!lines.advance()) {
                ended = true;
                decoder.finish();
                return true;
            }
            long word = FpgaText.word(lines.buffer(), lines.from(), lines.to());
            if (word == FpgaText.MALFORMED) {
                decoder.malformed();
                sink.error(
                        "malformed",
                        "no word of 32 binary digits or decimal: '" + lines.text() + "'",
                        lines.line(),
                        this);
            } else {
                decoder.decode(word, lines.line());
            }
        }
        return !ended;
    }

    @Override
    public int split(long place) {
        return split;
    }

    @Override
    public long line(long place) {
        return place;
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
