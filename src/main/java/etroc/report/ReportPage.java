package etroc.report;

import etroc.store.Table;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The page of a result, in the order of the analysis. */
final class ReportPage {
    private static final int MAX_LINES = 200;
    /** Heights of a figure [px]. */
    private static final int MIN_HEIGHT = 380;

    private static final int HEIGHT_WITHOUT_LEGEND = 320;
    private static final int LEGEND_LINE = 22;

    private final String title;
    private final Tables tables;
    private final List<Figure> figures;
    private final List<String> formats;
    private final StringBuilder html = new StringBuilder();

    /** @param formats in which each figure is there as a file */
    ReportPage(String title, Tables tables, List<Figure> figures, List<String> formats) {
        this.title = title;
        this.tables = tables;
        this.figures = figures;
        this.formats = formats;
    }

    String html() {
        html.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append(
                        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><link rel=\"icon\" href=\"data:,\"><title>")
                .append(Html.text(title))
                .append("</title><style>")
                .append(Style.CSS)
                .append("</style></head><body><main><h1>")
                .append(Html.text(title))
                .append("</h1>");
        contents();
        read();
        cuts();
        results();
        drawFigures();
        provenance();
        html.append("</main>");
        if (!figures.isEmpty()) {
            html.append("<script src=\"")
                    .append(Report.BUNDLE)
                    .append("\"></script><script>")
                    .append(Style.SCRIPT)
                    .append("</script>");
        }
        return html.append("</body></html>\n").toString();
    }

    private Set<String> sections() {
        Set<String> sections = new LinkedHashSet<>();
        figures.forEach(f -> sections.add(f.section()));
        return sections;
    }

