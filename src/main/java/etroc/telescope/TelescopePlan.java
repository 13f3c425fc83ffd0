package etroc.telescope;

import etroc.InputException;
import etroc.UsageException;
import etroc.cuts.CheckedCuts;
import etroc.cuts.Cut;
import etroc.cuts.CutColumns;
import etroc.cuts.CutSettings;
import etroc.cuts.Cuts;
import etroc.ingest.InputSettings;
import etroc.pipeline.Job;
import etroc.runs.BoardSetting;
import etroc.runs.Inventory;
import etroc.runs.Run;
import etroc.source.HitColumn;
import etroc.telescope.calibration.TimeColumns;
import etroc.telescope.events.EventVariables;
import etroc.telescope.walk.TimeWalkSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
record TelescopePlan(
        Job job,
        Inventory inventory,
        TelescopeSettings settings,
        @Nullable Double bias,
        Cuts eventCuts,
        Cuts timeCuts) {
    /** Variables of a board that events take over from the hits. */
    private static final StructType OF_HITS = new StructType(EventVariables.OF_HITS.stream()
            .map(c -> new StructField(c.columnName(), c.type(), true, Metadata.empty()))
            .toArray(StructField[]::new));

    static TelescopePlan of(Job job, Inventory inventory, Configuration conf) {
        TelescopeSettings settings = job.read("telescope", TelescopeSettings.class);
        List<Integer> pattern = settings.pattern();
        boolean repeated = pattern.stream().distinct().count() < pattern.size();
        if (repeated && !List.of("ingest", "events").contains(job.until())) {
            throw new UsageException(
                    "etroc.telescope.pattern = " + pattern
                            + " repeats a board: events can be built (--until events), but a board has one time an event from the cuts on");
        }
        boolean mixed = job.read("input", InputSettings.class).layout().equals("mixed");
        if (!mixed && !Run.BOARD_IDS.containsAll(pattern)) {
            throw new UsageException("etroc.telescope.pattern = " + pattern + "; possible: board ids " + Run.BOARD_IDS
                    + ", such as [0, 1, 3]; [] makes every hit an event");
        }
        CutSettings cuts = job.read("cuts", CutSettings.class);
        TelescopePlan plan = new TelescopePlan(
                job,
                inventory,
                settings,
                bias(inventory),
                Cuts.ofEvents(cuts.events(), cuts.keepEventsWithoutData(), conf),
                Cuts.ofTimes(cuts.times(), cuts.keepEventsWithoutData(), conf));
        if (!List.of("ingest", "events").contains(job.until())) {
            onePixel(inventory, pattern);
        }
        plan.eventCuts(plan.namedBoards());
        plan.timeCuts(plan.namedBoards());
        return plan;
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
        TreeMap<Double, String> runOf = new TreeMap<>();
        for (Run run : inventory.runs()) {
            if (run.biasVoltage() != null) {
                runOf.putIfAbsent(run.biasVoltage(), run.name());
            }
        }
        checkOne("bias voltages [V]", runOf);
        return runOf.isEmpty() ? null : runOf.firstKey();
    }

    /** Refuses runs that have different pixels of a board in an event. */
    private static void onePixel(Inventory inventory, List<Integer> pattern) {
        for (int board : pattern) {
            Map<String, String> runOf = new TreeMap<>();
            for (Run run : inventory.runs()) {
                BoardSetting setting = run.setting(board);
                if (setting != null && setting.pixel() != null) {
                    runOf.putIfAbsent(setting.pixel(), run.name());
                }
            }
            checkOne("pixels of board " + board, runOf);
        }
    }

    /** Refuses runs that differ in what no correction and no width holds for both of. */
    private static void checkOne(String what, Map<?, String> runOf) {
        if (runOf.size() > 1) {
            throw new InputException("the runs have different " + what + ": "
                    + runOf.entrySet().stream()
                            .map(e -> e.getKey() + " (as in " + e.getValue() + ")")
                            .collect(Collectors.joining(", "))
                    + "; a result is of one: give the runs of each to a command of its own");
        }
    }

    /** Names of the runs by their index. */
    List<String> runs() {
        return inventory.runs().stream().map(Run::name).toList();
    }

    /** Number of runs whose delays the time walk finds; 0: the runs share them. */
    int alignedRuns() {
        boolean align = settings.align() == TelescopeSettings.Align.RUN
                && settings.timeWalk().fit() == TimeWalkSettings.Fit.JOINT;
        return align ? inventory.runs().size() : 0;
    }

    /** How codes become times. */
    TimeColumns.Conversion conversion() {
        return new TimeColumns.Conversion(
                settings.calibration(), settings.saturatedCodes(), runs(), settings.calibrationSlice());
    }

    /** Boards of an event, ascending; for the empty pattern those that have hits. */
    List<Integer> boards(List<Integer> present) {
        return (settings.pattern().isEmpty() ? present : settings.pattern())
                .stream().distinct().sorted().toList();
    }

    /** Pixel of each board, where the names of the runs tell it. */
    Map<Integer, @Nullable String> pixels() {
        Map<Integer, @Nullable String> pixels = new HashMap<>();
        inventory.runs().forEach(r -> r.boards().forEach(b -> pixels.put(b.board(), b.pixel())));
        return pixels;
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

    /** What is special to a telescope run, for {@code --dry-run}. */
    String describe() {
        StringBuilder text = new StringBuilder();
        text.append("events     ")
                .append(settings.events())
                .append(" of boards ")
                .append(settings.pattern())
                .append('\n');
        eventCuts(namedBoards()).forEach(c -> text.append(c.line("event cut")));
        job.read("cuts", CutSettings.class)
                .times()
                .forEach(source -> text.append("time cuts  ")
                        .append(source.csv().isEmpty() ? source.sql() : source.csv())
                        .append('\n'));
        return text.append("time walk  ")
                .append(settings.timeWalk().text())
                .append('\n')
                .toString();
    }
}
