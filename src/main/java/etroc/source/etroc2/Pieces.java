package etroc.source.etroc2;

import etroc.layout.etroc2.Etroc2Layout;
import etroc.runs.DataFile;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkContext;

/** Cuts the files of runs into pieces. */
final class Pieces {
    /** A piece is at least this long [bytes], so that many partitions of little data do not cost more than they bring. */
    private static final long MIN = 1L << 20;
    /** A piece is at most this long [bytes], so that a lost task loses little. */
    private static final long MAX = 16L << 20;
    /** Records and words do not go on from piece to piece. */
    private static final long ALIGNED = 8;

    private static final int PARTITIONS_A_CORE = 3;

    private Pieces() {}

    static int partitions(SparkContext context, int wished) {
        return wished > 0 ? wished : PARTITIONS_A_CORE * context.defaultParallelism();
    }

    /**
     * All pieces, in the order of run, file and place; each file has one at least.
     *
     * @param exact whether pieces may be as small as that takes, as tests ask for
     */
    static List<Piece> of(List<StreamRun> runs, int partitions, boolean exact) {
        long total = runs.stream()
                .flatMap(r -> r.files().stream())
                .mapToLong(DataFile::length)
                .sum();
        long size = Math.max(ALIGNED, Math.min(MAX, total / partitions + 1));
        long most = exact ? size : Math.max(size, MIN);
        List<Piece> pieces = new ArrayList<>();
        for (StreamRun run : runs) {
            // lines of words are read from the run's beginning on
            boolean whole = run.layout() == Etroc2Layout.FPGA_TEXT || run.layout() == Etroc2Layout.MIXED;
            for (int f = 0; f < run.files().size(); f++) {
                long length = run.files().get(f).length();
                long count = whole ? 1 : Math.max(1, (length + most - 1) / most);
                for (long i = 0; i < count; i++) {
                    long start = aligned(length * i / count);
                    long end = i + 1 == count ? length : aligned(length * (i + 1) / count);
                    if (end > start || count == 1) {
                        pieces.add(new Piece(run, pieces.size(), f, start, end));
                    }
                }
            }
        }
        return pieces;
    }

    private static long aligned(long place) {
        return place / ALIGNED * ALIGNED;
    }

    /** Packs pieces, in their order, into partitions of about the same size. */
    static List<List<ReadPiece>> pack(List<ReadPiece> pieces, int partitions) {
        long total = pieces.stream().mapToLong(p -> p.piece().bytes()).sum();
        long target = Math.max(1, Math.min(MAX, total / partitions + 1));
        List<List<ReadPiece>> packed = new ArrayList<>();
        long size = target;
        for (ReadPiece piece : pieces) {
            if (size >= target) {
                packed.add(new ArrayList<>());
                size = 0;
            }
            packed.get(packed.size() - 1).add(piece);
            size += piece.piece().bytes();
        }
        return packed;
    }
}
