package etroc.telescope.events;

import etroc.telescope.events.EventMatcher.Matches;
import java.util.ArrayList;
import java.util.Arrays;
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

    private static final int BOARD = 2;
    private static final int CODES = 3;
    private static final int DATETIME = 4;

    /** Columns as {@link FoundEvents#packed}. */
    static Dataset<Row> events(Dataset<Row> hits, Blocks blocks, EventMatcher matcher) {
        return hits.groupBy(functions.col(Blocks.BLOCK))
                .as(Encoders.LONG(), Encoders.row(hits.schema()))
                .flatMapSortedGroups(
                        new Column[] {functions.col(Blocks.ROW)},
                        new BlockMatching(matcher, blocks),
                        Encoders.row(FoundEvents.packed(matcher.slots())));
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
        int[] none = new int[matcher.slots().size()];
        Arrays.fill(none, -1);
        try {
            Matches matches = matcher.match(view);
            List<int[]> events = matches.events();
            return Stream.concat(
                            IntStream.range(0, events.size())
                                    .mapToObj(i -> row(block, i, null, null, hits, events.get(i))),
                            Stream.of(row(block, null, (long) own, matches.lost(), hits, none)))
                    .iterator();
        } catch (EventMatcher.NeighboursMatter e) {
            return List.of(row(block, null, null, null, hits, none)).iterator();
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
            board[i] = hit.getInt(BOARD);
            toa[i] = PackedHit.toa(hit.getLong(CODES));
        }
        long from = blocks.from(block);
        long to = from + blocks.rows();
        int coreFrom = (int) Math.max(0, from - first);
        int coreTo = (int) Math.min(board.length, to - first);
        return new HitBlock(
                first, board, toa, coreFrom, coreTo, first == 0, first + board.length < to + blocks.after());
    }

    private static Row row(
            long block, @Nullable Integer index, @Nullable Long own, @Nullable Long lost, List<Row> hits, int[] event) {
        @Nullable Object[] values = new @Nullable Object[4 + 2 * event.length];
        values[0] = block;
        values[1] = index;
        values[2] = own;
        values[3] = lost;
        for (int slot = 0; slot < event.length; slot++) {
            if (event[slot] >= 0) {
                Row hit = hits.get(event[slot]);
                values[4 + 2 * slot] = hit.get(CODES);
                values[5 + 2 * slot] = hit.get(DATETIME);
            }
        }
        return RowFactory.create(values);
    }
}
