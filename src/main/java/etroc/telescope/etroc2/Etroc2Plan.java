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
import java.io.IOException;
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
    /** Settings by stage; those of the resolution stand in {@link Etroc2Resolution}. */
    private static final List<String> OF_TRACKS = List.of(
            "drop",
            "roles",
            "cal",
            "cal-window",
            "cal-min-hits",
            "cal-slices",
            "hot",
            "mask",
            "alignment",
            "mirror",
            "radius",
            "track-min-events");

    private static final List<String> OF_MAPS = List.of("efficiency", "interval", "noise");
    /** Uncertainties by which CAL codes of slices may differ. */
    private static final double DRIFT = 5;

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
                        Stage.of("tracks", Etroc2Telescope.class, plan::tracks).dependingOn(job, keys(OF_TRACKS)),
                        Etroc2Resolution.stage(job),
                        Stage.of("maps", Maps.class, plan::maps).dependingOn(job, keys(OF_MAPS))),
                Etroc2Ingest.inputs(runs),
                text,
                report);
    }

    private static String[] keys(List<String> names) {
        return names.stream().map(n -> SECTION + "." + n).toArray(String[]::new);
    }

    private void tracks(Context context) throws IOException {
        Etroc2Ingested ingested = context.find(Etroc2Ingested.class);
        BeamInput input = new BeamInput(ingested.hits(), ingested.frames(), ingested.texts());
        Etroc2Settings settings = job.read(SECTION, Etroc2Settings.class);
        Etroc2Telescope telescope;
        if (context.unchanged()) {
            telescope = Etroc2Telescope.earlier(
                    input,
                    settings,
                    context.earlier(Pixel.TABLE).as(Pixel.class),
                    context.earlier(OddPixel.TABLE).as(OddPixel.class),
                    context.earlier(HitFlow.TABLE).as(HitFlow.class),
                    context.earlier(Alignment.TABLE).as(Alignment.class),
                    context.earlier(Track.TABLE).as(Track.class));
        } else {
            checkChips(ingested.frames());
            telescope = context.step("pixels and tracks", () -> Etroc2Telescope.of(input, settings));
        }
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
        PixelCalibration.drifting(telescope.pixels(), DRIFT)
                .values()
                .forEach(text -> context.remark("calibration", text));
        telescope.tracks().stream()
                .filter(t -> t.unlisted() > 0)
                .forEach(t -> context.remark(
                        "tracks",
                        "boards " + t.set().label() + ": " + t.unlisted()
                                + " single-hit events are of tracks with fewer events than the "
                                + t.tracks().size()
                                + " that are listed"));
        telescope.odd().forEach(o -> context.remark(o.kind() + " pixel", o.label() + ": " + o.reason()));
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

    private void maps(Context context) {
        Etroc2Telescope telescope = context.find(Etroc2Telescope.class);
        Maps maps = Maps.of(telescope, context::step);
        maps.tables(context);
        maps.remarks(context);
        Etroc2Ingested ingested = context.find(Etroc2Ingested.class);
        double coverage = job.read(SECTION, Etroc2Settings.class).interval();
        context.table(Table.of(
                LinkQuality.TABLE,
                LinkQuality.class,
                context.step(
                        "link quality",
                        () -> LinkQuality.of(ingested.hits(), ingested.frames(), ingested.quality(), coverage))));
    }
}
