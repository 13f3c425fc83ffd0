package etroc.telescope.events;

import etroc.ingest.HitIngest;
import etroc.source.HitColumn;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Cuts the hits of a partition into pieces of blocks: each hit goes to its own block, and near a border to the neighbour as well. Hits may come
 * in any order; the more of them are consecutive, the fewer pieces there are.
 */
final class PieceCutter implements Iterator<Tuple2<HitPiece.Key, HitPiece>> {
    /** Columns of the rows. */
    static final List<String> COLUMNS = Stream.concat(
                    Stream.of(HitIngest.INGEST, HitIngest.FILE, HitIngest.ROW),
                    Stream.of(
                                    HitColumn.BOARD,
                                    HitColumn.TOA,
                                    HitColumn.TOT,
                                    HitColumn.CAL,
                                    HitColumn.HIT_FLAG,
                                    HitColumn.DATETIME)
                            .map(HitColumn::columnName))
            .toList();

    private static final int BOARD = 3;
    private static final int DATETIME = 8;
    private static final long MICROSECONDS = 1_000_000;
    private static final int SMALL = 1024;

    private final Iterator<InternalRow> rows;
    private final NumberedHits hits;
    private final Blocks blocks;
    private final Deque<Tuple2<HitPiece.Key, HitPiece>> ready = new ArrayDeque<>();

    private NumberedHits.@Nullable File file;
    private NumberedHits.Place place = new NumberedHits.Place(0, 0);

    private int run = -1;
    private long firstRow;
    private int size;
    private byte[] board = new byte[SMALL];
    private long[] codes = new long[SMALL];
    private long[] seconds = new long[SMALL];

    PieceCutter(Iterator<InternalRow> rows, NumberedHits hits, Blocks blocks) {
        this.rows = rows;
        this.hits = hits;
        this.blocks = blocks;
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && rows.hasNext()) {
            add(rows.next());
        }
        if (ready.isEmpty()) {
            cut();
        }
        return !ready.isEmpty();
    }

    @Override
    public Tuple2<HitPiece.Key, HitPiece> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }

    private void add(InternalRow hit) {
        look(hit.getInt(0), hit.getInt(1));
        long row = place.row() + hit.getLong(2);
        if (place.run() != run || row != firstRow + size || blocks.beginsBlock(row)) {
            cut();
            run = place.run();
            firstRow = row;
        }
        if (size == board.length) {
            board = Arrays.copyOf(board, 2 * size);
            codes = Arrays.copyOf(codes, 2 * size);
            seconds = Arrays.copyOf(seconds, 2 * size);
        }
        board[size] = (byte) hit.getInt(BOARD);
        codes[size] = PackedHit.pack(
                hit.getInt(BOARD + 1), hit.getInt(BOARD + 2), hit.getInt(BOARD + 3), hit.getInt(BOARD + 4));
        seconds[size] = hit.isNullAt(DATETIME) ? HitPiece.NO_TIME : Math.floorDiv(hit.getLong(DATETIME), MICROSECONDS);
        size++;
    }

    private void look(int ingest, int index) {
        NumberedHits.File last = file;
        if (last == null || last.index() != index || last.ingest() != ingest) {
            last = new NumberedHits.File(ingest, index);
            file = last;
            place = Objects.requireNonNull(hits.files().get(last), "a file of hits that was not counted");
        }
    }

    /** The hits gathered, which are all one block's own, become pieces of the blocks that see them. */
    private void cut() {
        if (size == 0) {
            return;
        }
        HitPiece piece = new HitPiece(firstRow, board, codes, seconds);
        long end = firstRow + size;
        int last = blocks.lastThatSees(run, end - 1);
        for (int block = blocks.firstThatSees(run, firstRow); block <= last; block++) {
            long from = Math.max(firstRow, blocks.seenFrom(block));
            long to = Math.min(end, blocks.seenTo(block));
            if (from < to) {
                ready.add(new Tuple2<>(new HitPiece.Key(block, from), piece.part(from, to)));
            }
        }
        size = 0;
    }
}
