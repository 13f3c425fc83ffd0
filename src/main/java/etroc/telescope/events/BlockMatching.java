package etroc.telescope.events;

import etroc.telescope.events.EventMatcher.Matches;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/**
 * A matcher looks at one block after the other, each of which comes in the order of its rows.
 *
 * @param matcher that finds the events
 * @param blocks that the hits are in
 */
record BlockMatching(EventMatcher matcher, Blocks blocks) implements FlatMapGroupsFunction<Long, Row, Row> {
    private static final long serialVersionUID = 1L;

    /** Places of the columns of {@link Blocks#of}. */
    private static final int ROW = 1;

    private static final int CODES = 2;
    private static final int DATETIME = 3;

    /** Columns of {@link FoundEvents#schema} before those of the slots, and of a slot. */
    private static final int COUNTS = 5;

    private static final int A_SLOT = 3;

    /** Columns as {@link FoundEvents#schema}. */
    static Dataset<Row> events(Dataset<Row> hits, Blocks blocks, EventMatcher matcher) {
        return hits.groupBy(functions.col(Blocks.BLOCK))
                .as(Encoders.LONG(), Encoders.row(hits.schema()))
                .flatMapSortedGroups(
                        new Column[] {functions.col(Blocks.ROW)},
                        new BlockMatching(matcher, blocks),
                        Encoders.row(FoundEvents.schema(matcher.slots())));
    }

    @Override
    public Iterator<Row> call(Long block, Iterator<Row> rows) {
        List<Row> hits = new ArrayList<>();
        rows.forEachRemaining(hits::add);
        HitBlock view = view(block, hits);
        int own = view.coreTo() - view.coreFrom();
        if (own <= 0) {
            return Collections.emptyIterator(); // the run ended before this block
        }
        try {
            Matches matches = matcher.match(view);
            List<int[]> events = matches.events();
            return Stream.concat(
                            IntStream.range(0, events.size()).mapToObj(i -> event(block, i, hits, events.get(i))),
                            Stream.of(counts(block, (long) own, matches)))
                    .iterator();
        } catch (EventMatcher.NeighboursMatter e) {
            return List.of(counts(block, null, new Matches(List.of(), 0))).iterator();
        }
    }

    /** @throws IllegalStateException if hits are missing, or there twice */
    private HitBlock view(long block, List<Row> hits) {
        long first = hits.get(0).getLong(ROW);
        int[] board = new int[hits.size()];
        int[] toa = new int[hits.size()];
        for (int i = 0; i < board.length; i++) {
            Row hit = hits.get(i);
            if (hit.getLong(ROW) != first + i) {
                throw new IllegalStateException("hits from row " + (first + i) + " of a run expected, but from row "
                        + hit.getLong(ROW) + " found");
            }
            board[i] = PackedHit.board(hit.getLong(CODES));
            toa[i] = PackedHit.toa(hit.getLong(CODES));
        }
        long from = blocks.from(block);
        long to = from + blocks.rows();
        int coreFrom = (int) Math.max(0, from - first);
        int coreTo = (int) Math.min(board.length, to - first);
        return new HitBlock(
                first, board, toa, coreFrom, coreTo, first == 0, first + board.length < to + blocks.after());
    }

    /** Row of {@link FoundEvents#schema}. */
    private static Row event(long block, int index, List<Row> hits, int[] event) {
        @Nullable Object[] values = new @Nullable Object[COUNTS + A_SLOT * event.length];
        values[0] = block;
        values[1] = index;
        for (int slot = 0; slot < event.length; slot++) {
            if (event[slot] >= 0) {
                Row hit = hits.get(event[slot]);
                values[COUNTS + A_SLOT * slot + 1] = hit.get(CODES);
                values[COUNTS + A_SLOT * slot + 2] = hit.get(DATETIME);
            }
        }
        return RowFactory.create(values);
    }

    /** Row of {@link FoundEvents#schema}, without counts if there is no number of own hits. */
    private Row counts(long block, @Nullable Long own, Matches matches) {
        int slots = matcher.boards().size();
        @Nullable Object[] values = new @Nullable Object[COUNTS + A_SLOT * slots];
        values[0] = block;
        if (own != null) {
            values[2] = (long) matches.events().size();
            values[3] = own;
            values[4] = matches.lost();
            for (int i = 0; i < slots; i++) {
                int slot = i;
                values[COUNTS + A_SLOT * slot] =
                        matches.events().stream().filter(e -> e[slot] >= 0).count();
            }
        }
        return RowFactory.create(values);
    }
}
