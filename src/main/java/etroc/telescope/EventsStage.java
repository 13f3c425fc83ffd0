package etroc.telescope;

import etroc.InputException;
import etroc.ingest.Ingested;
import etroc.pipeline.Context;
import etroc.pipeline.Stage;
import etroc.store.Draft;
import etroc.store.Output;
import etroc.store.Output.Part;
import etroc.telescope.events.BuiltEvents;
import etroc.telescope.events.CoincidenceMatcher;
import etroc.telescope.events.EventBuilder;
import etroc.telescope.events.EventMatcher;
import etroc.telescope.events.NumberedHits;
import etroc.telescope.events.SequenceMatcher;
import etroc.telescope.events.SingleHits;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Hits to events. Events that were built are kept as Parquet under {@code OUT/events/<fingerprint>}, so that another analysis of the same
 * hits with other cuts begins there.
 */
final class EventsStage {
    /** Rows of the neighbours that a block of hits sees at first; more where that does not do. */
    private static final int HALO = 256;

    private static final int HALO_WINDOWS = 8;
    /** Spark's property for the rows of a block, for tests: no result depends on it. */
    static final String BLOCK_ROWS = "spark.etroc.events.blockRows";

    private final Context context;
    private final TelescopePlan plan;
    private final TelescopeSettings settings;
    private final Ingested ingested;

    private EventsStage(Context context, TelescopePlan plan, Ingested ingested) {
        this.context = context;
        this.plan = plan;
        this.settings = plan.settings();
        this.ingested = ingested;
    }

    /**
     * Events.
     *
     * @param boards that they have, ascending
     * @param ofRun how many, of each run
     * @param info what became of the hits
     * @param kept name of the directory under {@code events/}, if they were built
     */
    record Events(
            Dataset<Row> events,
            List<Integer> boards,
            Map<String, Long> ofRun,
            List<EventInfo> info,
            Optional<String> kept) {
        long count() {
            return ofRun.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** Events of the same hits by another builder, there only while they are looked at. */
    interface OtherEvents {
        void look(TelescopeSettings.Events builder, Consumer<Dataset<Row>> at) throws IOException;
    }

    static Stage stage(TelescopePlan plan) {
        return Stage.of("events", EventsStage.class, context -> run(context, plan))
                .dependingOn(
                        plan.job(),
                        "telescope.events",
                        "telescope.pattern",
                        "telescope.window",
                        "telescope.toa-window",
                        "telescope.boards-required");
    }

    private static void run(Context context, TelescopePlan plan) throws IOException {
        Remarks remarks = context.leave(Remarks.class, new Remarks());
        EventsStage stage = new EventsStage(context, plan, context.find(Ingested.class));
        Events found = context.leave(Events.class, context.step("events", stage::events));
        context.leave(OtherEvents.class, stage::other);
        boolean scanned = plan.inventory().runs().stream()
                .flatMap(r -> r.boards().stream())
                .anyMatch(b -> b.threshold() != null);
        if (found.count() == 0 && scanned) {
            throw new InputException("no event of boards " + plan.settings().pattern()
                    + " is in the hits, and the names of the runs are those of a charge-injection scan: etroc scan analyses"
                    + " them; etroc.telescope.pattern = [] makes every hit an event");
        }
        context.rows(EventInfo.TABLE, EventInfo.class, found.info());
        context.record("events", found.kept().stream().toList());
        TelescopeSettings settings = plan.settings();
        if (settings.toaWindow() != null && settings.events() == TelescopeSettings.Events.COINCIDENCE) {
            remarks.say(
                    context,
                    "run",
                    Remarks.ALL,
                    "events were built with a TOA window of " + settings.toaWindow()
                            + " codes, which truncates time differences");
        }
        if (context.isLast()) {
            EventsTables.write(context, plan, found.events());
        }
    }

    private Events events() throws IOException {
        return settings.pattern().isEmpty() ? single() : built();
    }

    private Events single() {
        NumberedHits hits = NumberedHits.of(ingested);
        List<Integer> boards = plan.boards(List.copyOf(hits.byBoard().keySet()));
        Map<String, Long> counts = new TreeMap<>();
        for (int i = 0; i < hits.runs().size(); i++) {
            if (hits.sizes()[i] > 0) {
                counts.put(hits.runs().get(i), hits.sizes()[i]);
            }
        }
        return new Events(
                SingleHits.events(hits, boards),
                boards,
                counts,
                EventInfo.of(boards, counts, hits.byBoard(), hits.byBoard(), 0),
                Optional.empty());
    }

    private Events built() throws IOException {
        Output output = context.output();
        EventMatcher matcher = matcher(settings.events());
        Optional<String> earlier = output.events(context.fingerprint());
        String name = earlier.isPresent() ? earlier.get() : build(matcher);
        Path place = output.path(Part.EVENTS, name);
        if (earlier.isPresent()) {
            context.progress().say("events were built already: " + place);
        }
        BuiltEvents built = output.record(Part.EVENTS, name, BuiltEvents.class)
                .orElseThrow(() -> new IOException(place + " is no longer there"));
        List<Integer> boards = matcher.boards().stream().distinct().sorted().toList();
        return new Events(
                EventBuilder.events(context.spark(), place, matcher.slots()),
                boards,
                built.events(),
                EventInfo.of(boards, built.events(), built.hits(), built.hitsInEvents(), built.lostHits()),
                Optional.of(name));
    }

    /** Builds the events. @return name of their directory */
    private String build(EventMatcher matcher) throws IOException {
        try (Draft draft = context.output().draft(Part.EVENTS, context.fingerprint())) {
            return draft.publish(builder(matcher).build(draft.path()));
        }
    }

    private EventBuilder builder(EventMatcher matcher) {
        int rows = Integer.parseInt(context.spark().conf().get(BLOCK_ROWS, "" + EventBuilder.BLOCK_ROWS));
        return new EventBuilder(
                NumberedHits.of(ingested), matcher, rows, Math.max(HALO, HALO_WINDOWS * settings.window()));
    }

    private void other(TelescopeSettings.Events by, Consumer<Dataset<Row>> look) throws IOException {
        EventMatcher matcher = matcher(by);
        try (Draft draft = context.output().draft(Part.EVENTS, context.fingerprint())) {
            builder(matcher).build(draft.path());
            look.accept(EventBuilder.events(context.spark(), draft.path(), matcher.slots()));
        }
    }

    private EventMatcher matcher(TelescopeSettings.Events builder) {
        if (builder == TelescopeSettings.Events.SEQUENCE) {
            return new SequenceMatcher(settings.pattern());
        }
        return new CoincidenceMatcher(
                settings.pattern(),
                settings.window(),
                settings.toaWindow() == null ? -1 : settings.toaWindow(),
                settings.boardsRequired() == null ? settings.pattern().size() : settings.boardsRequired());
    }
}
