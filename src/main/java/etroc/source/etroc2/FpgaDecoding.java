package etroc.source.etroc2;

import etroc.layout.etroc2.FpgaDecoder;
import etroc.layout.etroc2.FpgaError;
import etroc.layout.etroc2.FpgaEvent;
import etroc.layout.etroc2.FpgaSink;
import etroc.layout.etroc2.Frame;
import etroc.layout.etroc2.LayoutCounts;
import java.io.IOException;
import java.util.Locale;

/** FPGA words of a run, from where reading enters a piece to its end. */
final class FpgaDecoding extends Decoding implements FpgaSink, PieceSink.Places {
    private final WordInput in;
    private final PieceSink sink;
    private final FpgaDecoder decoder;
    private final int[] words = new int[FpgaDecoder.LOOKAHEAD + CHUNK / Integer.BYTES];
    private int valid;
    private boolean ended;
    /** File in which the event begins, and its line minus its place in the run. */
    private int split;

    private long shift;

    FpgaDecoding(WordInput in, long entry, long end, PieceSink sink) {
        this.in = in;
        this.sink = sink;
        this.decoder = new FpgaDecoder(entry, end, this);
    }

    @Override
    boolean step() throws IOException {
        if (decoder.done() || (ended && valid == 0)) {
            return false;
        }
        while (!ended && valid < words.length) {
            int read = in.read(words, valid);
            ended = read < 0;
            valid += Math.max(0, read);
        }
        int needed = decoder.decode(words, 0, valid, ended);
        System.arraycopy(words, needed, words, 0, valid - needed);
        valid -= needed;
        return true;
    }

    @Override
    public void frame(Frame frame, FpgaEvent event) {
        place(event.position());
        sink.frame(frame, event.ordinal(), this);
    }

    @Override
    public void event(FpgaEvent event) {
        place(event.position());
        sink.event(event, this);
    }

    @Override
    public void error(FpgaError error, long position) {
        place(position);
        sink.error(error.name().toLowerCase(Locale.ROOT), error.toString(), position, this);
    }

    private void place(long position) {
        split = in.split(position);
        shift = in.line(position) - position;
    }

    @Override
    public int split(long place) {
        return split;
    }

    @Override
    public long line(long place) {
        return place + shift;
    }

    @Override
    LayoutCounts counts() {
        return decoder.counts();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
