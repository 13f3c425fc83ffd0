package etroc.campaign;

import etroc.report.Html;
import etroc.report.Style;
import etroc.report.Tables;
import etroc.store.Table;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The page of a campaign: its datasets with links, and their results side by side. */
public final class CampaignPage {
    private static final Map<String, String> TITLES = Map.of(
            "datasets", "Datasets",
            "resolutions", "Time resolution [ns], after the last step and iteration",
            "thresholds", "Threshold [DAC counts] against charge [fC]");

    private CampaignPage() {}

    /** The report of a dataset's newest result, relative to the page; empty if there is none. */
    private static String report(List<Table> tables, String dataset) {
        return new Tables(tables)
                .rows("datasets", r -> r.text("dataset").equals(dataset)).stream()
                        .map(r -> r.text("result"))
                        .filter(id -> !id.isEmpty())
                        .map(id -> URLEncoder.encode(dataset, StandardCharsets.UTF_8)
                                        .replace("+", "%20") + "/results/" + id + "/report/index.html")
                        .findFirst()
                        .orElse("");
    }

    /** The page, with links to the datasets' reports and nothing else outside of it. */
    public static String of(String name, List<Table> tables, Instant now) {
        StringBuilder html = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .append("<title>")
                .append(Html.text(name))
                .append("</title><style>")
                .append(Style.CSS)
                .append("</style></head><body><main><h1>")
                .append(Html.text(name))
                .append("</h1><p>Campaign, last run ")
                .append(Html.text(now))
                .append(". The same tables stand in campaign.sqlite.</p>");
        for (Table table : tables) {
            if (!table.rows().isEmpty()) {
                html.append("<section><h2>")
                        .append(Html.text(TITLES.getOrDefault(table.name(), table.name())))
                        .append("</h2>")
                        .append(Html.table(table, row -> report(tables, row.text("dataset"))))
                        .append("</section>");
            }
        }
        return html.append("</main></body></html>\n").toString();
    }
}
