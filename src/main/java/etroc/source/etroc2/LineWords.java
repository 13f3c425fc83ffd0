package etroc.source.etroc2;

import etroc.layout.etroc2.FpgaText;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;

/** FPGA words that stand in lines, a run from its first file on. Lines that are no word are handed over as errors. */
final class LineWords implements WordInput, PieceSink.Places {
    /** Words are asked for so long after they were read. */
    private static final int REMEMBERED = 1 << 17;

    /** Place of the line that was read last. */
    private static final long HERE = -1;

    private final PieceSink sink;
    private final RunLines lines;
    private final int[] files = new int[REMEMBERED];
    private final long[] lineOf = new long[REMEMBERED];
    private long position;

    LineWords(StreamRun run, PieceSink sink, Configuration conf) throws IOException {
        this.sink = sink;
        this.lines = new RunLines(run, 0, 0, 0, conf);
    }

    @Override
    public int read(int[] words, int from) throws IOException {
        int to = from;
        int most = Math.min(words.length, from + REMEMBERED / 4);
        while (to < most) {
            if (!lines.advance()) {
                return to > from ? to - from : -1;
            }
            long word = FpgaText.word(lines.buffer(), lines.from(), lines.to());
            if (word != FpgaText.MALFORMED) {
                int i = (int) (position++ % REMEMBERED);
                files[i] = lines.file();
                lineOf[i] = lines.line();
                words[to++] = (int) word;
            } else if (lines.to() > lines.from()) {
                sink.error("malformed", "no word of 32 binary digits or decimal: '" + lines.text() + "'", HERE, this);
            }
        }
        return to - from;
    }

    @Override
    public int split(long place) {
        return place < 0 ? lines.file() : files[(int) (place % REMEMBERED)];
    }

    @Override
    public long line(long place) {
        return place < 0 ? lines.line() : lineOf[(int) (place % REMEMBERED)];
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
