package etroc.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import etroc.cuts.Cut;
import etroc.cuts.Cutflow;
import etroc.cuts.TimeCuts;
import etroc.events.CoincidenceMatcher;
import etroc.events.EventBuilder;
import etroc.events.EventMatcher;
import etroc.events.EventVariables;
import etroc.events.NumberedHits;
import etroc.events.SequenceMatcher;
import etroc.events.SingleHits;
import etroc.fits.GaussianCore;
import etroc.fits.Polynomial;
import etroc.fits.WalkState;
import etroc.hits.HitColumn;
import etroc.results.BootstrapSums;
import etroc.results.DifferenceSums;
import etroc.results.ResidualCut;
import etroc.results.Resolution;
import etroc.runs.BoardSetting;
import etroc.runs.Inventory;
import etroc.settings.TelescopeSettings;
import etroc.settings.TimeWalkSettings;
import etroc.store.ResultSetWriter;
import etroc.store.Table;
import etroc.times.Calibration;
import etroc.times.EventSums;
import etroc.times.TimeColumns;
import etroc.times.TimeWalk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/** A telescope run, from files to the time resolution of each board. */
public final class TelescopeJob {
    private static final String FINAL = "Final";
    private static final String BEFORE_RESIDUAL_CUT = "Before residual cut";
    /** Rows of the neighbours that a block of hits sees at first; more when that does not do. */
    private static final int HALO = 256;

    private final JobContext context;
    private final TelescopeSettings settings;

    public TelescopeJob(JobContext context) {
        this.context = context;
        this.settings = context.settings().telescope();
    }

    /** Lists the inputs and checks cuts and settings. */
    public TelescopePlan plan(List<String> inputs, TelescopeStage until) {
        Inventory inventory = new Ingest(context).inventory(inputs);
        return TelescopePlan.of(inventory, context.settings(), until, context.conf());
    }

    /** Does everything up to a stage, and publishes. */
    public ScanJob.Published run(TelescopePlan plan, TelescopeStage until) throws IOException {
        Ingest.Ingested ingested = new Ingest(context).run(plan.inventory());
        context.progress().say(InputTables.summary(plan.inventory(), ingested.quality()));
        Path staging = context.output().stage(new Path(context.output().root(), "events"));
        ResultSetWriter writer = new ResultSetWriter(context.output(), context.started());
        try {
            Analysis analysis = new Analysis(plan, ingested, staging);
            analysis.run(until, writer);
            Provenance provenance = new Provenance(context, ingested.quality());
            analysis.tables.add(InputTables.runs(plan.inventory(), ingested.quality()));
            analysis.tables.add(InputTables.quality(ingested.quality()));
            analysis.tables.add(InputTables.malformed(ingested.malformed()));
            analysis.tables.add(InputTables.remarks(plan.inventory(), analysis.remarks));
            analysis.tables.add(provenance.table());
            return context.step("publish", () -> {
                writer.write(analysis.tables);
                return new ScanJob.Published(writer.publish(provenance.manifest()), analysis.tables);
            });
        } catch (RuntimeException e) {
            writer.discard();
            throw e;
        } finally {
            context.output().delete(staging);
        }
    }

    /** One run of the stages; what a stage finds, later ones use. */
    private final class Analysis {
        private final TelescopePlan plan;
        private final Ingest.Ingested ingested;
        private final Path staging;
        private final List<Table> tables = new ArrayList<>();
        private final List<String> remarks = new ArrayList<>();
        private final Table cutflow = InputTables.cutflow();
        private List<Integer> boards = List.of();

        Analysis(TelescopePlan plan, Ingest.Ingested ingested, Path staging) {
            this.plan = plan;
            this.ingested = ingested;
            this.staging = staging;
        }

        void run(TelescopeStage until, ResultSetWriter writer) {
            if (until == TelescopeStage.INGEST) {
                return;
            }
            Dataset<Row> events = context.step("events", this::events);
            TelescopeTables all = new TelescopeTables(boards, plan.bias());
            if (until == TelescopeStage.EVENTS) {
                write(events, writer);
                return;
            }
            List<Cut> eventCuts = plan.eventCuts(boards, context.conf());
            Column passesEventCuts = expr(Cutflow.all(eventCuts));
            List<Cutflow.Line> lines = context.step("event cuts", () -> cutflow(events, eventCuts));
            InputTables.addCutflow(cutflow, "event cuts", lines);
            tables.add(cutflow);
            List<Calibration> calibrations =
                    context.step("calibration", () -> Calibration.of(events.filter(passesEventCuts), boards));
            tables.add(all.boardInfo(calibrations, pixels()));
            Dataset<Row> flagged = events.withColumn("accepted_event_cuts", passesEventCuts);
            if (until == TelescopeStage.CUTS) {
                write(flagged.withColumn("accepted", col("accepted_event_cuts")), writer);
                return;
            }
            Dataset<Row> timed = TimeColumns.withTimes(flagged, calibrations, settings.calibration());
            new Timing(all, timed, calibrations).run(until, writer);
        }

