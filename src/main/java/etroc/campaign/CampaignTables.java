package etroc.campaign;

import etroc.About;
import etroc.FailureText;
import etroc.InputException;
import etroc.campaign.Campaign.Outcome;
import etroc.store.ResultSetReader;
import etroc.store.Table;
import etroc.store.Table.Column;
import etroc.store.Tables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a campaign found: its datasets, and their results side by side. */
public final class CampaignTables {
    /** What became of a dataset. */
    @About(
            "a dataset; as in all tables of a campaign, a column tag_<name> for each tag stands after dataset and measured")
    private record Dataset(
            @About("scan or telescope") String kind,
            @About("done, unchanged, failed, not selected") String status,
            @About("id of its newest result") @Nullable String result,
            @About("when that was made") @Nullable String made,
            @About("of this run [s]") double seconds,

            @About("files; NULL: a telescope of ETROC2") @Nullable
            Long files,

            @About("lines; NULL: a telescope of ETROC2") @Nullable
            Long lines,

            @About("lines with hit flag 1, of ETROC2 hits of complete frames") @Nullable
            Long hits,

            @About("lines that are no record") @Nullable Long malformed,
            @About("events of a telescope") @Nullable Long events,

            @About("resolutions, or the first suggested thresholds")
            String keyResults,

            @About("why it failed") String message) {}

    /** Columns of {@code dac_vs_charge}. */
    @About("a pixel and method of a scan; columns as in dac_vs_charge")
    private record Threshold(
            int dataBoardId,
            String pixelId,
            int phaseAdjust,
            String method,
            double noiseMinDac,
            double noiseMaxDac,
            double intercept,
            double interceptUnc,
            double slope,
            double slopeUnc,
            double minCharge,
            @About(length = 3) Map<Integer, Suggestion> suggestions,
            String remark) {
        Stream<String> key() {
            Suggestion first = suggestions.get(0);
            return first == null || !method.equals("s-curve")
                    ? Stream.of()
                    : Stream.of("board " + dataBoardId + ": " + first.suggestedThreshold + " DAC for " + first.charge
                            + " fC");
        }
    }

    private record Suggestion(int charge, int suggestedThreshold) {}

    private record Step(String stepName, int twcIteration) {}

    private record Fact(String key, String value) {}

    private record Counts(long lines, long hits, long malformed) {}

    private record EventCount(String quantity, long count) {}

    /** Whether a tag is a number wherever it is given, by its name. */
    private final Map<String, Boolean> tags = new LinkedHashMap<>();

    private final TaggedRows<Dataset> datasets = new TaggedRows<>("datasets", Dataset.class);
    private final TaggedRows<Resolution> resolutions = new TaggedRows<>("resolutions", Resolution.class);
    private final TaggedRows<Threshold> thresholds = new TaggedRows<>("thresholds", Threshold.class);
    private final TaggedRows<BenchHistory.Noise> noise = new TaggedRows<>("bench_baselines", BenchHistory.Noise.class);
    private final TaggedRows<BenchHistory.Gain> gains = new TaggedRows<>("bench_lines", BenchHistory.Gain.class);

    private CampaignTables(List<Outcome> outcomes) {
        outcomes.forEach(o ->
                o.dataset().tags().forEach((name, tag) -> tags.merge(name, tag.number() != null, Boolean::logicalAnd)));
    }

    /** Tables {@code datasets}, {@code resolutions}, {@code thresholds}, and those of {@link BenchHistory}; tags are columns {@code tag_<name>}. */
    public static List<Table> of(List<Outcome> outcomes) throws IOException {
        CampaignTables tables = new CampaignTables(outcomes);
        for (Outcome outcome : outcomes) {
            tables.add(outcome);
        }
        List<Column> first = new ArrayList<>(
                List.of(new Column("dataset", Table.Type.TEXT), new Column("measured", Table.Type.TEXT)));
        tables.tags.forEach((tag, isNumber) ->
                first.add(new Column("tag_" + Tag.column(tag), isNumber ? Table.Type.REAL : Table.Type.TEXT)));
        return Stream.of(tables.datasets, tables.resolutions, tables.thresholds, tables.noise, tables.gains)
                .map(rows -> rows.table(first))
                .toList();
    }

