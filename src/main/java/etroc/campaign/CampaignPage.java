package etroc.campaign;

import etroc.report.Block;
import etroc.report.Page;
import etroc.report.Section;
import etroc.store.Table;
import etroc.store.Tables;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The page of a campaign: its datasets with links, and their results side by side. */
public final class CampaignPage {
    private static final Map<String, String> TITLES = Map.of(
            "datasets", "Datasets",
            "resolutions", "Time resolution [ns], after the last step and iteration",
            "thresholds", "Threshold [DAC counts] against charge [fC]",
            "bench_baselines", "Baselines of ETROC2 pixels [DAC]",
            "bench_lines", "Threshold [DAC] against charge [fC] of ETROC2 pixels");

    private record Result(String dataset, String result) {}

    private CampaignPage() {}

    /** The page, with links to the datasets' reports and nothing else outside of it. */
    public static String of(String name, List<Table> tables, Instant now) {
        Map<String, String> results = new Tables(tables)
                .as("datasets", Result.class).stream().collect(Collectors.toMap(Result::dataset, Result::result));
        List<Section> sections = tables.stream()
                .filter(t -> !t.rows().isEmpty())
                .map(t -> new Section(TITLES.getOrDefault(t.name(), t.name()), List.of(grid(t, results))))
                .toList();
        String lead = "Campaign, last run " + now + ". The same tables stand in campaign.sqlite.";
        return Page.html(name, lead, sections, List.of());
    }

    /** A table whose first column leads to the report of the dataset's newest result, where there is one. */
    private static Block grid(Table table, Map<String, String> results) {
        return Block.Grid.of(
                table.names(),
                table.rows().stream()
                        .map(row -> {
                            String dataset = String.valueOf(row[0]);
                            @Nullable Object[] linked = row.clone();
                            linked[0] =
                                    new Block.Cell(dataset, false, report(dataset, results.getOrDefault(dataset, "")));
                            return linked;
                        })
                        .toList());
    }

    /** Relative to the page; empty without a result. */
    private static String report(String dataset, String result) {
        return result.isEmpty()
                ? ""
                : URLEncoder.encode(dataset, StandardCharsets.UTF_8).replace("+", "%20") + "/results/" + result
                        + "/report/index.html";
    }
}
