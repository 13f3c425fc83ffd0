package etroc.campaign;

import etroc.FailureText;
import etroc.InputException;
import etroc.campaign.Campaign.Outcome;
import etroc.store.ResultSetReader;
import etroc.store.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a campaign found: its datasets, and their results side by side. */
public final class CampaignTables {
    private static final List<String> RESOLUTION = List.of(
            "data_board_id:i",
            "events:i",
            "time_resolution:r",
            "time_resolution_bootstrap_unc:r",
            "time_resolution_core:r",
            "time_resolution_core_bootstrap_unc:r",
            "time_resolution_intrinsic:r",
            "fbin:r",
            "remark:t");
    private static final List<String> THRESHOLD = List.of(
            "data_board_id:i",
            "pixel_id:t",
            "phase_adjust:i",
            "method:t",
            "noise_min_dac:r",
            "noise_max_dac:r",
            "intercept:r",
            "intercept_unc:r",
            "slope:r",
            "slope_unc:r",
            "min_charge:r",
            "charge_0:i",
            "suggested_threshold_0:i",
            "charge_1:i",
            "suggested_threshold_1:i",
            "charge_2:i",
            "suggested_threshold_2:i",
            "remark:t");

    private final List<String> tags;
    /** Tags that are a number wherever they are given. */
    private final Set<String> numbers;

    private final Table datasets;
    private final Table resolutions;
    private final Table thresholds;

    private CampaignTables(List<Outcome> outcomes) {
        Set<String> names = new LinkedHashSet<>();
        outcomes.forEach(o -> names.addAll(o.dataset().tags().keySet()));
        tags = List.copyOf(names);
        numbers = new LinkedHashSet<>(names);
        outcomes.forEach(o -> o.dataset().tags().forEach((name, tag) -> {
            if (tag.number() == null) {
                numbers.remove(name);
            }
        }));
        datasets = table(
                "datasets",
                List.of(
                        "kind:t",
                        "status:t",
                        "result:t",
                        "made:t",
                        "seconds:r",
                        "files:i",
                        "lines:i",
                        "hits:i",
                        "malformed:i",
                        "events:i",
                        "key_results:t",
                        "message:t"));
        resolutions = table("resolutions", RESOLUTION);
        thresholds = table("thresholds", THRESHOLD);
    }

    /** Tables {@code datasets}, {@code resolutions} and {@code thresholds}; tags are columns {@code tag_<name>}. */
    public static List<Table> of(List<Outcome> outcomes) throws IOException {
        CampaignTables tables = new CampaignTables(outcomes);
        for (Outcome outcome : outcomes) {
            tables.add(outcome);
        }
        return List.of(tables.datasets, tables.resolutions, tables.thresholds);
    }

    private Table table(String name, List<String> columns) {
        List<String> all = new ArrayList<>(List.of("dataset:t", "measured:t"));
        tags.forEach(t -> all.add("tag_" + Tag.column(t) + (numbers.contains(t) ? ":r" : ":t")));
        all.addAll(columns);
        return Table.of(name, all.toArray(String[]::new));
    }

    private void add(Outcome outcome) throws IOException {
        DatasetSettings dataset = outcome.dataset();
        Throwable failure = outcome.failure();
        List<@Nullable Object> row = new ArrayList<>(Arrays.asList(
                dataset.kind(), outcome.status().name().toLowerCase(Locale.ROOT).replace('_', ' ')));
        String measured = "";
        try (ResultSetReader result = new ResultSetReader(outcome.output())) {
            List<String> names = result.tables();
            Table provenance = result.table("provenance");
            measured = value(provenance, "newest_input");
            Table quality = result.table("quality");
            String key = results(dataset, measured, result, names);
            row.addAll(Arrays.asList(result.id(), value(provenance, "finished"), outcome.seconds()));
            row.addAll(Arrays.asList(
                    quality.rows().size(),
                    sum(quality, "lines"),
                    sum(quality, "hits"),
                    sum(quality, "malformed"),
                    names.contains("event_info") ? events(result.table("event_info")) : null,
                    key));
        } catch (InputException e) { // no result yet
            row.addAll(Arrays.asList(null, null, outcome.seconds(), null, null, null, null, null, ""));
        }
        row.add(failure == null ? "" : FailureText.of(failure));
        addRow(datasets, dataset, measured, row);
    }

