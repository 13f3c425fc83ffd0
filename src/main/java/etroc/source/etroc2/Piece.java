package etroc.source.etroc2;

import etroc.runs.DataFile;
import java.io.Serializable;

/**
 * A part of a file; what begins in it is read by one task.
 *
 * @param number place among all pieces, which are in the order of run, file and place
 * @param file number in its run
 * @param start first byte
 * @param end byte behind it
 */
record Piece(StreamRun run, int number, int file, long start, long end) implements Serializable {
    private static final long serialVersionUID = 1L;

    DataFile data() {
        return run.files().get(file);
    }

    long bytes() {
        return end - start;
    }

    boolean endsFile() {
        return end == data().length();
    }
}