    private static String anchor(String section) {
        return section.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    private void contents() {
        html.append("<nav>");
        for (String section : List.of("What was read", "Settings and cuts", "Results")) {
            link(section);
        }
        sections().forEach(this::link);
        link("Provenance");
        html.append("</nav>");
    }

    private void link(String section) {
        html.append("<a href=\"#")
                .append(anchor(section))
                .append("\">")
                .append(Html.text(section))
                .append("</a> ");
    }

    private void begin(String section) {
        html.append("<section id=\"")
                .append(anchor(section))
                .append("\"><h2>")
                .append(Html.text(section))
                .append("</h2>");
    }

    private void end() {
        html.append("</section>");
    }

    private void read() {
        begin("What was read");
        List<Table.Row> files = tables.rows("quality");
        html.append("<p>")
                .append(counted(files.size(), "file"))
                .append(" of ")
                .append(counted(tables.rows("runs").size(), "run"))
                .append(": ")
                .append(sum(files, "lines"))
                .append(" lines = ")
                .append(sum(files, "hits"))
                .append(" hits + ")
                .append(sum(files, "no_hit_lines"))
                .append(" lines without hit + ")
                .append(sum(files, "idle_words"))
                .append(" idle words + ")
                .append(sum(files, "malformed"))
                .append(" malformed lines.</p>");
        List<Table.Row> broken =
                files.stream().filter(r -> r.number("malformed") > 0).toList();
        if (!broken.isEmpty()) {
            details("Malformed lines, with reasons", first(tables.table("malformed_lines")));
        }
        if (!tables.rows("remarks").isEmpty()) {
            html.append(Html.table(first(tables.table("remarks"))));
        }
        details("Runs", first(tables.table("runs")));
        details("Files", first(tables.table("quality")));
        if (tables.has("event_info")) {
            html.append(Html.table(tables.table("event_info")));
        }
        end();
    }

    private static String counted(long n, String what) {
        return Histograms.grouped(n) + " " + what + (n == 1 ? "" : "s");
    }

    private static String sum(List<Table.Row> rows, String column) {
        return Histograms.grouped(
                rows.stream().mapToLong(r -> r.integer(column)).sum());
    }

    private static Table first(Table table) {
        Table some = Table.like(table, table.name());
        table.rows().stream().limit(MAX_LINES).forEach(some::row);
        return some;
    }

    private void details(String summary, Table table) {
        html.append("<details><summary>")
                .append(Html.text(summary))
                .append(" (")
                .append(table.rows().size())
                .append(table.rows().size() == MAX_LINES ? ", the first" : "")
                .append(")</summary>")
                .append(Html.table(table))
                .append("</details>");
    }

    private void cuts() {
        begin("Settings and cuts");
        if (tables.rows("cutflow").isEmpty()) {
            html.append("<p>No cuts.</p>");
        } else {
            Table cutflow = tables.table("cutflow");
            html.append(Html.table(cutflow.select(
                    "stage",
                    "step_name",
                    "cut",
                    "events",
                    "passing_alone",
                    "passing_cumulative",
                    "passing_all_others",
                    "fraction_alone",
                    "fraction_cumulative")));
            details("The cuts as SQL", cutflow.select("stage", "cut", "sql"));
        }
        Table settings = Table.of("settings", "setting:t", "value:t");
        tables.rows("provenance", r -> r.text("section").equals("settings"))
                .forEach(r -> settings.row(r.text("key"), r.text("value")));
        html.append("<details><summary>All settings</summary>")
                .append(Html.table(settings))
                .append("</details>");
        end();
    }

    private void results() {
        begin("Results");
        boolean any = false;
        for (Table table : Summary.of(tables)) {
            any = true;
            html.append(Html.table(table));
        }
        if (!any) {
            html.append("<p>Hits were ingested; nothing was analysed.</p>");
        }
        end();
    }

    private void drawFigures() {
        for (String section : sections()) {
            begin(section);
            html.append("<div class=\"figures\">");
            figures.stream().filter(f -> f.section().equals(section)).forEach(this::figure);
            html.append("</div>");
            end();
        }
    }

    private void figure(Figure figure) {
        html.append("<figure><figcaption>").append(Html.text(figure.title())).append("</figcaption>");
        if (figure.isEmpty()) {
            html.append("<p class=\"nothing\">Nothing to draw: ")
                    .append(Html.text(figure.empty()))
                    .append("</p></figure>");
            return;
        }
        // a legend has a line for each series on a phone
        int height = Math.max(
                MIN_HEIGHT,
                HEIGHT_WITHOUT_LEGEND + LEGEND_LINE * figure.series().size());
        html.append("<div class=\"drawing\" style=\"height:")
                .append(height)
                .append("px\" id=\"")
                .append(figure.id())
                .append("\"></div>");
        html.append("<script type=\"application/json\" data-for=\"")
                .append(figure.id())
                .append("\">")
                .append(PlotlyJson.of(figure))
                .append("</script>");
        if (!figure.notes().isEmpty()) {
            html.append("<p class=\"notes\">")
                    .append(Html.text(String.join("; ", figure.notes())))
                    .append("</p>");
        }
        html.append("<p class=\"files\">");
        for (String format : formats) {
            html.append("<a href=\"figures/")
                    .append(figure.id())
                    .append('.')
                    .append(format)
                    .append("\">")
                    .append(format.toUpperCase(Locale.ROOT))
                    .append("</a> ");
        }
        html.append("</p></figure>");
    }

    private void provenance() {
        begin("Provenance");
        Table general = Table.of("provenance", "what:t", "value:t");
        tables.rows("provenance", r -> r.text("section").equals("general"))
                .forEach(r -> general.row(r.text("key").replace('_', ' '), r.text("value")));
        html.append(Html.table(general));
        Table spark = Table.of("provenance", "what:t", "value:t");
        tables.rows(
                        "provenance",
                        r -> r.text("section").equals("spark")
                                || r.text("section").equals("stages"))
                .forEach(r -> spark.row(r.text("key"), r.text("value")));
        html.append("<details><summary>Spark and fingerprints of the stages</summary>")
                .append(Html.table(spark))
                .append("</details>");
        end();
    }
}
