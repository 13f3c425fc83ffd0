package etroc.telescope.etroc2;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import etroc.telescope.resolution.Draws;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapGroupsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The events of a track, one track at a time, go into its analysis.
 *
 * @param boards of the set
 * @param bins widths of the TDC bins of each track's pixels [ns]
 */
record TrackEvents(List<Integer> boards, Map<Integer, double[]> bins, TrackAnalysis analysis)
        implements MapGroupsFunction<Integer, Row, TrackResult> {
    private static final long serialVersionUID = 1L;
    /** Spreads the hashes of runs over 64 bits. */
    private static final long RUN_STEP = 0x9e3779b97f4a7c15L;

    /** Results of the tracks that go on, by their number. */
    static List<TrackResult> analysed(
            SingleHits hits, Tracks tracks, List<Pixel> pixels, Etroc2Settings settings, Draws draws) {
        BoardSet set = tracks.set();
        List<Track> going = tracks.tracks().stream().filter(Track::goesOn).toList();
        if (going.isEmpty()) {
            return List.of();
        }
        TrackAnalysis analysis = new TrackAnalysis(
                set.boards().indexOf(set.reference()),
                settings.toaWindow().get(0),
                settings.toaWindow().get(1),
                settings.correlation(),
                draws);
        Dataset<Row> events = withTrack(hits.of(set), set, going);
        return events
                .groupBy(col("track"))
                .as(Encoders.INT(), Encoders.row(events.schema()))
                .mapGroups(
                        new TrackEvents(new ArrayList<>(set.boards()), bins(going, set, pixels), analysis),
                        Encoders.javaSerialization(TrackResult.class))
                .collectAsList()
                .stream()
                .sorted(Comparator.comparingInt(TrackResult::track))
                .toList();
    }

    /** Events of these tracks, with the track's number. */
    static Dataset<Row> withTrack(Dataset<Row> events, BoardSet set, List<Track> going) {
        StructType schema = new StructType().add("track", DataTypes.IntegerType);
        for (int b : set.boards()) {
            schema = schema.add(SingleHits.place(b), DataTypes.IntegerType);
        }
        List<Row> rows = going.stream()
                .map(t -> {
                    List<Object> values = new ArrayList<>(List.of(t.track()));
                    values.addAll(t.places());
                    return RowFactory.create(values.toArray());
                })
                .toList();
        List<Column> columns = new ArrayList<>(List.of(col("track"), col("run"), col("event")));
        set.boards().forEach(b -> columns.addAll(List.of(col(SingleHits.toa(b)), col(SingleHits.tot(b)))));
        String[] places = set.boards().stream().map(SingleHits::place).toArray(String[]::new);
        return events.join(broadcast(events.sparkSession().createDataFrame(rows, schema)), places)
                .select(columns.toArray(Column[]::new));
    }

    private static Map<Integer, double[]> bins(List<Track> tracks, BoardSet set, List<Pixel> pixels) {
        Map<String, Double> known = new TreeMap<>();
        pixels.forEach(p -> known.put(p.label(), p.fbinNs()));
        Map<Integer, double[]> bins = new TreeMap<>();
        for (Track track : tracks) {
            List<Integer> places = track.places();
            double[] own = new double[places.size()];
            for (int i = 0; i < own.length; i++) {
                own[i] = known.getOrDefault(Pixel.label(set.boards().get(i), places.get(i)), Double.NaN);
            }
            bins.put(track.track(), own);
        }
        return bins;
    }

    @Override
    public TrackResult call(Integer track, Iterator<Row> rows) {
        List<Row> events = new ArrayList<>();
        rows.forEachRemaining(events::add);
        events.sort(Comparator.comparing((Row r) -> r.getString(1)).thenComparingLong(r -> r.getLong(2)));
        double[][] toa = new double[boards.size()][events.size()];
        double[][] tot = new double[boards.size()][events.size()];
        long[] keys = new long[events.size()];
        for (int e = 0; e < keys.length; e++) {
            Row event = events.get(e);
            keys[e] = event.getLong(2) + RUN_STEP * event.getString(1).hashCode();
            for (int b = 0; b < toa.length; b++) {
                toa[b][e] = event.getInt(3 + 2 * b);
                tot[b][e] = event.getInt(4 + 2 * b);
            }
        }
        return analysis.of(track, toa, tot, bins.getOrDefault(track, new double[toa.length]), keys);
    }
}
