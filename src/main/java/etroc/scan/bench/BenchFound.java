package etroc.scan.bench;

import etroc.ingest.InputTables;
import etroc.ingest.MalformedLine;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** What a place of a scan gave. */
final class BenchFound implements Serializable {
    private static final long serialVersionUID = 1L;

    final List<Baseline> baselines = new ArrayList<>();
    final List<TurnOff> turnOffs = new ArrayList<>();
    final List<TdcPoint> points = new ArrayList<>();
    final List<FileRow> files = new ArrayList<>();
    final List<MalformedLine> malformed = new ArrayList<>();
    final List<String> remarks = new ArrayList<>();

    /**
     * A file that was read.
     *
     * @param crc32c of its bytes, in hexadecimal digits
     * @param layout how it was read
     * @param lines lines, or words of 32 bits
     * @param hits data words in it, of a folder's first file those of all
     * @param malformed lines that are no record
     */
    record FileRow(
            BenchPlace.Part file,
            String run,
            int split,
            String crc32c,
            String layout,
            long lines,
            long hits,
            long malformed)
            implements Serializable {
        private static final long serialVersionUID = 1L;

        /** As every analysis has it. */
        InputTables.Quality quality() {
            return new InputTables.Quality(
                    file.path(),
                    run,
                    split,
                    file.length(),
                    crc32c,
                    layout,
                    lines,
                    hits,
                    lines - hits - malformed,
                    0,
                    malformed,
                    0);
        }
    }
}
