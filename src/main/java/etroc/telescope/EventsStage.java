package etroc.telescope;

import com.fasterxml.jackson.databind.json.JsonMapper;
import etroc.ingest.Ingested;
import etroc.pipeline.Context;
import etroc.store.Output;
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

    private static final String RECORD = "_events.json";
    private static final JsonMapper JSON = new JsonMapper();

    private final Context context;
    private final TelescopePlan plan;
    private final TelescopeSettings settings;
    private final Ingested ingested;

    EventsStage(Context context, TelescopePlan plan, Ingested ingested) {
        this.context = context;
        this.plan = plan;
        this.settings = plan.settings().read("telescope", TelescopeSettings.class);
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
                SingleHits.events(ingested.hits(), boards, ingested.files()),
                boards,
                counts,
                tables(boards).eventSummary(counts, hits.byBoard(), hits.byBoard(), 0),
                Optional.empty());
    }

    private Events built() throws IOException {
        Output output = context.output();
        EventMatcher matcher = matcher();
        String name = context.fingerprint();
        Path place = new Path(output.events(), name);
        Optional<byte[]> record = output.find(new Path(place, RECORD));
        if (record.isEmpty()) {
            build(matcher, place);
            record = output.find(new Path(place, RECORD));
        } else {
            context.progress().say("events were built already: " + place);
        }
        BuiltEvents built = JSON.readValue(record.orElseThrow(), BuiltEvents.class);
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

    /** Builds with more and more of the neighbours, until every block is decided. */
    private void build(EventMatcher matcher, Path place) throws IOException {
        NumberedHits hits = NumberedHits.of(ingested.files());
        EventBuilder builder = new EventBuilder(context.spark(), hits, matcher);
        int halo = Math.max(HALO, 8 * settings.window());
        while (true) {
            Path staging = context.output().stage(place);
            try {
                Optional<BuiltEvents> built = builder.build(ingested.hits(), halo, staging);
                if (built.isPresent()) {
                    context.output().publish(staging, place, RECORD, JSON.writeValueAsBytes(built.get()));
                    return;
                }
            } catch (Throwable e) {
                context.output().delete(staging);
                throw e;
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
