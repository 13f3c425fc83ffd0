package etroc.report;

import etroc.store.Table;
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

    /** The page, without anything outside of it. */
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
                        .append(Html.table(table))
                        .append("</section>");
            }
        }
        return html.append("</main></body></html>\n").toString();
    }
}