    private void addRow(Table table, DatasetSettings dataset, String measured, List<@Nullable Object> values) {
        List<@Nullable Object> row = new ArrayList<>();
        row.add(dataset.name());
        Tag date = dataset.tags().get(Tag.DATE);
        row.add(date == null ? measured : date.text());
        for (String name : tags) {
            Tag tag = dataset.tags().get(name);
            row.add(tag == null ? null : numbers.contains(name) ? tag.number() : tag.text());
        }
        row.addAll(values);
        table.row(row.toArray());
    }

    private String results(DatasetSettings dataset, String measured, ResultSetReader result, List<String> names)
            throws IOException {
        List<String> keys = new ArrayList<>();
        if (names.contains("timing_info")) {
            for (Table row : last(result.table("timing_info"))) {
                keys.add("board " + text(row, "data_board_id") + ": " + picoseconds(row));
                addRow(resolutions, dataset, measured, values(row, RESOLUTION));
            }
        }
        if (names.contains("dac_vs_charge")) {
            Table lines = result.table("dac_vs_charge");
            for (Table row : rows(lines)) {
                addRow(thresholds, dataset, measured, values(row, THRESHOLD));
                if ("s-curve".equals(text(row, "method"))
                        && !text(row, "suggested_threshold_0").isEmpty()) {
                    keys.add("board " + text(row, "data_board_id") + ": " + text(row, "suggested_threshold_0")
                            + " DAC for " + text(row, "charge_0") + " fC");
                }
            }
        }
        return String.join("; ", keys);
    }

    private static String picoseconds(Table row) {
        Object value = cell(row, "time_resolution");
        Object unc = cell(row, "time_resolution_bootstrap_unc");
        if (!(value instanceof Double ns)) {
            return "no resolution";
        }
        return unc instanceof Double u
                ? String.format(Locale.ROOT, "%.2f +- %.2f ps", ns * 1000, u * 1000)
                : String.format(Locale.ROOT, "%.2f ps", ns * 1000);
    }

    /** The rows of the final step after the last iteration. */
    private static List<Table> last(Table timing) {
        List<Table> all = rows(timing);
        if (all.isEmpty()) {
            return List.of();
        }
        Table end = all.get(all.size() - 1);
        return all.stream()
                .filter(r -> text(r, "step_name").equals(text(end, "step_name"))
                        && text(r, "twc_iteration").equals(text(end, "twc_iteration")))
                .toList();
    }

    private static List<Table> rows(Table table) {
        return table.rows().stream()
                .map(r -> Table.like(table, table.name()).row(r))
                .toList();
    }

    private static List<@Nullable Object> values(Table row, List<String> columns) {
        List<@Nullable Object> values = new ArrayList<>();
        columns.forEach(c -> values.add(cell(row, c.substring(0, c.indexOf(':')))));
        return values;
    }

    private static @Nullable Object cell(Table row, String column) {
        return row.rows().get(0)[row.index(column)];
    }

    private static String text(Table row, String column) {
        Object value = cell(row, column);
        return value == null ? "" : value.toString();
    }

    private static String value(Table provenance, String key) {
        return provenance.rows().stream()
                .filter(r -> key.equals(r[1]))
                .map(r -> String.valueOf(r[2]))
                .findFirst()
                .orElse("");
    }

    private static long sum(Table table, String column) {
        int index = table.index(column);
        return table.rows().stream()
                .mapToLong(r -> ((Number) Objects.requireNonNull(r[index])).longValue())
                .sum();
    }

    private static long events(Table eventInfo) {
        int count = eventInfo.index("count");
        return eventInfo.rows().stream()
                .filter(r -> "events".equals(r[1]))
                .mapToLong(r -> ((Number) Objects.requireNonNull(r[count])).longValue())
                .sum();
    }
}
