package etroc.jobs;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.databind.json.JsonMapper;
import etroc.events.CoincidenceMatcher;
import etroc.events.EventBuilder;
import etroc.events.EventMatcher;
import etroc.events.EventVariables;
import etroc.events.NumberedHits;
import etroc.events.SequenceMatcher;
import etroc.events.SingleHits;
import etroc.hits.HitColumn;
import etroc.settings.TelescopeSettings;
import etroc.settings.TelescopeStage;
import etroc.store.Output;
import etroc.store.Table;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Hits to events. Events that were built are kept as Parquet under {@code OUT/events/<fingerprint>}, so that another analysis of the same
 * hits with other cuts begins there.
 */
final class EventsStage {
    /** Rows of the neighbours that a block of hits sees at first; more when that does not do. */
    private static final int HALO = 256;

    private static final String BLOCKS = "blocks.parquet";
    private static final String RECORD = "_events.json";
    private static final JsonMapper JSON = new JsonMapper();

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

    /** What is known of events that were built: their blocks, and counts of hits by board. */
    private record Built(EventBuilder.Summary summary, Map<Integer, Long> hits, Map<Integer, Long> hitsInEvents) {}

    Events events() throws IOException {
        return settings.pattern().isEmpty() ? single() : built();
    }

    private Events single() {
        NumberedHits hits = NumberedHits.of(ingested.hits(), ingested.files());
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
        Output output = context.output();
        EventMatcher matcher = matcher();
        String name = plan.stage(TelescopeStage.EVENTS).fingerprint();
        Path place = new Path(output.events(), name);
        Optional<byte[]> record = output.find(new Path(place, RECORD));
        if (record.isEmpty()) {
            build(matcher, place);
            record = output.find(new Path(place, RECORD));
        } else {
            context.progress().say("events were built already: " + place);
        }
        Built built = JSON.readValue(record.orElseThrow(), Built.class);
        List<Integer> boards = matcher.boards().stream().distinct().sorted().toList();
        return new Events(
                events(place, built.summary, matcher),
                boards,
                built.summary.events(),
                tables(boards)
                        .eventSummary(built.summary.events(), built.hits, built.hitsInEvents, built.summary.lostHits()),
                Optional.of(name));
    }

    private TelescopeTables tables(List<Integer> boards) {
        return new TelescopeTables(boards, plan.bias());
    }

    private Dataset<Row> events(Path place, EventBuilder.Summary summary, EventMatcher matcher) {
        Dataset<Row> blocks = context.spark().read().parquet(new Path(place, BLOCKS).toString());
        return EventBuilder.events(blocks, summary, matcher.slots());
    }

    /** Builds with more and more of the neighbours, until every block is decided. */
    private void build(EventMatcher matcher, Path place) throws IOException {
        NumberedHits hits = NumberedHits.of(ingested.hits(), ingested.files());
        EventBuilder builder = new EventBuilder(hits, matcher);
        Path staging = context.output().stage(place);
        String blocks = new Path(staging, BLOCKS).toString();
        long longest = Arrays.stream(hits.sizes()).max().orElse(0);
        int halo = Math.max(HALO, 8 * settings.window());
        while (true) {
            builder.build(halo).write().mode("overwrite").parquet(blocks);
            EventBuilder.Summary summary =
                    builder.summary(context.spark().read().parquet(blocks));
            if (!summary.undecided() || halo > longest) {
                Built built = new Built(summary, hits.byBoard(), inEvents(events(staging, summary, matcher), matcher));
                context.output().publish(staging, place, RECORD, JSON.writeValueAsBytes(built));
                return;
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
}
