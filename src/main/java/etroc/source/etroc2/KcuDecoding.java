package etroc.source.etroc2;

import etroc.layout.RawFiles;
import etroc.layout.etroc2.HeaderEvents;
import etroc.layout.etroc2.KcuDecoder;
import etroc.layout.etroc2.LayoutCounts;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;

/** KCU records of a file. */
final class KcuDecoding extends Decoding implements PieceSink.Places {
    private final int split;
    private final FSDataInputStream in;
    private final KcuDecoder decoder;
    private final byte[] buffer = new byte[CHUNK];

    KcuDecoding(Piece piece, HeaderEvents events, PieceSink sink, Configuration conf) throws IOException {
        split = piece.file();
        in = RawFiles.open(piece.data().path(), conf);
        in.seek(Math.min(KcuDecoder.firstByte(piece.start()), piece.data().length()));
        decoder = new KcuDecoder(piece.start(), piece.end(), events, frame -> sink.frame(frame, frame.event(), this));
    }

    /** Hands over the headers of a piece. */
    static void headers(Piece piece, HeaderEvents events, Configuration conf) throws IOException {
        byte[] buffer = new byte[CHUNK];
        long at = KcuDecoder.firstByte(piece.start());
        long end = Math.min(
                KcuDecoder.firstByte(piece.end()), piece.data().length() / KcuDecoder.RECORD * KcuDecoder.RECORD);
        try (FSDataInputStream in = RawFiles.open(piece.data().path(), conf)) {
            in.seek(Math.min(at, piece.data().length()));
            while (at < end) {
                int read = in.readNBytes(buffer, 0, (int) Math.min(CHUNK, end - at));
                if (read == 0) {
                    return; // the file is shorter than it was
                }
                KcuDecoder.headers(buffer, 0, read / KcuDecoder.RECORD * KcuDecoder.RECORD, events);
                at += read;
            }
        }
    }

    @Override
    boolean step() throws IOException {
        if (decoder.done()) {
            return false;
        }
        int read = in.read(buffer);
        if (read < 0) {
            decoder.finish();
            return false;
        }
        decoder.decode(buffer, 0, read);
        return true;
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
        in.close();
    }
}
