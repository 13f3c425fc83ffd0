package etroc.source.etroc2;

import java.io.Closeable;
import java.io.IOException;

/** The 32-bit words of a run, one after another. */
interface WordInput extends Closeable {
    /** Reads words into {@code [from, words.length)}; how many, or -1 at the end of the run. */
    int read(int[] words, int from) throws IOException;

    /** File that holds a word that was read last or shortly before. */
    int split(long position);

    /** Place of a word in its file. */
    long line(long position);
}
