package etroc.telescope.etroc2;

import etroc.InputException;
import etroc.ingest.etroc2.Etroc2Ingest;
import etroc.ingest.etroc2.Etroc2Ingested;
import etroc.pipeline.Context;
import etroc.pipeline.Job;
import etroc.pipeline.Plan;
import etroc.pipeline.Stage;
import etroc.source.etroc2.StreamRun;
import etroc.store.Table;
import etroc.telescope.TelescopeSettings;
import etroc.telescope.resolution.Draws;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** A telescope of ETROC2, from its files to resolutions, maps and efficiencies: the list of its stages is its whole definition. */
public final class Etroc2Plan {
    private static final String SECTION = "etroc2";
    private static final int BOARDS_FOR_SIGMA = 3;
    /** Damaged frames of one chip id whose CRC fits all the same are not more than this. */
    private static final int LUCKY = 3;

    private final Job job;

    private Etroc2Plan(Job job) {
        this.job = job;
    }

    /** Plans a run. */
    public static Plan plan(Job job, List<StreamRun> runs, Plan.Report report) {
        Etroc2Plan plan = new Etroc2Plan(job);
        Etroc2Settings settings = job.read(SECTION, Etroc2Settings.class);
        String text = String.format("roles      %s%ndrop       %s%n", settings.roles(), settings.drop())
                .toLowerCase(java.util.Locale.ROOT);
        return new Plan(
                job,
                List.of(
                        Etroc2Ingest.stage(job, runs),
                        Stage.of("tracks", Etroc2Telescope.class, plan::tracks).dependingOn(job, SECTION),
                        Stage.of("resolution", Combined.class, plan::resolutions)
                                .dependingOn(job, "telescope.bootstrap"),
                        Stage.of("maps", Maps.class, plan::maps)),
                Etroc2Ingest.inputs(runs),
                text,
                report);
    }

    private void tracks(Context context) {
        Etroc2Ingested ingested = context.find(Etroc2Ingested.class);
        checkChips(ingested.frames());
        TelescopeSettings.Bootstrap bootstrap =
                job.read("telescope", TelescopeSettings.class).bootstrap();
        Etroc2Telescope telescope = context.step(
                "pixels and tracks",
                () -> Etroc2Telescope.of(
                        new BeamInput(ingested.hits(), ingested.frames(), ingested.texts()),
                        job.read(SECTION, Etroc2Settings.class),
                        new Draws(bootstrap.seed(), bootstrap.replicas(), false)));
        context.leave(Etroc2Telescope.class, telescope);
        context.closing(() -> telescope.singles().events().unpersist());
        context.table(Table.of(HitFlow.TABLE, HitFlow.class, telescope.flow()));
        context.table(Table.of(Pixel.TABLE, Pixel.class, telescope.pixels()));
        context.table(Table.of(OddPixel.TABLE, OddPixel.class, telescope.odd()));
        context.table(Table.of(
                Alignment.TABLE,
                Alignment.class,
                telescope.tracks().stream().flatMap(t -> t.alignment().stream()).toList()));
        context.table(Table.of(
                Track.TABLE,
                Track.class,
                telescope.tracks().stream().flatMap(t -> t.tracks().stream()).toList()));
        remarks(context, telescope);
    }

    /** One board is one chip in all runs, or tracks and pixels of different chips would be added up. */
    private static void checkChips(Dataset<Row> frames) {
        Map<Integer, Map<String, Set<Integer>>> chips = new TreeMap<>();
        frames.filter(functions
                        .col("crc_ok")
                        .and(functions.col("chip_id").isNotNull())
                        .and(functions.col("data_board_id").isNotNull()))
                .groupBy("run", "data_board_id", "chip_id")
                .count()
                .filter(functions.col("count").gt(LUCKY))
                .collectAsList()
                .forEach(r -> chips.computeIfAbsent(r.getInt(1), b -> new TreeMap<>())
                        .computeIfAbsent(r.getString(0), x -> new TreeSet<>())
                        .add(r.getInt(2)));
        chips.forEach((board, runs) -> {
            Map<Set<Integer>, List<String>> different = runs.entrySet().stream()
                    .collect(Collectors.groupingBy(
                            Map.Entry::getValue,
                            java.util.LinkedHashMap::new,
                            Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
            if (different.size() > 1) {
                throw new InputException(
                        "board " + board + " is not the same chip in all runs: "
                                + different.entrySet().stream()
                                        .map(e -> "chip " + e.getKey() + " in "
                                                + e.getValue().get(0))
                                        .collect(Collectors.joining(", "))
                                + "; etroc.etroc2.boards = a map of chip ids keeps numbers, or give the runs to commands of their own");
            }
        });
    }

    private static void remarks(Context context, Etroc2Telescope telescope) {
        telescope
                .odd()
                .forEach(o -> context.remark(
                        o.kind() + " pixel",
                        Pixel.label(o.dataBoardId(), o.row() * Pixel.SIDE + o.column()) + ": " + o.reason()));
        telescope.tracks().stream()
                .flatMap(t -> t.alignment().stream())
                .filter(a -> !a.remark().isEmpty())
                .forEach(a -> context.remark(
                        "alignment", "boards " + a.boards() + ", board " + a.dataBoardId() + ": " + a.remark()));
        Set<Integer> seen = new TreeSet<>(telescope.singles().boards());
        telescope.flow().stream()
                .map(HitFlow::dataBoardId)
                .distinct()
                .filter(b -> !seen.contains(b))
                .forEach(b -> context.remark("board", "board " + b + " has no input hit: it is in no set of boards"));
        if (seen.size() < BOARDS_FOR_SIGMA) {
            context.remark(
                    "board",
                    seen.size() + " board" + (seen.size() == 1 ? "" : "s")
                            + " with input hits: time resolutions and efficiencies need three");
        }
    }

    private void resolutions(Context context) {
        Etroc2Telescope telescope = context.find(Etroc2Telescope.class);
        List<TrackResults.Board> boards = new ArrayList<>();
        List<TrackResults.Pair> pairs = new ArrayList<>();
        List<Combined.Row> ofBoards = new ArrayList<>();
        List<Combined.Row> ofPixels = new ArrayList<>();
        for (Tracks tracks : telescope.tracks()) {
            List<TrackResult> results =
                    context.step("tracks of boards " + tracks.set().label(), () -> telescope.analysed(tracks));
            TrackResults own = TrackResults.of(tracks, results);
            boards.addAll(own.boards());
            pairs.addAll(own.pairs());
            Combined combined = Combined.of(tracks, results, telescope.draws().replicas());
            ofBoards.addAll(combined.boards());
            ofPixels.addAll(combined.pixels());
        }
        context.table(Table.of(TrackResults.Board.TABLE, TrackResults.Board.class, boards));
        context.table(Table.of(TrackResults.Pair.TABLE, TrackResults.Pair.class, pairs));
        context.table(Table.of(Combined.BOARDS, Combined.Row.class, ofBoards));
        context.table(Table.of(Combined.PIXELS, Combined.Row.class, ofPixels));
    }

    private void maps(Context context) {
        Etroc2Telescope telescope = context.find(Etroc2Telescope.class);
        Maps maps = Maps.of(telescope, context::step);
        maps.tables(context);
        maps.remarks(context);
    }
}