        private Dataset<Row> events() {
            NumberedHits hits = NumberedHits.of(ingested.hits());
            boards = plan.boards(List.copyOf(hits.byBoard().keySet()));
            if (settings.pattern().isEmpty()) {
                Dataset<Row> single = SingleHits.events(ingested.hits(), boards, ingested.quality());
                Map<String, Long> counts = new TreeMap<>();
                for (int i = 0; i < hits.runs().size(); i++) {
                    counts.put(hits.runs().get(i), hits.sizes()[i]);
                }
                tables.add(new TelescopeTables(boards, plan.bias())
                        .eventSummary(counts, hits.byBoard(), hits.byBoard(), 0));
                return single;
            }
            if (settings.toaWindow() != null && settings.events() == TelescopeSettings.Events.COINCIDENCE) {
                remarks.add("events were built with a TOA window of " + settings.toaWindow()
                        + " codes, which truncates time differences");
            }
            EventMatcher matcher = matcher();
            EventBuilder builder = new EventBuilder(hits, matcher);
            long longest = Arrays.stream(hits.sizes()).max().orElse(0);
            for (int halo = Math.max(HALO, 8 * settings.window());
                    ;
                    halo = (int) Math.min(8L * halo, Integer.MAX_VALUE / 2)) {
                builder.build(halo).write().mode("overwrite").parquet(staging.toString());
                Dataset<Row> built = context.spark().read().parquet(staging.toString());
                EventBuilder.Summary summary = builder.summary(built);
                if (!summary.undecided() || halo > longest) {
                    Dataset<Row> found = builder.events(built, summary);
                    tables.add(new TelescopeTables(
                                    matcher.boards().stream()
                                            .distinct()
                                            .sorted()
                                            .toList(),
                                    plan.bias())
                            .eventSummary(
                                    summary.events(), hits.byBoard(), inEvents(found, matcher), summary.lostHits()));
                    return found;
                }
            }
        }

        private EventMatcher matcher() {
            if (settings.events() == TelescopeSettings.Events.SEQUENCE) {
                return new SequenceMatcher(settings.pattern());
            }
            return new CoincidenceMatcher(
                    settings.pattern(),
                    settings.window(),
                    settings.toaWindow() == null ? -1 : settings.toaWindow(),
                    settings.boardsRequired() == null ? settings.pattern().size() : settings.boardsRequired());
        }

        /** Hits of each board that are in events. */
        private static Map<Integer, Long> inEvents(Dataset<Row> events, EventMatcher matcher) {
            List<Column> counts = matcher.slots().stream()
                    .map(s -> functions.count(col(EventVariables.column(HitColumn.TOA, s))))
                    .toList();
            Row row = events.agg(counts.get(0), counts.subList(1, counts.size()).toArray(Column[]::new))
                    .head();
            Map<Integer, Long> byBoard = new HashMap<>();
            for (int i = 0; i < counts.size(); i++) {
                byBoard.merge(matcher.boards().get(i), row.getLong(i), Long::sum);
            }
            return byBoard;
        }

        private List<Cutflow.Line> cutflow(Dataset<Row> events, List<Cut> cuts) {
            List<Column> aggregates = Cutflow.aggregates(cuts);
            Row row = events.agg(
                            aggregates.get(0),
                            aggregates.subList(1, aggregates.size()).toArray(Column[]::new))
                    .head();
            return Cutflow.sum(List.of(row), 0, cuts);
        }

        /** Counts of all events and of those that pass the event cuts, which is the first column, in one pass. */
        private List<Row> cutflowBoth(Dataset<Row> events, List<Cut> cuts) {
            List<Column> aggregates = Cutflow.aggregates(cuts);
            return events.groupBy("accepted_event_cuts")
                    .agg(
                            aggregates.get(0),
                            aggregates.subList(1, aggregates.size()).toArray(Column[]::new))
                    .collectAsList();
        }

        private Map<Integer, @Nullable String> pixels() {
            Map<Integer, @Nullable String> pixels = new HashMap<>();
            plan.inventory().runs().forEach(r -> r.boards().forEach(b -> pixels.put(b.board(), b.pixel())));
            return pixels;
        }

