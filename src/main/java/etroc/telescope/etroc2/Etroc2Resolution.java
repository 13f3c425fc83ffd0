package etroc.telescope.etroc2;

import etroc.UsageException;
import etroc.pipeline.Context;
import etroc.pipeline.Job;
import etroc.pipeline.Stage;
import etroc.store.Table;
import etroc.telescope.TelescopeSettings;
import etroc.telescope.walk.TimeWalkSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** The stage that finds time resolutions: of every track, pixel and board of every set of boards; and writes the events that they are of. */
final class Etroc2Resolution {
    private static final String TELESCOPE = "telescope";
    private static final String EVENTS = "events";

    private final Context context;
    private final Etroc2Telescope telescope;
    private final TelescopeSettings settings;
    private final List<TrackResults.Board> boards = new ArrayList<>();
    private final List<TrackResults.Pair> pairs = new ArrayList<>();
    private final List<Combined> combined = new ArrayList<>();

    private Etroc2Resolution(Context context) {
        this.context = context;
        this.telescope = context.find(Etroc2Telescope.class);
        this.settings = context.read(TELESCOPE, TelescopeSettings.class);
    }

    /** @throws UsageException if the settings ask for a fit that tracks do not have */
    static Stage stage(Job job) {
        TimeWalkSettings walk = job.read(TELESCOPE, TelescopeSettings.class).timeWalk();
        if (walk.fit() != TimeWalkSettings.Fit.JOINT) {
            throw new UsageException("etroc.telescope.time-walk.fit is "
                    + walk.fit().name().toLowerCase(Locale.ROOT) + "; possible for tracks of ETROC2: joint");
        }
        return Stage.of("resolution", Etroc2Resolution.class, context -> new Etroc2Resolution(context).run())
                .dependingOn(
                        job,
                        "etroc2.toa-window",
                        "etroc2.tot-window",
                        "etroc2.correlation",
                        "etroc2.walk",
                        "telescope.time-walk.degree",
                        "telescope.time-walk.residual-cut",
                        "telescope.bootstrap");
    }

    private void run() throws IOException {
        if (context.unchanged()) {
            boards.addAll(again(TrackResults.Board.TABLE, TrackResults.Board.class));
            again(TrackResults.Pair.TABLE, TrackResults.Pair.class);
            again(Combined.BOARDS, Combined.Row.class);
            again(Combined.PIXELS, Combined.Row.class);
            again(ResolutionSpread.TABLE, ResolutionSpread.class);
        } else {
            find();
        }
        sayTruncation();
        // a result is whole in itself: events are written again for one whose later stages changed
        context.step("write events", this::writeEvents);
    }

    private <R extends Record> List<R> again(String table, Class<R> type) throws IOException {
        List<R> rows = context.earlier(table).as(type);
        context.table(Table.of(table, type, rows));
        return rows;
    }

    /** What cuts on differences of times do to their widths is to be known beside them. */
    private void sayTruncation() {
        Double correlation = context.read("etroc2", Etroc2Settings.class).correlation();
        for (Tracks tracks : telescope.tracks()) {
            List<TrackResults.Board> first = boards.stream()
                    .filter(b -> b.boards().equals(tracks.set().label()))
                    .filter(b -> b.step().equals("raw")
                            && b.dataBoardId() == tracks.set().boards().get(0))
                    .toList();
            long before =
                    first.stream().mapToLong(TrackResults.Board::afterWindows).sum();
            long after = first.stream()
                    .mapToLong(TrackResults.Board::afterCorrelation)
                    .sum();
            if (correlation != null && after < before) {
                context.remark(
                        "resolution",
                        String.format(
                                Locale.ROOT,
                                "boards %s: the cut about the lines of TOA (etroc.etroc2.correlation = %s) left out %d of %d events;"
                                        + " it cuts on differences of times and makes widths smaller",
                                tracks.set().label(),
                                correlation,
                                before - after,
                                before));
            }
        }
    }

    private void find() {
        for (Tracks tracks : telescope.tracks()) {
            TrackEvents.Results results = context.step(
                    "tracks of boards " + tracks.set().label(),
                    () -> telescope.events(tracks, settings).results());
            TrackResults own = TrackResults.of(tracks, results.tracks());
            boards.addAll(own.boards());
            pairs.addAll(own.pairs());
            combined.add(new Combined(
                    tracks.set(), results.pixels(), settings.bootstrap().replicas()));
        }
        context.table(Table.of(TrackResults.Board.TABLE, TrackResults.Board.class, boards));
        context.table(Table.of(TrackResults.Pair.TABLE, TrackResults.Pair.class, pairs));
        context.table(Table.of(
                Combined.BOARDS,
                Combined.Row.class,
                combined.stream().flatMap(c -> c.boardRows().stream()).toList()));
        context.table(Table.of(
                Combined.PIXELS,
                Combined.Row.class,
                combined.stream().flatMap(c -> c.pixelRows().stream()).toList()));
        context.table(Table.of(ResolutionSpread.TABLE, ResolutionSpread.class, ResolutionSpread.of(combined)));
    }

    /** Numbers of events, and times, which every pixel has steps of its own for, are nearly all different. */
    private static DataFrameWriter<Row> writer(Dataset<Row> events) {
        DataFrameWriter<Row> writer = events.write();
        for (StructField field : events.schema().fields()) {
            if (field.dataType() == DataTypes.LongType || field.dataType() == DataTypes.DoubleType) {
                writer = writer.option("parquet.enable.dictionary#" + field.name(), false);
            }
        }
        return writer;
    }

    private long writeEvents() throws IOException {
        Dataset<Row> events = context.spark()
                .createDataFrame(
                        List.<Row>of(),
                        TrackEventRows.schema(telescope.singles().boards()));
        long expected = 0;
        for (Tracks tracks : telescope.tracks()) {
            if (!tracks.going().isEmpty()) {
                events = events.union(TrackEventRows.of(
                        telescope.events(tracks, settings), telescope.singles().boards()));
                expected += tracks.going().stream().mapToLong(Track::events).sum();
            }
        }
        writer(events).parquet(context.parquet(EVENTS).toString());
        long there = context.noteParquet(EVENTS);
        if (there != expected) {
            throw new IOException("tracks have " + expected + " events, but " + there + " arrived");
        }
        return there;
    }
}
