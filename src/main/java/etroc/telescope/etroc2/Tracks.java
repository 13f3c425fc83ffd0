package etroc.telescope.etroc2;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The tracks of a set.
 *
 * @param set of boards
 * @param alignment of each board, in their order
 * @param tracks most events first, at most 100,000
 */
record Tracks(BoardSet set, List<Alignment> alignment, List<Track> tracks) {
    private static final long FEWEST = 100;
    private static final double ROUNDING = 1e-9;
    private static final double MIRRORED = -0.3;

    private static final int MOST_LISTED = 100_000;
    private static final List<Integer> NONE = List.of(0, 0);

    /** Pixels on the boards of a set, and how many events have just these. */
    private record Found(int[] places, long events) {}

    /** Events in which a board's pixel lies so many rows and columns from the anchor's, which is in a column. */
    private record Moved(int board, int rows, int columns, int column, long events) {}

    static Tracks of(SingleHits hits, BoardSet set, Etroc2Settings settings) {
        Dataset<Row> events = hits.of(set);
        List<Moved> moved = moved(events, set);
        List<Alignment> alignment = new ArrayList<>();
        for (int b = 0; b < set.boards().size(); b++) {
            alignment.add(aligned(moved, set, b, settings));
        }
        List<Track> tracks = new ArrayList<>();
        for (Found f : found(events, set)) {
            tracks.add(track(f, tracks.size(), set, alignment, settings));
        }
        return new Tracks(set, List.copyOf(alignment), List.copyOf(tracks));
    }

    /** Events of the tracks that are not listed. */
    long unlisted() {
        long listed = tracks.stream().mapToLong(Track::events).sum();
        return alignment.get(0).singleHitEvents() - listed;
    }

    /** Tracks that are analysed. */
    List<Track> going() {
        return tracks.stream().filter(Track::goesOn).toList();
    }

    /** A row a track comes here, of those with most events. */
    private static List<Found> found(Dataset<Row> events, BoardSet set) {
        Column[] places =
                set.boards().stream().map(b -> col(SingleHits.place(b))).toArray(Column[]::new);
        List<Column> order = new ArrayList<>(List.of(col("count").desc()));
        order.addAll(List.of(places));
        return events
                .groupBy(places)
                .count()
                .orderBy(order.toArray(Column[]::new))
                .limit(MOST_LISTED)
                .collectAsList()
                .stream()
                .map(row -> {
                    int[] own = new int[places.length];
                    for (int i = 0; i < own.length; i++) {
                        own[i] = row.getInt(i);
                    }
                    return new Found(own, row.getLong(own.length));
                })
                .toList();
    }

    /** How a board's pixels lie to the anchor's: at most 31 x 31 x 16 rows a board. */
    private static List<Moved> moved(Dataset<Row> events, BoardSet set) {
        Column anchor = col(SingleHits.place(set.anchor()));
        Column[] boards = new Column[set.boards().size()];
        for (int b = 0; b < boards.length; b++) {
            Column own = col(SingleHits.place(set.boards().get(b)));
            boards[b] = struct(
                    lit(b).as("board"),
                    row(own).minus(row(anchor)).as("rows"),
                    column(own).minus(column(anchor)).as("columns"),
                    column(anchor).as("column"));
        }
        return events
                .select(explode(array(boards)).as("m"))
                .groupBy("m.board", "m.rows", "m.columns", "m.column")
                .count()
                .collectAsList()
                .stream()
                .map(r -> new Moved(r.getInt(0), r.getInt(1), r.getInt(2), r.getInt(3), r.getLong(4)))
                .toList();
    }

    private static Column row(Column place) {
        return place.divide(Pixel.SIDE).cast("int");
    }

    private static Column column(Column place) {
        return place.mod(Pixel.SIDE);
    }

    private static Alignment aligned(List<Moved> of, BoardSet set, int b, Etroc2Settings settings) {
        List<Moved> moved = of.stream().filter(m -> m.board == b).toList();
        long events = moved.stream().mapToLong(Moved::events).sum();
        List<Integer> given = given(settings, set.boards().get(b));
        List<Integer> anchor = given(settings, set.anchor());
        boolean free = settings.alignment().isEmpty();
        List<Integer> shift =
                free ? mostFrequent(moved) : List.of(given.get(0) - anchor.get(0), given.get(1) - anchor.get(1));
        String remark = free && events < FEWEST
                ? Alignment.NOT_ALIGNED + ": only " + events + " single-hit events"
                : columnCorrelation(moved) < MIRRORED ? "columns run against the anchor's: mirror?" : "";
        return new Alignment(
                set.label(), set.anchor(), events, set.boards().get(b), shift.get(0), shift.get(1), remark);
    }

    private static List<Integer> given(Etroc2Settings settings, int board) {
        return settings.alignment().getOrDefault(board, NONE);
    }

    private static List<Integer> mostFrequent(List<Moved> moved) {
        Map<List<Integer>, Long> shifts =
                new TreeMap<>(Comparator.comparingInt((List<Integer> s) -> Math.abs(s.get(0)) + Math.abs(s.get(1)))
                        .thenComparing(s -> s.get(0))
                        .thenComparing(s -> s.get(1)));
        moved.forEach(m -> shifts.merge(List.of(m.rows, m.columns), m.events, Long::sum));
        List<Integer> shift = NONE;
        long most = 0;
        for (Map.Entry<List<Integer>, Long> entry : shifts.entrySet()) {
            if (entry.getValue() > most) {
                most = entry.getValue();
                shift = entry.getKey();
            }
        }
        return moved.stream().mapToLong(Moved::events).sum() >= FEWEST ? shift : NONE;
    }

    private static double columnCorrelation(List<Moved> moved) {
        double[] s = new double[6];
        for (Moved m : moved) {
            double x = m.column;
            double y = m.column + (double) m.columns;
            double[] terms = {1, x, y, x * x, y * y, x * y};
            for (int i = 0; i < s.length; i++) {
                s[i] += m.events * terms[i];
            }
        }
        double product = (s[0] * s[3] - s[1] * s[1]) * (s[0] * s[4] - s[2] * s[2]);
        return (s[0] * s[5] - s[1] * s[2]) / Math.sqrt(product);
    }

    private static Track track(
            Found found, int number, BoardSet set, List<Alignment> alignment, Etroc2Settings settings) {
        int anchor = found.places[set.boards().indexOf(set.anchor())];
        double distance = 0;
        List<String> pixels = new ArrayList<>();
        for (int b = 0; b < found.places.length; b++) {
            Alignment own = alignment.get(b);
            int place = found.places[b];
            int rows = place / Pixel.SIDE - own.rowShift() - anchor / Pixel.SIDE;
            int columns = place % Pixel.SIDE - own.columnShift() - anchor % Pixel.SIDE;
            distance = Math.max(distance, Math.hypot(rows, columns));
            pixels.add(Pixel.label(own.dataBoardId(), place));
        }
        boolean accepted = distance <= settings.radius() + ROUNDING;
        String remark = !accepted ? "not collinear" : found.events < settings.trackMinEvents() ? "few events" : "";
        return new Track(set.label(), number, String.join(" ", pixels), found.events, distance, accepted, remark);
    }
}
