package etroc.telescope;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.xxhash64;

import etroc.cuts.Cut;
import etroc.cuts.Cutflow;
import etroc.cuts.TimeCuts;
import etroc.ingest.Ingested;
import etroc.pipeline.Context;
import etroc.telescope.calibration.Calibration;
import etroc.telescope.calibration.TimeColumns;
import etroc.telescope.calibration.TimedEvents;
import etroc.telescope.events.EventVariables;
import etroc.telescope.resolution.DifferenceSums;
import etroc.telescope.walk.WalkState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** A telescope run, from hits to the time resolution of each board: what each stage does. */
final class TelescopeJob {
    /** Column: the event passes everything that the stages so far demand. */
    private static final String ACCEPTED = "accepted";

    private final TelescopePlan plan;
    private final TelescopeSettings settings;

    TelescopeJob(TelescopePlan plan) {
        this.plan = plan;
        this.settings = plan.settings().read("telescope", TelescopeSettings.class);
    }

    /** What the event cuts left: events with a flag, and the calibration of those that pass. */
    private record Calibrated(Dataset<Row> events, List<Calibration> calibrations) {}

    /** What the time-walk correction left: the times that were kept for the passes, and the correction. */
    private record Corrected(TimedEvents events, WalkStage.Walk walk) {}

    void events(Context context) throws IOException {
        EventsStage stage = new EventsStage(context, plan, context.find(Ingested.class));
        EventsStage.Events found = context.leave(EventsStage.Events.class, context.step("events", stage::events));
        context.table(found.info());
        context.record("events", found.kept().stream().toList());
        if (settings.toaWindow() != null && settings.events() == TelescopeSettings.Events.COINCIDENCE) {
            context.remark(
                    "run",
                    "events were built with a TOA window of " + settings.toaWindow()
                            + " codes, which truncates time differences");
        }
        if (context.isLast()) {
            write(context, found.events());
        }
    }

    void cuts(Context context) throws IOException {
        EventsStage.Events found = context.find(EventsStage.Events.class);
        List<Cut> eventCuts = plan.eventCuts(found.boards());
        CutsStage stage = context.leave(CutsStage.class, new CutsStage(context, found.boards()));
        List<Calibration> calibrations = stage.calibrations(found.events(), eventCuts);
        context.table(stage.cutflow());
        context.table(tables(context).boardInfo(calibrations, pixels()));
        Dataset<Row> flagged = found.events().withColumn(CutsStage.PASSES_EVENT_CUTS, expr(Cutflow.all(eventCuts)));
        context.leave(Calibrated.class, new Calibrated(flagged, calibrations));
        if (context.isLast()) {
            draw(context, flagged, FigureTables.first());
            write(context, flagged.withColumn(ACCEPTED, col(CutsStage.PASSES_EVENT_CUTS)));
        }
    }

    void times(Context context) throws IOException {
        Calibrated calibrated = context.find(Calibrated.class);
        Dataset<Row> timed =
                TimeColumns.withTimes(calibrated.events(), calibrated.calibrations(), settings.calibration());
        TimeCuts timeCuts = plan.timeCuts(boards(context));
        Steps steps = context.leave(
                Steps.class, Steps.of(timed, context.find(CutsStage.class).timeCuts(timed, timeCuts), timeCuts.rows()));
        if (context.isLast()) {
            withoutCorrection(context, steps);
        }
    }

    private void withoutCorrection(Context context, Steps steps) {
        List<FigureTables.Step> all = new ArrayList<>(FigureTables.steps(steps));
        all.add(new FigureTables.Step(WalkStage.FINAL, steps.accepted()));
        draw(context, steps.events(), all);
        write(context, steps.events().withColumn(ACCEPTED, steps.accepted()));
    }

    void walk(Context context) {
        Steps steps = context.find(Steps.class);
        List<Integer> boards = boards(context);
        if (boards.size() < 2) {
            context.remark("run", boards.size() + " board: no time differences, so no time walk and no resolution");
            withoutCorrection(context, steps);
            return;
        }
        List<Column> flags = new ArrayList<>(steps.flags());
        flags.add(steps.accepted());
        Column key = xxhash64(col(EventVariables.RUN), col(EventVariables.EVENT));
        TimedEvents events = context.closing(
                TimedEvents.of(steps.events().filter(col(CutsStage.PASSES_EVENT_CUTS)), boards, flags, key));
        WalkStage stage = new WalkStage(context, settings.timeWalk(), events, boards, steps);
        WalkStage.Walk walk = stage.walk(context.find(CutsStage.class));
        context.leave(Corrected.class, new Corrected(events, walk));
        context.table(tables(context).walk(walk.solution(), settings.timeWalk().degree()));
        if (!walk.solution().remark().isEmpty()) {
            context.remark("run", "no time-walk correction: " + walk.solution().remark());
        }
        Dataset<Row> corrected = stage.withCorrectedTimes(steps.events(), walk.solution())
                .withColumn(ACCEPTED, steps.accepted().and(walk.kept()));
        context.meanwhile("events", () -> write(context, corrected));
        if (context.isLast()) {
            draw(context, new FigureTables(boards), null);
        }
    }

    void resolution(Context context) {
        List<Integer> boards = boards(context);
        if (boards.size() < 2) {
            return;
        }
        Corrected corrected = context.find(Corrected.class);
        ResolutionStage.Found resolution = new ResolutionStage(context, settings, corrected.events(), boards)
                .find(corrected.walk(), context.find(Calibrated.class).calibrations(), tables(context));
        resolution.tables().forEach(context::table);
        FigureTables figures = new FigureTables(boards);
        figures.addDifferences(resolution.sums());
        draw(context, figures, resolution.sums());
    }

    private static List<Integer> boards(Context context) {
        return context.find(EventsStage.Events.class).boards();
    }

    private TelescopeTables tables(Context context) {
        return new TelescopeTables(boards(context), plan.bias());
    }

    private void write(Context context, Dataset<Row> events) {
        EventsStage.Events found = context.find(EventsStage.Events.class);
        new EventsWriter(context, plan).write(events, found.boards(), found.count());
    }

    /** Bins the events, with the correction where there is one. */
    private static void draw(Context context, FigureTables figures, @Nullable DifferenceSums sums) {
        Steps steps = context.find(Steps.class);
        WalkStage.Walk walk = context.find(Corrected.class).walk();
        List<FigureTables.Step> all = new ArrayList<>(FigureTables.steps(steps));
        all.add(new FigureTables.Step(WalkStage.FINAL, steps.accepted().and(walk.kept())));
        List<WalkState> states = walk.solution().states();
        WalkState last = states.isEmpty() ? null : states.get(states.size() - 1);
        bin(context, figures, steps.events(), all, last, sums);
    }

    private static void draw(Context context, Dataset<Row> events, List<FigureTables.Step> steps) {
        bin(context, new FigureTables(boards(context)), events, steps, null, null);
    }

    private static void bin(
            Context context,
            FigureTables figures,
            Dataset<Row> events,
            List<FigureTables.Step> steps,
            @Nullable WalkState last,
            @Nullable DifferenceSums sums) {
        context.step("bins for figures", () -> {
            figures.add(events, steps, context.find(EventsStage.Events.class).ofRun(), last, sums);
            return "";
        });
        figures.tables().forEach(context::table);
    }

    private Map<Integer, @Nullable String> pixels() {
        Map<Integer, @Nullable String> pixels = new HashMap<>();
        plan.inventory().runs().forEach(r -> r.boards().forEach(b -> pixels.put(b.board(), b.pixel())));
        return pixels;
    }
}
