package etroc.telescope.emulator;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.sum;

import etroc.telescope.events.CoincidenceMatcher;
import etroc.telescope.events.EventMatcher;
import etroc.telescope.events.HitBlock;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Counts the coincidences of lines, in blocks of lines of a file: those of ETROC1 boards, whether a frame is close to them, and those of the boards
 * with a frame. Source: src/docs/formats.md, "Mixed word lines".
 *
 * @param boards of ETROC1, in pattern order
 * @param stream of ETROC2
 * @param window largest difference of lines
 * @param halo lines that a block sees of either neighbour
 */
record JointSearch(List<Integer> boards, int stream, int window, int halo)
        implements FlatMapGroupsFunction<Row, Row, Row> {
    private static final long serialVersionUID = 1L;
    /** Lines by which the window for accidentals is shifted. */
    static final int SHIFT = 1000;

    private static final int BLOCK_LINES = 1 << 16;
    private static final int FIRST_HALO = 4 * SHIFT;
    /** Kinds of rows: boards are themselves. */
    static final int EMPTY_FRAME = 4;

    static final int FRAME_WITH_HITS = 5;
    private static final int NOTHING = -1;

    /** Columns of what stands in lines: run, number of the file in it and of its lines, line, and what it is. */
    static final StructType LINES = new StructType()
            .add("run", DataTypes.StringType)
            .add("split", DataTypes.IntegerType)
            .add("lines", DataTypes.LongType)
            .add("line", DataTypes.LongType)
            .add("kind", DataTypes.IntegerType);

    private static final StructType COUNTS = new StructType()
            .add("run", DataTypes.StringType)
            .add("events", DataTypes.LongType)
            .add("with_frame", DataTypes.LongType)
            .add("shifted", DataTypes.LongType)
            .add("accidental", DataTypes.LongType)
            .add("joint", DataTypes.LongType)
            .add("undecided", DataTypes.LongType);

    /**
     * A row a run: its name, numbers of events, of those with a frame, with a window to shift, with a frame in that, of joint events.
     *
     * @param lines columns of {@link #LINES}; in no order
     */
    static List<Row> of(Dataset<Row> lines, List<Integer> boards, int stream, int window) {
        for (int halo = FIRST_HALO; true; halo *= 8) {
            List<Row> rows = counts(lines, new JointSearch(boards, stream, window, halo));
            if (rows.stream().allMatch(r -> r.getLong(6) == 0)) {
                return rows;
            }
            if (halo > Integer.MAX_VALUE / 32) {
                throw new IllegalStateException("coincidences are not decided by " + halo + " lines around a block");
            }
        }
    }

    private static List<Row> counts(Dataset<Row> lines, JointSearch search) {
        String blocks = String.format(
                Locale.ROOT,
                "explode(sequence(greatest(line - %1$d, 0) div %2$d, (line + %1$d) div %2$d)) as block",
                search.halo,
                BLOCK_LINES);
        Dataset<Row> seen = lines.select(col("*"), expr(blocks));
        StructType key = new StructType()
                .add("run", DataTypes.StringType)
                .add("split", DataTypes.IntegerType)
                .add("block", DataTypes.LongType);
        List<Column> sums = Arrays.stream(COUNTS.fieldNames())
                .skip(1)
                .map(n -> sum(n).as(n))
                .toList();
        return seen.groupBy("run", "split", "block")
                .as(Encoders.row(key), Encoders.row(seen.schema()))
                .flatMapGroups(search, Encoders.row(COUNTS))
                .groupBy("run")
                .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new))
                .sort("run")
                .collectAsList();
    }

    @Override
    public Iterator<Row> call(Row key, Iterator<Row> rows) {
        long from = key.getLong(2) * BLOCK_LINES;
        long first = Math.max(0, from - halo);
        int[] kind = new int[Math.toIntExact(from + BLOCK_LINES + halo - first)];
        Arrays.fill(kind, NOTHING);
        long lines = 0;
        while (rows.hasNext()) {
            Row row = rows.next();
            lines = row.getLong(2);
            kind[(int) (row.getLong(3) - first)] = row.getInt(4);
        }
        int core = (int) (from - first);
        HitBlock block = new HitBlock(first, kind, new int[kind.length], core, core + BLOCK_LINES, first == 0, false);
        List<Integer> all =
                Stream.concat(boards.stream(), Stream.of(FRAME_WITH_HITS)).toList();
        try {
            List<int[]> events = matched(block, boards);
            long[] n = {events.size(), 0, 0, 0, matched(block, all).size()};
            for (int[] event : events) {
                count(event, kind, lines - first, n);
            }
            return List.of(RowFactory.create(key.getString(0), n[0], n[1], n[2], n[3], n[4], 0L))
                    .iterator();
        } catch (EventMatcher.NeighboursMatter e) {
            return List.of(RowFactory.create(key.getString(0), 0L, 0L, 0L, 0L, 0L, 1L))
                    .iterator();
        }
    }

    private List<int[]> matched(HitBlock block, List<Integer> of) throws EventMatcher.NeighboursMatter {
        return new CoincidenceMatcher(of, window, -1, of.size()).match(block).events();
    }

    /** @param end behind the file's last line, from the block's first on */
    private void count(int[] event, int[] kind, long end, long[] n) {
        int from = Arrays.stream(event).max().orElseThrow() - window;
        int to = Arrays.stream(event).min().orElseThrow() + window;
        n[1] += hasFrame(kind, from, to) ? 1 : 0;
        int shift = to + SHIFT < end ? SHIFT : -SHIFT;
        if (from + shift >= 0) {
            n[2]++;
            n[3] += hasFrame(kind, from + shift, to + shift) ? 1 : 0;
        }
    }

    private static boolean hasFrame(int[] kind, int from, int to) {
        for (int i = Math.max(0, from); i <= Math.min(to, kind.length - 1); i++) {
            if (kind[i] == EMPTY_FRAME || kind[i] == FRAME_WITH_HITS) {
                return true;
            }
        }
        return false;
    }
}
