package etroc.source.etroc2;

import etroc.layout.RawFiles;
import etroc.layout.etroc2.RunPlaces;
import etroc.runs.DataFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.io.IOUtils;
import org.jspecify.annotations.Nullable;

/** The little-endian words of a run's binary files; up to 3 bytes at the end of a file are no word. */
final class RunWords implements WordInput {
    private final StreamRun run;
    private final RunPlaces places;
    private final Configuration conf;
    private final ByteBuffer bytes = ByteBuffer.allocate(Decoding.CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    private long position;
    private int file = -1;
    private @Nullable FSDataInputStream in;

    /** @param position of the first word that is wanted [words of the run] */
    RunWords(StreamRun run, long position, Configuration conf) {
        this.run = run;
        this.places = run.places();
        this.position = position;
        this.conf = conf;
    }

    @Override
    public int read(int[] words, int from) throws IOException {
        if (position >= places.words()) {
            return -1;
        }
        FSDataInputStream open = open();
        DataFile data = run.files().get(file);
        long left = data.length() / Integer.BYTES - places.line(position, file);
        int count = (int) Math.min(Math.min(left, words.length - from), CHUNK_WORDS);
        int read = open.readNBytes(bytes.array(), 0, count * Integer.BYTES);
        if (read < count * Integer.BYTES) {
            throw new IOException(data.path() + " has " + data.length() + " bytes in its listing, but ends before");
        }
        bytes.rewind();
        bytes.asIntBuffer().get(words, from, count);
        position += count;
        return count;
    }

    private static final int CHUNK_WORDS = Decoding.CHUNK / Integer.BYTES;

    private FSDataInputStream open() throws IOException {
        int holds = places.file(position);
        if (in == null || holds != file) {
            close();
            file = holds;
            FSDataInputStream opened = RawFiles.open(run.files().get(file).path(), conf);
            opened.seek(places.line(position, file) * Integer.BYTES);
            in = opened;
        }
        return in;
    }

    @Override
    public int split(long place) {
        return places.file(place);
    }

    @Override
    public long line(long place) {
        return places.line(place, places.file(place));
    }

    @Override
    public void close() throws IOException {
        IOUtils.closeStream(in);
        in = null;
    }
}