        /** Writes the events with what is known of each; pixels and bias come from the runs' names. */
        private void write(Dataset<Row> events, ResultSetWriter writer) {
            Dataset<Row> named = events;
            for (int board : boards) {
                named = named.withColumn(HitColumn.PIXEL.columnName() + "_" + board, pixelOf(board));
            }
            Dataset<Row> complete = named.withColumn(
                    HitColumn.BIAS.columnName(), lit(plan.bias()).cast("double"));
            context.step("write events", () -> {
                complete.write().parquet(writer.parquet("events").toString());
                return "";
            });
        }

        private Column pixelOf(int board) {
            Map<String, String> byRun = new TreeMap<>();
            plan.inventory().runs().forEach(r -> {
                BoardSetting setting = r.setting(board);
                if (setting != null && setting.pixel() != null) {
                    byRun.put(r.name(), setting.pixel());
                }
            });
            if (byRun.values().stream().distinct().count() <= 1) {
                return lit(byRun.isEmpty() ? null : byRun.values().iterator().next())
                        .cast("string");
            }
            Column pixel = lit(null).cast("string");
            for (Map.Entry<String, String> e : byRun.entrySet()) {
                pixel = functions
                        .when(col(EventVariables.RUN).equalTo(lit(e.getKey())), lit(e.getValue()))
                        .otherwise(pixel);
            }
            return pixel;
        }

        /** Everything that needs times. */
        private final class Timing {
            private final TelescopeTables all;
            private final List<Calibration> calibrations;
            private final Dataset<Row> timed;
            private final TimeCuts timeCuts;

            Timing(TelescopeTables all, Dataset<Row> timed, List<Calibration> calibrations) {
                this.all = all;
                this.timed = timed;
                this.calibrations = calibrations;
                this.timeCuts = plan.timeCuts(boards, context.conf());
            }

            void run(TelescopeStage until, ResultSetWriter writer) {
                List<Cut> cuts = context.step("time cuts", () -> timeCuts.cuts(TimeCuts.fit(timed, timeCuts.lines())));
                if (!cuts.isEmpty()) {
                    List<Row> counts = context.step("cutflow of time cuts", () -> cutflowBoth(timed, cuts));
                    InputTables.addCutflow(cutflow, "time cuts, all events", Cutflow.sum(counts, 1, cuts));
                    List<Row> passing =
                            counts.stream().filter(r -> r.getBoolean(0)).toList();
                    InputTables.addCutflow(cutflow, "time cuts, after event cuts", Cutflow.sum(passing, 1, cuts));
                }
                List<TelescopeTables.Step> steps = new ArrayList<>();
                List<Column> accepted = new ArrayList<>();
                Dataset<Row> flagged = timed;
                for (int i = 0; i < cuts.size(); i++) {
                    Cut cut = cuts.get(i);
                    if (!cut.output().isEmpty()) {
                        String name = cut.row() + "-" + cut.output();
                        Column passes = expr(Cutflow.all(cuts.subList(0, i + 1)));
                        steps.add(new TelescopeTables.Step(cut.row(), name));
                        accepted.add(col("accepted_event_cuts").and(passes));
                        flagged = flagged.withColumn("accepted_step_" + name, passes);
                    }
                }
                Column timeAccepted = expr(Cutflow.all(cuts));
                flagged = flagged.withColumn("accepted_time_cuts", timeAccepted);
                Column finallyAccepted = col("accepted_event_cuts").and(timeAccepted);
                if (until == TelescopeStage.TIMES || boards.size() < 2) {
                    if (until != TelescopeStage.TIMES) {
                        remarks.add(boards.size() + " board: no time differences, so no time walk and no resolution");
                    }
                    write(flagged.withColumn("accepted", finallyAccepted), writer);
                    return;
                }
                resolve(flagged, steps, accepted, finallyAccepted, until, writer);
            }

            private void resolve(
                    Dataset<Row> flagged,
                    List<TelescopeTables.Step> steps,
                    List<Column> accepted,
                    Column finallyAccepted,
                    TelescopeStage until,
                    ResultSetWriter writer) {
                TimeWalkSettings walk = settings.timeWalk();
                try (Cached events =
                        new Cached(flagged.filter(col("accepted_event_cuts")), boards, accepted, finallyAccepted)) {
                    TimeWalk.Solution first = context.step(
                            "time walk",
                            () -> new TimeWalk(events.accepted(), boards, walk).solve(TimeWalk.unknown(boards.size())));
                    List<Column> flags = new ArrayList<>(events.steps());
                    Column kept = lit(true);
                    TimeWalk.Solution last = first;
                    if (walk.fit() == TimeWalkSettings.Fit.JOINT
                            && !first.states().isEmpty()) {
                        Double limit = walk.residualCut();
                        if (limit != null) {
                            kept = expr(residualCut(events.all(), first, limit).sql());
                            steps.add(new TelescopeTables.Step(timeCuts.size(), BEFORE_RESIDUAL_CUT));
                            flags.add(events.finallyAccepted());
                        }
                        Dataset<Row> survivors = events.accepted().filter(kept);
                        double[] variances = variances(differences(survivors, List.of(lit(true)), first.states()));
                        last = context.step(
                                "time walk, with residual cut",
                                () -> new TimeWalk(survivors, boards, walk).solve(variances));
                    }
                    steps.add(new TelescopeTables.Step(timeCuts.size(), FINAL));
                    flags.add(events.finallyAccepted().and(kept));
                    tables.add(all.walk(last, walk.degree()));
                    if (!last.remark().isEmpty()) {
                        remarks.add("no time-walk correction: " + last.remark());
                    }
                    if (until == TelescopeStage.RESOLUTION) {
                        resolution(events.all(), steps, flags, last.states());
                    }
                    write(withCorrectedTimes(flagged, last).withColumn("accepted", finallyAccepted.and(kept)), writer);
                }
            }

