package etroc.campaign;

import etroc.report.Block;
import etroc.report.Block.Cell;
import etroc.report.Page;
import etroc.report.Rounded;
import etroc.report.Section;
import etroc.store.Table;
import etroc.store.Tables;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The page of a campaign: its datasets with links, their results side by side, and figures against tags and date. */
public final class CampaignPage {
    private static final double PICOSECONDS = 1000;
    /** Digits of a date and minutes of an instant. */
    private static final int MINUTES = 16;

    private static final int SUGGESTED = 3;
    private static final String BASELINES = "bench_baselines";
    private static final String LINES = "bench_lines";

    private record Result(String dataset, String result) {}

    private final Map<String, String> results;

    private CampaignPage(Map<String, String> results) {
        this.results = results;
    }

    /** The page, with links to the datasets' reports. {@link Page#bundle} has to stand beside it. */
    public static String of(String name, List<Table> tables, Instant now) {
        Tables all = new Tables(tables);
        CampaignPage page = new CampaignPage(
                all.as("datasets", Result.class).stream().collect(Collectors.toMap(Result::dataset, Result::result)));
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("Datasets", List.of(page.datasets(all.table("datasets")))));
        Table resolutions = all.table("resolutions");
        if (!resolutions.rows().isEmpty()) {
            sections.add(new Section(
                    "Time resolution [ps], after the last step and iteration", List.of(page.resolutions(resolutions))));
        }
        Table thresholds = all.table("thresholds");
        if (!thresholds.rows().isEmpty()) {
            sections.add(
                    new Section("Threshold [DAC counts] against charge [fC]", List.of(page.thresholds(thresholds))));
        }
        sections.addAll(page.ofBench(all));
        sections.addAll(Section.of(CampaignFigures.of(all)));
        String lead =
                "Campaign, last run " + now.toString().substring(0, MINUTES).replace('T', ' ')
                        + " UTC. Every digit of these tables stands in campaign.sqlite.";
        return Page.html(name, lead, sections, List.of());
    }

    private Block datasets(Table table) {
        return grid(
                table,
                List.of("kind", "status", "hits", "events", "key_results", "message"),
                List.of(),
                r -> List.of());
    }

    private Block resolutions(Table table) {
        return grid(
                table,
                List.of("data_board_id", "events"),
                List.of("core", "standard deviation", "tails [%]", "remark"),
                row -> List.of(
                        rounded(table, row, "time_resolution_core", "time_resolution_core_bootstrap_unc", PICOSECONDS),
                        rounded(table, row, "time_resolution", "time_resolution_bootstrap_unc", PICOSECONDS),
                        rounded(table, row, "tail_fraction", "", 100),
                        text(row[table.index("remark")])));
    }

    private Block thresholds(Table table) {
        return grid(
                table,
                List.of("data_board_id", "pixel_id", "method"),
                List.of("slope", "at charge 0", "to set", "remark"),
                row -> List.of(
                        rounded(table, row, "slope", "slope_unc", 1),
                        rounded(table, row, "intercept", "intercept_unc", 1),
                        toSet(table, row),
                        text(row[table.index("remark")])));
    }

    /** What pixels of a bench scan have. */
    private List<Section> ofBench(Tables all) {
        List<Section> sections = new ArrayList<>();
        if (all.has(BASELINES) && !all.table(BASELINES).rows().isEmpty()) {
            Table t = all.table(BASELINES);
            Block grid = grid(
                    t,
                    List.of("chip", "row", "column", "method"),
                    List.of("baseline", "width", "far from median", "remark"),
                    row -> List.of(
                            rounded(t, row, "baseline", "baseline_unc", 1),
                            rounded(t, row, "width", "width_unc", 1),
                            text(row[t.index("flag")]),
                            text(row[t.index("remark")])));
            sections.add(new Section("Baselines of ETROC2 pixels [DAC]", List.of(grid)));
        }
        if (all.has(LINES) && !all.table(LINES).rows().isEmpty()) {
            Table t = all.table(LINES);
            Block grid = grid(
                    t,
                    List.of("chip", "row", "column", "delay", "method", "charges"),
                    List.of("intercept", "slope", "noise [fC]", "remark"),
                    row -> List.of(
                            rounded(t, row, "intercept", "intercept_unc", 1),
                            rounded(t, row, "slope", "slope_unc", 1),
                            rounded(t, row, "noise_fc", "", 1),
                            text(row[t.index("remark")])));
            sections.add(new Section("Threshold [DAC] against charge [fC] of ETROC2 pixels", List.of(grid)));
        }
        return sections;
    }

    private static String toSet(Table table, @Nullable Object[] row) {
        return IntStream.range(0, SUGGESTED)
                .filter(i -> row[table.index("charge_" + i)] != null)
                .mapToObj(i -> row[table.index("suggested_threshold_" + i)] + " for " + row[table.index("charge_" + i)]
                        + " fC")
                .collect(Collectors.joining(", "));
    }

    private static String rounded(Table table, @Nullable Object[] row, String value, String unc, double factor) {
        return Rounded.of(
                scaled(row[table.index(value)], factor), unc.isEmpty() ? null : scaled(row[table.index(unc)], factor));
    }

    private static @Nullable Double scaled(@Nullable Object value, double factor) {
        return value instanceof Number n ? factor * n.doubleValue() : null;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private interface Cells {
        List<String> of(@Nullable Object[] row);
    }

    /** Dataset with a link, when it was measured, its tags, then some columns as they are, then some that are made of others. */
    private Block grid(Table table, List<String> columns, List<String> made, Cells cells) {
        List<String> names = table.names();
        List<String> kept = new ArrayList<>(names.stream()
                // a date that was given is when it was measured
                .filter(n -> n.equals("measured") || (n.startsWith("tag_") && !n.equals("tag_" + Tag.DATE)))
                .toList());
        kept.addAll(columns);
        List<String> head = new ArrayList<>(List.of("dataset"));
        kept.forEach(n -> head.add(
                n.startsWith("tag_")
                        ? CampaignFigures.label(n)
                        : n.equals("data_board_id") ? "board" : n.replace('_', ' ')));
        head.addAll(made);
        return Block.Grid.of(
                head,
                table.rows().stream()
                        .map(row -> {
                            List<@Nullable Object> values = new ArrayList<>();
                            String dataset = String.valueOf(row[0]);
                            values.add(new Cell(dataset, false, report(dataset, results.getOrDefault(dataset, ""))));
                            kept.forEach(n -> values.add(shown(n, row[names.indexOf(n)])));
                            values.addAll(cells.of(row));
                            return values.toArray();
                        })
                        .toList());
    }

    /** An instant to the minute, a number without the zeros that it does not need. */
    private static @Nullable Object shown(String column, @Nullable Object value) {
        return column.equals("measured") && value instanceof String t && t.length() > MINUTES
                ? t.substring(0, MINUTES).replace('T', ' ')
                : value instanceof Double number ? new Cell(Rounded.of(number, null), true, "") : value;
    }

    /** Relative to the page; empty without a result. */
    private static String report(String dataset, String result) {
        return result.isEmpty()
                ? ""
                : URLEncoder.encode(dataset, StandardCharsets.UTF_8).replace("+", "%20") + "/results/" + result
                        + "/report/index.html";
    }
}
