package etroc.telescope.etroc2;

import static org.apache.spark.sql.functions.col;

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
 * @param tracks most events first
 */
record Tracks(BoardSet set, List<Alignment> alignment, List<Track> tracks) {
    private static final long FEWEST = 100;
    private static final double ROUNDING = 1e-9;
    private static final double MIRRORED = -0.3;

    /** Pixels on the boards of a set, and how many events have just these. */
    private record Found(int[] places, long events) {}

    static Tracks of(SingleHits hits, BoardSet set, Etroc2Settings settings) {
        List<Found> found = found(hits.of(set), set);
        List<Alignment> alignment = new ArrayList<>();
        for (int b = 0; b < set.boards().size(); b++) {
            alignment.add(aligned(found, set, b));
        }
        List<Track> tracks = new ArrayList<>();
        for (Found f : found) {
            tracks.add(track(f, tracks.size(), set, alignment, settings));
        }
        return new Tracks(set, List.copyOf(alignment), List.copyOf(tracks));
    }

    /** Only a row a track comes here. */
    private static List<Found> found(Dataset<Row> events, BoardSet set) {
        Column[] places =
                set.boards().stream().map(b -> col(SingleHits.place(b))).toArray(Column[]::new);
        Comparator<Found> most = Comparator.comparingLong(f -> -f.events);
        return events.groupBy(places).count().collectAsList().stream()
                .map(row -> {
                    int[] own = new int[places.length];
                    for (int i = 0; i < own.length; i++) {
                        own[i] = row.getInt(i);
                    }
                    return new Found(own, row.getLong(own.length));
                })
                .sorted(most.thenComparing(f -> f.places, java.util.Arrays::compare))
                .toList();
    }

    private static Alignment aligned(List<Found> found, BoardSet set, int b) {
        int anchor = set.boards().indexOf(set.anchor());
        long events = found.stream().mapToLong(Found::events).sum();
        Map<List<Integer>, Long> shifts =
                new TreeMap<>(Comparator.comparingInt((List<Integer> s) -> Math.abs(s.get(0)) + Math.abs(s.get(1)))
                        .thenComparing(s -> s.get(0))
                        .thenComparing(s -> s.get(1)));
        found.forEach(f -> shifts.merge(
                List.of(
                        f.places[b] / Pixel.SIDE - f.places[anchor] / Pixel.SIDE,
                        f.places[b] % Pixel.SIDE - f.places[anchor] % Pixel.SIDE),
                f.events,
                Long::sum));
        List<Integer> shift = List.of(0, 0);
        long most = 0;
        for (Map.Entry<List<Integer>, Long> entry : shifts.entrySet()) {
            if (events >= FEWEST && entry.getValue() > most) {
                most = entry.getValue();
                shift = entry.getKey();
            }
        }
        String remark = events < FEWEST
                ? Alignment.NOT_ALIGNED + ": only " + events + " single-hit events"
                : columnCorrelation(found, anchor, b) < MIRRORED ? "columns run against the anchor's: mirror?" : "";
        return new Alignment(
                set.label(), set.anchor(), events, set.boards().get(b), shift.get(0), shift.get(1), remark);
    }

    private static double columnCorrelation(List<Found> found, int anchor, int board) {
        double[] s = new double[6];
        for (Found f : found) {
            double x = f.places[anchor] % Pixel.SIDE;
            double y = f.places[board] % Pixel.SIDE;
            double[] terms = {1, x, y, x * x, y * y, x * y};
            for (int i = 0; i < s.length; i++) {
                s[i] += f.events * terms[i];
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
