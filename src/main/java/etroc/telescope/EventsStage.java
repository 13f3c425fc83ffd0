package etroc.telescope;

import etroc.ingest.Ingested;
import etroc.pipeline.JobContext;
import etroc.store.Draft;
import etroc.store.Output.Part;
import etroc.store.Table;
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
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Hits to events. Events that were built are kept as Parquet under {@code OUT/events/<fingerprint>}, so that another analysis of the same
 * hits with other cuts begins there.
 */
final class EventsStage {
    /** Rows of the neighbours that a block of hits sees at first; more when that does not do. */
    private static final int HALO = 256;

    private final JobContext context;
    private final TelescopePlan plan;
    private final TelescopeSettings settings;
    private final Ingested ingested;

    EventsStage(JobContext context, TelescopePlan plan, Ingested ingested) {
        this.context = context;
        this.plan = plan;
        this.settings = plan.settings().telescope();
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
            Dataset<Row> events, List<Integer> boards, Map<String, Long> ofRun, Table info, Optional<String> kept) {
        long count() {
            return ofRun.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    Events events() throws IOException {
        return settings.pattern().isEmpty() ? single() : built();
    }

    private Events single() {
        NumberedHits hits = NumberedHits.of(ingested.files());
        List<Integer> boards = plan.boards(List.copyOf(hits.byBoard().keySet()));
        Map<String, Long> counts = new TreeMap<>();
        for (int i = 0; i < hits.runs().size(); i++) {
            counts.put(hits.runs().get(i), hits.sizes()[i]);
        }
        return new Events(
                SingleHits.events(ingested.hits(), boards, ingested.quality()),
                boards,
                counts,
                tables(boards).eventSummary(counts, hits.byBoard(), hits.byBoard(), 0),
                Optional.empty());
    }

    private Events built() throws IOException {
        EventMatcher matcher = matcher();
        String fingerprint = plan.stage(TelescopeStage.EVENTS).fingerprint();
        Optional<String> earlier = context.output().events(fingerprint);
        String name = earlier.isPresent() ? earlier.get() : build(matcher, fingerprint);
        Path place = context.output().path(Part.EVENTS, name);
        if (earlier.isPresent()) {
            context.progress().say("events were built already: " + place);
        }
        BuiltEvents built = context.output()
                .record(Part.EVENTS, name, BuiltEvents.class)
                .orElseThrow(() -> new IOException(place + " is no longer there"));
        List<Integer> boards = matcher.boards().stream().distinct().sorted().toList();
        return new Events(
                EventBuilder.events(context.spark(), place, built, matcher.slots()),
                boards,
                built.events(),
                tables(boards).eventSummary(built.events(), built.hits(), built.hitsInEvents(), built.lostHits()),
                Optional.of(name));
    }

    private TelescopeTables tables(List<Integer> boards) {
        return new TelescopeTables(boards, plan.bias());
    }

    /** Builds with more and more of the neighbours, until every block is decided. @return name of the directory */
    private String build(EventMatcher matcher, String fingerprint) throws IOException {
        NumberedHits hits = NumberedHits.of(ingested.files());
        EventBuilder builder = new EventBuilder(context.spark(), hits, matcher);
        int halo = Math.max(HALO, 8 * settings.window());
        while (true) {
            try (Draft draft = context.output().draft(Part.EVENTS, fingerprint)) {
                Optional<BuiltEvents> built = builder.build(ingested.hits(), halo, draft.path());
                if (built.isPresent()) {
                    return draft.publish(built.get());
                }
            }
            if (halo > hits.longest()) {
                throw new IllegalStateException("events are not decided by all " + hits.longest() + " hits of a run");
            }
            halo = (int) Math.min(8L * halo, Integer.MAX_VALUE / 2);
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
}
