package etroc.telescope;

import etroc.InputException;
import etroc.UsageException;
import etroc.cuts.CheckedCuts;
import etroc.cuts.Cut;
import etroc.cuts.CutColumns;
import etroc.cuts.CutSettings;
import etroc.cuts.Cuts;
import etroc.ingest.Ingest;
import etroc.ingest.Ingested;
import etroc.ingest.InputTables;
import etroc.pipeline.Analysis;
import etroc.pipeline.AnalysisPlan;
import etroc.pipeline.Earlier;
import etroc.pipeline.JobContext;
import etroc.pipeline.Stage;
import etroc.runs.BoardSetting;
import etroc.runs.Inventory;
import etroc.runs.Run;
import etroc.settings.Settings;
import etroc.source.HitColumn;
import etroc.store.ResultSetWriter;
import etroc.telescope.calibration.TimeColumns;
import etroc.telescope.events.EventVariables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * What a telescope run will do.
 *
 * @param bias sensor bias that all runs share [V]; null if their names do not tell
 * @param eventCuts cuts on codes, as they were read when the plan was made
 * @param timeCuts cuts on times
 */
public record TelescopePlan(
        Analysis analysis, Inventory inventory, @Nullable Double bias, Cuts eventCuts, Cuts timeCuts)
        implements AnalysisPlan {
    /** Variables of a board that events take over from the hits. */
    private static final StructType OF_HITS = new StructType(EventVariables.OF_HITS.stream()
            .map(c -> new StructField(c.columnName(), c.type(), true, Metadata.empty()))
            .toArray(StructField[]::new));

    public static TelescopePlan of(Analysis analysis, Inventory inventory, Configuration conf) {
        List<Integer> pattern = analysis.settings().telescope().pattern();
        boolean repeated = pattern.stream().distinct().count() < pattern.size();
        if (repeated && analysis.until().compareTo(TelescopeStage.EVENTS) > 0) {
            throw new UsageException(
                    "etroc.telescope.pattern = " + pattern
                            + " repeats a board: events can be built (--until events), but a board has one time an event from the cuts on");
        }
        CutSettings cuts = analysis.settings().cuts();
        TelescopePlan plan = new TelescopePlan(
                analysis,
                inventory,
                bias(inventory),
                Cuts.ofEvents(cuts.events(), cuts.keepEventsWithoutData(), conf),
                Cuts.ofTimes(cuts.times(), cuts.keepEventsWithoutData(), conf));
        plan.eventCuts(plan.namedBoards());
        plan.timeCuts(plan.namedBoards());
        return plan;
    }

    Settings settings() {
        return analysis.settings();
    }

    /** Boards of an event that are known before any data are read; for the empty pattern those in the runs' names. */
    private List<Integer> namedBoards() {
        return boards(inventory.runs().stream()
                .flatMap(r -> r.boards().stream())
                .map(BoardSetting::board)
                .distinct()
                .sorted()
                .toList());
    }

    private static @Nullable Double bias(Inventory inventory) {
        TreeSet<Double> values = new TreeSet<>();
        for (Run run : inventory.runs()) {
            if (run.biasVoltage() != null) {
                values.add(run.biasVoltage());
            }
        }
        if (values.size() > 1) {
            throw new InputException("the runs have different bias voltages " + values
                    + " V; a result is of one: give the runs of each to a command of its own");
        }
        return values.isEmpty() ? null : values.first();
    }

    /** Boards of an event, ascending; for the empty pattern those that have hits. */
    List<Integer> boards(List<Integer> present) {
        List<Integer> pattern = settings().telescope().pattern();
        return (pattern.isEmpty() ? present : pattern)
                .stream().distinct().sorted().toList();
    }

    List<Cut> eventCuts(List<Integer> boards) {
        return eventCuts.check(columns(boards, OF_HITS)).cuts();
    }

    CheckedCuts timeCuts(List<Integer> boards) {
        StructType variables = new StructType()
                .add(TimeColumns.TOA_NS, DataTypes.DoubleType)
                .add(TimeColumns.TOT_NS, DataTypes.DoubleType);
        for (StructField code : OF_HITS.fields()) {
            variables = variables.add(code);
        }
        return timeCuts.check(columns(boards, variables));
    }

    private static CutColumns columns(List<Integer> boards, StructType variables) {
        return CutColumns.ofEvents(
                boards,
                variables,
                new StructType()
                        .add(EventVariables.RUN, HitColumn.RUN.type())
                        .add(EventVariables.EVENT, DataTypes.LongType));
    }

    @Override
    public List<Stage> stages() {
        List<Stage> stages = new ArrayList<>();
        Stage last = Ingest.stage(inventory, settings().all());
        for (TelescopeStage stage : TelescopeStage.values()) {
            String name = stage.name().toLowerCase(Locale.ROOT);
            last = switch (stage) {
                case INGEST -> last;
                case EVENTS ->
                    AnalysisPlan.stage(
                            name,
                            last,
                            analysis,
                            List.of("events"),
                            Map.of(),
                            "telescope.events",
                            "telescope.pattern",
                            "telescope.window",
                            "telescope.toa-window",
                            "telescope.boards-required");
                case CUTS ->
                    AnalysisPlan.stage(
                            name,
                            last,
                            analysis,
                            List.of("cuts", "times", "jobs"),
                            Map.of("event cuts", Stage.digest(eventCuts.text())));
                case TIMES ->
                    AnalysisPlan.stage(
                            name,
                            last,
                            analysis,
                            List.of("cuts", "times", "jobs"),
                            Map.of("time cuts", Stage.digest(timeCuts.text())),
                            "telescope.calibration");
                case WALK ->
                    AnalysisPlan.stage(
                            name,
                            last,
                            analysis,
                            List.of("times", "fits", "results", "jobs"),
                            Map.of(),
                            "telescope.time-walk");
                case RESOLUTION ->
                    AnalysisPlan.stage(
                            name,
                            last,
                            analysis,
                            List.of("times", "fits", "results", "store", "jobs"),
                            Map.of(),
                            "telescope.bootstrap");
            };
            stages.add(last);
            if (stage == analysis.until()) {
                break;
            }
        }
        return stages;
    }

    /** The stage of a plan that goes so far. */
    Stage stage(TelescopeStage stage) {
        return stages().get(stage.ordinal());
    }

    @Override
    public String describe() {
        TelescopeSettings telescope = settings().telescope();
        StringBuilder text = new StringBuilder();
        text.append("events     ")
                .append(telescope.events())
                .append(" of boards ")
                .append(telescope.pattern())
                .append('\n');
        InputTables.addCuts(text, "event cut", eventCuts(namedBoards()));
        for (CutSettings.Source source : settings().cuts().times()) {
            text.append("time cuts  ")
                    .append(source.csv().isEmpty() ? source.sql() : source.csv())
                    .append('\n');
        }
        text.append("time walk  ").append(telescope.timeWalk()).append('\n');
        return text.toString();
    }

    @Override
    public Findings run(JobContext context, Ingested ingested, Earlier earlier, ResultSetWriter writer)
            throws IOException {
        return new TelescopeJob(context, this, writer).run(ingested, earlier);
    }
}
