package etroc.telescope;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.xxhash64;

import etroc.cuts.CheckedCuts;
import etroc.cuts.Cut;
import etroc.cuts.Cutflow;
import etroc.ingest.Ingested;
import etroc.pipeline.AnalysisPlan;
import etroc.pipeline.Earlier;
import etroc.pipeline.JobContext;
import etroc.store.ResultSetWriter;
import etroc.store.Table;
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

/** A telescope run, from hits to the time resolution of each board: one stage after the other, as far as the plan goes. */
final class TelescopeJob {
    /** Column: the event passes everything that the stages so far demand. */
    private static final String ACCEPTED = "accepted";

    private final JobContext context;
    private final TelescopePlan plan;
    private final TelescopeSettings settings;
    private final EventsWriter writer;
    private final List<Table> tables = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final List<String> kept = new ArrayList<>();
    private long count;

    TelescopeJob(JobContext context, TelescopePlan plan, ResultSetWriter writer) {
        this.context = context;
        this.plan = plan;
        this.settings = plan.settings().telescope();
        this.writer = new EventsWriter(context, plan, writer);
    }

    AnalysisPlan.Findings run(Ingested ingested, Earlier earlier) throws IOException {
        if (plan.analysis().until() != TelescopeStage.INGEST) {
            events(ingested, earlier);
        }
        return new AnalysisPlan.Findings(tables, remarks, kept);
    }

    private boolean endsWith(TelescopeStage stage) {
        return plan.analysis().until() == stage;
    }

    private void events(Ingested ingested, Earlier earlier) throws IOException {
        EventsStage stage = new EventsStage(context, plan, ingested);
        EventsStage.Events found = context.step("events", stage::events);
        count = found.count();
        tables.add(found.info());
        found.kept().ifPresent(kept::add);
        if (settings.toaWindow() != null && settings.events() == TelescopeSettings.Events.COINCIDENCE) {
            remarks.add("events were built with a TOA window of " + settings.toaWindow()
                    + " codes, which truncates time differences");
        }
        if (endsWith(TelescopeStage.EVENTS)) {
            writer.write(found.events(), found.boards(), count);
        } else {
            cuts(found, new CutsStage(context, earlier, found.boards()));
        }
    }

    private void cuts(EventsStage.Events found, CutsStage stage) throws IOException {
        List<Integer> boards = found.boards();
        TelescopeTables naming = new TelescopeTables(boards, plan.bias());
        List<Cut> eventCuts = plan.eventCuts(boards);
        List<Calibration> calibrations = stage.calibrations(found.events(), eventCuts);
        tables.add(stage.cutflow());
        tables.add(naming.boardInfo(calibrations, pixels()));
        Dataset<Row> flagged = found.events().withColumn(CutsStage.PASSES_EVENT_CUTS, expr(Cutflow.all(eventCuts)));
        FigureTables figures = new FigureTables(boards);
        if (endsWith(TelescopeStage.CUTS)) {
            draw(figures, flagged, FigureTables.first(), found);
            writer.write(flagged.withColumn(ACCEPTED, col(CutsStage.PASSES_EVENT_CUTS)), boards, count);
            return;
        }
        Dataset<Row> timed = TimeColumns.withTimes(flagged, calibrations, settings.calibration());
        CheckedCuts timeCuts = plan.timeCuts(boards);
        Steps steps = Steps.of(timed, stage.timeCuts(timed, timeCuts), timeCuts.rows());
        tables.add(stage.lines());
        Column accepted = steps.accepted();
        if (endsWith(TelescopeStage.TIMES) || boards.size() < 2) {
            List<FigureTables.Step> all = new ArrayList<>(FigureTables.steps(steps));
            all.add(new FigureTables.Step(WalkStage.FINAL, accepted));
            draw(figures, steps.events(), all, found);
        }
        if (endsWith(TelescopeStage.TIMES)) {
            writer.write(steps.events().withColumn(ACCEPTED, accepted), boards, count);
        } else if (boards.size() < 2) {
            remarks.add(boards.size() + " board: no time differences, so no time walk and no resolution");
            writer.write(steps.events().withColumn(ACCEPTED, accepted), boards, count);
        } else {
            walk(steps, naming, calibrations, stage, found);
        }
    }

    private void walk(
            Steps steps,
            TelescopeTables all,
            List<Calibration> calibrations,
            CutsStage cuts,
            EventsStage.Events found) {
        List<Integer> boards = calibrations.stream().map(Calibration::board).toList();
        List<Column> flags = new ArrayList<>(steps.flags());
        flags.add(steps.accepted());
        Column key = xxhash64(col(EventVariables.RUN), col(EventVariables.EVENT));
        try (TimedEvents events =
                TimedEvents.of(steps.events().filter(col(CutsStage.PASSES_EVENT_CUTS)), boards, flags, key)) {
            WalkStage stage = new WalkStage(context, settings.timeWalk(), events, boards, steps);
            WalkStage.Walk walk = stage.walk(cuts);
            tables.add(all.walk(walk.solution(), settings.timeWalk().degree()));
            if (!walk.solution().remark().isEmpty()) {
                remarks.add("no time-walk correction: " + walk.solution().remark());
            }
            Dataset<Row> corrected = stage.withCorrectedTimes(steps.events(), walk.solution())
                    .withColumn(ACCEPTED, steps.accepted().and(walk.kept()));
            try (Meanwhile writing = new Meanwhile("events", () -> writer.write(corrected, boards, count))) {
                resolution(steps, walk, events, calibrations, all, found);
                writing.await();
            }
        }
    }

    private void resolution(
            Steps steps,
            WalkStage.Walk walk,
            TimedEvents events,
            List<Calibration> calibrations,
            TelescopeTables all,
            EventsStage.Events found) {
        List<Integer> boards = found.boards();
        DifferenceSums sums = null;
        FigureTables figures = new FigureTables(boards);
        if (endsWith(TelescopeStage.RESOLUTION)) {
            ResolutionStage.Found resolution =
                    new ResolutionStage(context, settings, events, boards).find(walk, calibrations, all);
            tables.addAll(resolution.tables());
            sums = resolution.sums();
            figures.addDifferences(sums);
        }
        draw(figures, steps, walk, sums, found);
    }

    /** Bins the events, with the correction where there is one. */
    private void draw(
            FigureTables figures,
            Steps steps,
            WalkStage.Walk walk,
            @Nullable DifferenceSums sums,
            EventsStage.Events found) {
        List<FigureTables.Step> all = new ArrayList<>(FigureTables.steps(steps));
        all.add(new FigureTables.Step(WalkStage.FINAL, steps.accepted().and(walk.kept())));
        List<WalkState> states = walk.solution().states();
        WalkState last = states.isEmpty() ? null : states.get(states.size() - 1);
        context.step("bins for figures", () -> {
            figures.add(steps.events(), all, found.ofRun(), last, sums);
            return tables.addAll(figures.tables());
        });
    }

    private void draw(
            FigureTables figures, Dataset<Row> events, List<FigureTables.Step> steps, EventsStage.Events found) {
        context.step("bins for figures", () -> {
            figures.add(events, steps, found.ofRun(), null, null);
            return tables.addAll(figures.tables());
        });
    }

    private Map<Integer, @Nullable String> pixels() {
        Map<Integer, @Nullable String> pixels = new HashMap<>();
        plan.inventory().runs().forEach(r -> r.boards().forEach(b -> pixels.put(b.board(), b.pixel())));
        return pixels;
    }
}
