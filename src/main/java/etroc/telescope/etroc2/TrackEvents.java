package etroc.telescope.etroc2;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import etroc.telescope.TelescopeSettings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapGroupsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.KeyValueGroupedDataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * The events of a set's tracks, one track at a time, and what comes of them. A task holds the codes of one track.
 *
 * @param grouped rows as {@link TrackSample} takes them, by track
 */
record TrackEvents(
        BoardSet set, List<Track> going, KeyValueGroupedDataset<Integer, Row> grouped, TrackAnalysis analysis) {
    /** A board of a track. */
    public record OfBoard(int board, int place, TrackResult track) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** A pixel and its tracks. */
    public record OfPixel(int board, int place, VarianceSums sums) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /**
     * What the tracks of a set come to.
     *
     * @param tracks in their order, without replicas
     * @param pixels of each board of the set, by place
     */
    record Results(List<TrackResult> tracks, List<TreeMap<Integer, VarianceSums>> pixels) {}

    /** Tracks that go on; finds the time walk that they share, where they do. */
    static TrackEvents of(SingleHits hits, Tracks tracks, Etroc2Settings settings, TelescopeSettings telescope) {
        BoardSet set = tracks.set();
        List<Track> going = tracks.going();
        Dataset<Row> events = withTrack(hits.of(set), set, going);
        TrackAnalysis analysis = new TrackAnalysis(
                TrackCuts.of(set, settings),
                telescope.timeWalk(),
                null,
                telescope.bootstrap().seed(),
                telescope.bootstrap().replicas());
        TrackEvents own = new TrackEvents(
                set, going, events.groupBy(col("track")).as(Encoders.INT(), Encoders.row(events.schema())), analysis);
        return settings.walk().grouping() == Etroc2Settings.Walk.Grouping.TRACK || going.isEmpty()
                ? own
                : own.withSharedWalk();
    }

    /** Events of these tracks: track, run, event, and of each board TOA, TOT and width of the TDC bin. */
    private static Dataset<Row> withTrack(Dataset<Row> events, BoardSet set, List<Track> going) {
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
        set.boards()
                .forEach(b -> columns.addAll(
                        List.of(col(SingleHits.toa(b)), col(SingleHits.tot(b)), col(SingleHits.bin(b)))));
        String[] places = set.boards().stream().map(SingleHits::place).toArray(String[]::new);
        return events.join(broadcast(events.sparkSession().createDataFrame(rows, schema)), places)
                .select(columns.toArray(Column[]::new));
    }

    /** Does something with each track. */
    <T> Dataset<T> each(OfTrack<T> work, Encoder<T> encoder) {
        int boards = set.boards().size();
        FlatMapGroupsFunction<Integer, Row, T> function = (track, rows) -> work.of(track, TrackSample.of(boards, rows));
        return grouped.flatMapSortedGroups(new Column[] {col("run"), col("event")}, function, encoder);
    }

    /** What is done with a track. */
    interface OfTrack<T> extends Serializable {
        Iterator<T> of(int track, TrackSample sample);
    }

    private TrackEvents withSharedWalk() {
        SharedWalk shared = SharedWalk.of(going);
        int rounds = analysis.walk().residualCut() == null ? 1 : 2;
        int degree = analysis.walk().degree();
        for (int round = 0; round < rounds; round++) {
            TrackAnalysis before = analysis.with(shared);
            List<SharedWalk.OfTrack> sums = each(
                            (track, sample) -> {
                                TrackAnalysis.Timed timed = before.timed(track, sample);
                                return timed.remark().isEmpty()
                                        ? List.of(SharedWalk.sums(track, TrackTimes.of(timed.sample()), degree))
                                                .iterator()
                                        : List.<SharedWalk.OfTrack>of().iterator();
                            },
                            Encoders.javaSerialization(SharedWalk.OfTrack.class))
                    .collectAsList();
            shared = shared.and(sums, set.boards().size(), degree);
        }
        return new TrackEvents(set, going, grouped, analysis.with(shared));
    }

    /** Analyses all tracks. Replicas stay on the executors, added up for each pixel in the order of its tracks. */
    Results results() {
        int boards = set.boards().size();
        List<TreeMap<Integer, VarianceSums>> pixels = new ArrayList<>();
        for (int b = 0; b < boards; b++) {
            pixels.add(new TreeMap<>());
        }
        if (going.isEmpty()) {
            return new Results(List.of(), pixels);
        }
        TrackAnalysis own = analysis;
        Dataset<TrackResult> results = each(
                        (track, sample) -> List.of(own.of(track, sample)).iterator(),
                        Encoders.javaSerialization(TrackResult.class))
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            MapFunction<TrackResult, TrackResult> light = TrackResult::light;
            List<TrackResult> tracks =
                    results.map(light, Encoders.javaSerialization(TrackResult.class)).collectAsList().stream()
                            .sorted(Comparator.comparingInt(TrackResult::track))
                            .toList();
            byPixel(results).forEach(p -> pixels.get(p.board).put(p.place, p.sums));
            return new Results(tracks, pixels);
        } finally {
            results.unpersist();
        }
    }

    private List<OfPixel> byPixel(Dataset<TrackResult> results) {
        Map<Integer, int[]> places = SharedWalk.of(going).places();
        int boards = set.boards().size();
        int replicas = analysis.replicas();
        FlatMapFunction<TrackResult, OfBoard> split =
                result -> (result.remark().isEmpty() ? IntStream.range(0, boards) : IntStream.empty())
                        .mapToObj(b -> new OfBoard(
                                b, Objects.requireNonNull(places.get(result.track()))[b], result.ofBoard(b)))
                        .iterator();
        MapFunction<OfBoard, Integer> pixel = b -> b.board * Pixel.SIDE * Pixel.SIDE + b.place;
        MapGroupsFunction<Integer, OfBoard, OfPixel> add = (key, tracks) -> {
            List<OfBoard> own = new ArrayList<>();
            tracks.forEachRemaining(own::add);
            own.sort(Comparator.comparingInt(t -> t.track.track()));
            VarianceSums sums = new VarianceSums(replicas);
            own.forEach(t -> sums.add(t.track, 0));
            return new OfPixel(own.get(0).board, own.get(0).place, sums);
        };
        return results.flatMap(split, Encoders.javaSerialization(OfBoard.class))
                .groupByKey(pixel, Encoders.INT())
                .mapGroups(add, Encoders.javaSerialization(OfPixel.class))
                .collectAsList();
    }
}