            private Cut residualCut(Dataset<Row> events, TimeWalk.Solution solution, double limit) {
                GaussianCore[] cores = differences(events, List.of(col(Cached.ACCEPTED)), solution.states())
                        .cores(0, 0);
                Cut cut = new Cut(
                        timeCuts.rows(),
                        "residual",
                        "|u_i - u_j| <= " + limit + " core widths of each pair",
                        ResidualCut.sql(boards, solution.fits().get(0), cores, limit));
                InputTables.addCutflow(
                        cutflow, "residual cut", cutflow(events.filter(col(Cached.ACCEPTED)), List.of(cut)));
                return cut;
            }

            private Dataset<Row> withCorrectedTimes(Dataset<Row> events, TimeWalk.Solution solution) {
                Dataset<Row> corrected = events;
                for (int k = 0; k < solution.states().size(); k++) {
                    for (int i = 0; i < boards.size(); i++) {
                        Polynomial p = solution.fits().get(k).get(i);
                        corrected = corrected.withColumn(
                                TimeColumns.column("time_of_arrival_twc_iteration_" + k, boards.get(i)),
                                expr(TimeWalk.correctedTime(boards.get(i), p)));
                    }
                }
                return corrected;
            }

            private DifferenceSums differences(Dataset<Row> events, List<Column> steps, List<WalkState> states) {
                int boardCount = boards.size();
                int stepCount = steps.size();
                return EventSums.of(
                        events,
                        boards,
                        steps,
                        col(Cached.KEY),
                        () -> new DifferenceSums(boardCount, stepCount, states));
            }

            /** Variance of each corrected time, from the formula of N boards; NaN for fewer than three. */
            private double[] variances(DifferenceSums sums) {
                return Resolution.of(sums, 0, 0, null).stream()
                        .mapToDouble(r -> r.nBoard() == null || !(r.nBoard().variance() > 0)
                                ? Double.NaN
                                : r.nBoard().variance())
                        .toArray();
            }

            private void resolution(
                    Dataset<Row> events,
                    List<TelescopeTables.Step> steps,
                    List<Column> accepted,
                    List<WalkState> corrected) {
                List<WalkState> states = new ArrayList<>(List.of(WalkState.UNCORRECTED));
                states.addAll(corrected);
                DifferenceSums sums = context.step("time differences", () -> differences(events, accepted, states));
                int boardCount = boards.size();
                boolean possible = boardCount == 3 && sums.events(accepted.size() - 1) > 1 && settings.replicas() > 0;
                int replicas = settings.replicas();
                long seed = settings.seed();
                BootstrapSums bootstrap = possible
                        ? context.step("bootstrap", () -> {
                            BootstrapSums.Widths widths =
                                    BootstrapSums.widths(sums, boardCount, accepted.size(), states.size());
                            return EventSums.of(
                                    events,
                                    boards,
                                    accepted,
                                    col(Cached.KEY),
                                    () -> new BootstrapSums(states, replicas, seed, widths));
                        })
                        : null;
                Table timing = TelescopeTables.timing();
                Table correlations = TelescopeTables.correlations();
                double[] bins = calibrations.stream()
                        .mapToDouble(c -> Calibration.binWidth(
                                settings.calibration() == TelescopeSettings.CalibrationMethod.MODE
                                        ? c.mode()
                                        : c.mean()))
                        .toArray();
                for (int k = 0; k < steps.size(); k++) {
                    for (int s = 0; s < states.size(); s++) {
                        all.addTiming(
                                timing, correlations, steps.get(k), s - 1, Resolution.of(sums, k, s, bootstrap), bins);
                    }
                }
                tables.add(timing);
                tables.add(correlations);
            }
        }
    }
}