    private void add(Outcome outcome) throws IOException {
        DatasetSettings dataset = outcome.dataset();
        String status = outcome.status().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String message = outcome.failure() == null ? "" : FailureText.of(outcome.failure());
        String measured = "";
        Dataset row = new Dataset(
                dataset.kind(), status, null, null, outcome.seconds(), null, null, null, null, null, "", message);
        try (ResultSetReader result = new ResultSetReader(outcome.output())) {
            Tables tables = new Tables(result.all());
            List<Fact> facts = tables.as("provenance", Fact.class);
            measured = value(facts, "newest_input");
            List<Counts> files = tables.as("quality", Counts.class);
            ChipHistory chip = ChipHistory.has(tables) ? ChipHistory.of(tables) : null;
            row = new Dataset(
                    dataset.kind(),
                    status,
                    result.id(),
                    value(facts, "finished"),
                    outcome.seconds(),
                    chip == null ? (long) files.size() : null,
                    chip == null ? files.stream().mapToLong(Counts::lines).sum() : null,
                    chip == null ? files.stream().mapToLong(Counts::hits).sum() : chip.hits(),
                    chip == null ? files.stream().mapToLong(Counts::malformed).sum() : null,
                    chip != null
                            ? (Long) chip.events()
                            : tables.has("event_info") ? events(tables.as("event_info", EventCount.class)) : null,
                    results(before(dataset, measured), tables, chip),
                    message);
        } catch (InputException e) {
            // no result yet, or one of another version
        }
        datasets.add(before(dataset, measured), row);
    }

    /** Name of a dataset, when it was taken, and its tags. */
    private @Nullable Object[] before(DatasetSettings dataset, String measured) {
        List<@Nullable Object> values = new ArrayList<>();
        Tag date = dataset.tags().get(Tag.DATE);
        values.add(dataset.name());
        values.add(date == null ? measured : date.text());
        tags.forEach((name, isNumber) -> {
            Tag tag = dataset.tags().get(name);
            values.add(tag == null ? null : isNumber ? tag.number() : tag.text());
        });
        return values.toArray();
    }

    /** Adds the results of a dataset. @return the key ones */
    private String results(@Nullable Object[] before, Tables tables, @Nullable ChipHistory chip) {
        List<String> keys = new ArrayList<>();
        for (Resolution resolution : chip == null ? List.<Resolution>of() : chip.resolutions()) {
            resolutions.add(before, resolution);
            keys.add(resolution.key());
        }
        List<Step> steps = tables.as("timing_info", Step.class);
        List<Resolution> timing = tables.as("timing_info", Resolution.class);
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).equals(steps.get(steps.size() - 1))) {
                resolutions.add(before, timing.get(i));
                keys.add(timing.get(i).key());
            }
        }
        for (Threshold line : tables.as("dac_vs_charge", Threshold.class)) {
            thresholds.add(before, line);
            line.key().forEach(keys::add);
        }
        tables.as("baselines", BenchHistory.Noise.class).stream()
                .filter(BenchHistory.Noise::used)
                .forEach(b -> noise.add(before, b));
        tables.as("charge_lines", BenchHistory.Gain.class).stream()
                .filter(l -> l.delay() == 0 || Double.isFinite(l.slope()))
                .forEach(l -> gains.add(before, l));
        return String.join("; ", keys);
    }

    private static String value(List<Fact> provenance, String key) {
        return provenance.stream()
                .filter(f -> f.key.equals(key))
                .map(Fact::value)
                .findFirst()
                .orElse("");
    }

    private static long events(List<EventCount> counts) {
        return counts.stream()
                .filter(c -> c.quantity.equals("events"))
                .mapToLong(EventCount::count)
                .sum();
    }
}
