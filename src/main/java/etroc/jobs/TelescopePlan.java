package etroc.jobs;

import etroc.InputException;
import etroc.UsageException;
import etroc.cuts.Cut;
import etroc.cuts.CutColumns;
import etroc.cuts.EventCuts;
import etroc.cuts.TimeCuts;
import etroc.events.EventVariables;
import etroc.hits.HitColumn;
import etroc.runs.BoardSetting;
import etroc.runs.Inventory;
import etroc.runs.Run;
import etroc.settings.CutSettings;
import etroc.settings.Settings;
import etroc.times.TimeColumns;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * What a telescope run will do, decided and checked before any data are read.
 *
 * @param bias sensor bias that all runs share [V]; null if their names do not tell
 */
public record TelescopePlan(
        Inventory inventory, Settings settings, @Nullable Double bias) {
    static TelescopePlan of(Inventory inventory, Settings settings, TelescopeStage until, Configuration conf) {
        List<Integer> pattern = settings.telescope().pattern();
        boolean repeated = pattern.stream().distinct().count() < pattern.size();
        if (repeated && until.compareTo(TelescopeStage.EVENTS) > 0) {
            throw new UsageException(
                    "etroc.telescope.pattern = " + pattern
                            + " repeats a board: events can be built (--until events), but a board has one time an event from the cuts on");
        }
        TelescopePlan plan = new TelescopePlan(inventory, settings, bias(inventory));
        List<Integer> named = inventory.runs().stream()
                .flatMap(r -> r.boards().stream())
                .map(BoardSetting::board)
                .distinct()
                .sorted()
                .toList();
        plan.eventCuts(plan.boards(named), conf);
        plan.timeCuts(plan.boards(named), conf);
        return plan;
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
        List<Integer> pattern = settings.telescope().pattern();
        return (pattern.isEmpty() ? present : pattern)
                .stream().distinct().sorted().toList();
    }

    List<Cut> eventCuts(List<Integer> boards, Configuration conf) {
        List<String> variables =
                EventVariables.OF_HITS.stream().map(HitColumn::columnName).toList();
        return EventCuts.read(
                settings.cuts().events(),
                columns(boards, variables),
                settings.cuts().keepEventsWithoutData(),
                conf);
    }

    TimeCuts timeCuts(List<Integer> boards, Configuration conf) {
        List<String> variables = Stream.concat(
                        Stream.of(TimeColumns.TOA_NS, TimeColumns.TOT_NS),
                        EventVariables.OF_HITS.stream().map(HitColumn::columnName))
                .toList();
        return TimeCuts.read(
                settings.cuts().times(),
                columns(boards, variables),
                settings.cuts().keepEventsWithoutData(),
                conf);
    }

    private static CutColumns columns(List<Integer> boards, List<String> variables) {
        return CutColumns.ofEvents(boards, variables, List.of(EventVariables.RUN, EventVariables.EVENT));
    }

    /** As text for {@code --dry-run}. */
    public String describe(Configuration conf) {
        StringBuilder text = new StringBuilder();
        text.append("read       ").append(Provenance.plan(inventory)).append('\n');
        inventory
                .skipped()
                .forEach(s -> text.append("skip       ")
                        .append(s.path())
                        .append(": ")
                        .append(s.reason())
                        .append('\n'));
        inventory
                .missingSplits()
                .forEach(m -> text.append("missing    split of ").append(m).append('\n'));
        text.append("events     ")
                .append(settings.telescope().events())
                .append(" of boards ")
                .append(settings.telescope().pattern())
                .append('\n');
        List<Integer> boards = boards(Run.BOARD_IDS);
        eventCuts(boards, conf)
                .forEach(c -> text.append("event cut  ")
                        .append(c.text())
                        .append("  ->  ")
                        .append(c.sql())
                        .append('\n'));
        for (CutSettings.Source source : settings.cuts().times()) {
            text.append("time cuts  ")
                    .append(source.csv().isEmpty() ? source.sql() : source.csv())
                    .append('\n');
        }
        text.append("time walk  ").append(settings.telescope().timeWalk()).append('\n');
        return text.toString();
    }
}
