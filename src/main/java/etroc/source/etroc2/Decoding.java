package etroc.source.etroc2;

import etroc.layout.etroc2.HeaderEvents;
import etroc.layout.etroc2.LayoutCounts;
import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;

/** Decodes a piece of a file, chunk by chunk. */
abstract class Decoding implements Closeable {
    /** Bytes of a chunk. */
    static final int CHUNK = 256 * 1024;

    /**
     * Begins.
     *
     * @param entry where reading enters the piece: words of the run for FPGA words, lines of the file before the piece for text
     * @param events of headers, where counters make them
     */
    static Decoding of(Piece piece, long entry, HeaderEvents events, PieceSink sink, Configuration conf)
            throws IOException {
        return switch (piece.run().layout()) {
            case KCU -> new KcuDecoding(piece, events, sink, conf);
            case FPGA -> new FpgaDecoding(new RunWords(piece.run(), entry, conf), entry, end(piece), sink);
            case FPGA_TEXT -> new FpgaDecoding(new LineWords(piece.run(), sink, conf), 0, Long.MAX_VALUE, sink);
            case NEM -> new TextDecoding(piece, entry, events, sink, conf);
            case MIXED -> new MixedDecoding(piece, events, sink, conf);
        };
    }

    /** End of a piece of FPGA words [words of the run]. */
    static long end(Piece piece) {
        return piece.run().places().firstWord()[piece.file()] + piece.end() / Integer.BYTES;
    }

    /** Decodes a chunk; false when all that begins in the piece has been handed over. */
    abstract boolean step() throws IOException;

    /** What the piece held, when all of it has been decoded. */
    abstract LayoutCounts counts();

    /** Decodes all of it. */
    void finish() throws IOException {
        while (step()) {} // hands frames over
    }
}
