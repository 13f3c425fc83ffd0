package etroc.telescope;

import etroc.InputException;
import etroc.UsageException;
import etroc.cuts.Cut;
import etroc.cuts.CutColumns;
import etroc.cuts.CutSettings;
import etroc.cuts.EventCuts;
import etroc.cuts.TimeCuts;
import etroc.ingest.Ingest;
import etroc.ingest.InputTables;
import etroc.pipeline.Fingerprint;
import etroc.pipeline.Job;
import etroc.pipeline.Plan;
import etroc.pipeline.Stage;
import etroc.runs.BoardSetting;
import etroc.runs.Inventory;
import etroc.runs.Run;
import etroc.settings.Settings;
import etroc.source.HitColumn;
import etroc.telescope.calibration.TimeColumns;
import etroc.telescope.events.EventVariables;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * What a telescope run will do.
 *
 * @param bias sensor bias that all runs share [V]; null if their names do not tell
 * @param conf for reading cut tables
 */
public record TelescopePlan(
        Job job, Inventory inventory, @Nullable Double bias, Configuration conf) {
    private static TelescopePlan of(Job job, Inventory inventory, Configuration conf) {
        List<Integer> pattern =
                job.settings().read("telescope", TelescopeSettings.class).pattern();
        boolean repeated = pattern.stream().distinct().count() < pattern.size();
        if (repeated && !List.of("ingest", "events").contains(job.until())) {
            throw new UsageException(
                    "etroc.telescope.pattern = " + pattern
                            + " repeats a board: events can be built (--until events), but a board has one time an event from the cuts on");
        }
        TelescopePlan plan = new TelescopePlan(job, inventory, bias(inventory), conf);
        plan.eventCuts(plan.namedBoards());
        plan.timeCuts(plan.namedBoards());
        return plan;
    }

    Settings settings() {
        return job.settings();
    }

    private TelescopeSettings telescope() {
        return settings().read("telescope", TelescopeSettings.class);
    }

    private CutSettings cuts() {
        return settings().read("cuts", CutSettings.class);
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
        List<Integer> pattern = telescope().pattern();
        return (pattern.isEmpty() ? present : pattern)
                .stream().distinct().sorted().toList();
    }

    List<Cut> eventCuts(List<Integer> boards) {
        List<String> variables =
                EventVariables.OF_HITS.stream().map(HitColumn::columnName).toList();
        return EventCuts.read(cuts().events(), columns(boards, variables), cuts().keepEventsWithoutData(), conf);
    }

    TimeCuts timeCuts(List<Integer> boards) {
        List<String> variables = Stream.concat(
                        Stream.of(TimeColumns.TOA_NS, TimeColumns.TOT_NS),
                        EventVariables.OF_HITS.stream().map(HitColumn::columnName))
                .toList();
        return TimeCuts.read(cuts().times(), columns(boards, variables), cuts().keepEventsWithoutData(), conf);
    }

    private static CutColumns columns(List<Integer> boards, List<String> variables) {
        return CutColumns.ofEvents(boards, variables, List.of(EventVariables.RUN, EventVariables.EVENT));
    }

    /** The stages of a telescope run. */
    public static Plan plan(Job job, Inventory inventory, Configuration conf, Plan.Report report) {
        TelescopePlan plan = of(job, inventory, conf);
        TelescopeJob work = new TelescopeJob(plan);
        List<Integer> boards = plan.namedBoards();
        Class<?> code = TelescopeJob.class;
        return new Plan(
                job,
                List.of(
                        Ingest.stage(job, inventory),
                        Stage.of("events", EventsStage.class, work::events)
                                .dependingOn(
                                        job,
                                        "telescope.events",
                                        "telescope.pattern",
                                        "telescope.window",
                                        "telescope.toa-window",
                                        "telescope.boards-required"),
                        Stage.of("cuts", code, work::cuts)
                                .dependingOn(
                                        "event cuts",
                                        Fingerprint.digest(
                                                plan.eventCuts(boards).toString())),
                        Stage.of("times", code, work::times)
                                .dependingOn(
                                        "time cuts",
                                        Fingerprint.digest(plan.timeCuts(boards).text()))
                                .dependingOn(job, "telescope.calibration"),
                        Stage.of("walk", code, work::walk).dependingOn(job, "telescope.time-walk"),
                        Stage.of("resolution", code, work::resolution).dependingOn(job, "telescope.bootstrap")),
                Ingest.inputs(inventory),
                plan.describe(),
                report);
    }

    private String describe() {
        TelescopeSettings telescope = telescope();
        StringBuilder text = new StringBuilder();
        text.append("events     ")
                .append(telescope.events())
                .append(" of boards ")
                .append(telescope.pattern())
                .append('\n');
        InputTables.addCuts(text, "event cut", eventCuts(namedBoards()));
        for (CutSettings.Source source : cuts().times()) {
            text.append("time cuts  ")
                    .append(source.csv().isEmpty() ? source.sql() : source.csv())
                    .append('\n');
        }
        text.append("time walk  ").append(telescope.timeWalk()).append('\n');
        return text.toString();
    }
}
