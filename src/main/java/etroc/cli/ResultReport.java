package etroc.cli;

import etroc.ingest.InputTables.Quality;
import etroc.report.Block;
import etroc.report.Block.Grid;
import etroc.report.Figure;
import etroc.report.Report;
import etroc.report.ReportSettings;
import etroc.report.Section;
import etroc.scan.ScanFigures;
import etroc.scan.ScanSummary;
import etroc.scan.bench.BenchFigures;
import etroc.scan.bench.BenchSummary;
import etroc.scan.laser.LaserFigures;
import etroc.scan.laser.LaserSummary;
import etroc.store.Table;
import etroc.store.Tables;
import etroc.telescope.TelescopeFigures;
import etroc.telescope.TelescopeSummary;
import etroc.telescope.etroc2.Etroc2Figures;
import etroc.telescope.etroc2.Etroc2Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The report of a result, from its tables: what came out, then how, then what it was made from. */
public final class ResultReport {
    private static final int MAX_LINES = 200;

    private final Tables tables;

    private ResultReport(List<Table> tables) {
        this.tables = new Tables(tables);
    }

    /** The report of some tables. */
    public static Report of(String title, List<Table> tables, ReportSettings settings) {
        Tables all = new Tables(tables);
        String chip = Etroc2Summary.has(all) || BenchSummary.has(all) ? "ETROC2" : "ETROC1";
        String label = settings.label().equals("auto") ? chip + " test data" : settings.label();
        return new Report(title, label, settings.formats(), new ResultReport(tables).sections());
    }

    /** The results that are looked for first; nothing where hits were ingested only. */
    static List<Table> summary(List<Table> tables) {
        Tables all = new Tables(tables);
        if (all.has("dac_vs_charge")) {
            return ScanSummary.of(all);
        }
        if (BenchSummary.has(all)) {
            return BenchSummary.of(all);
        }
        if (LaserFigures.has(all)) {
            return LaserSummary.of(all);
        }
        if (Etroc2Summary.has(all)) {
            return Etroc2Summary.of(all);
        }
        List<Table> telescope = all.has("board_info_data") ? TelescopeSummary.of(all) : List.of();
        return Stream.concat(
                        telescope.stream(),
                        Stream.of("joint_events", "link_quality")
                                .filter(all::has)
                                .map(all::table))
                .toList();
    }

    /** Whether there are time resolutions. */
    static boolean hasResolutions(List<Table> tables) {
        return tables.stream()
                .anyMatch(t -> t.name().equals("timing_info") && !t.rows().isEmpty());
    }

    private List<Section> sections() {
        Map<Boolean, List<Figure>> figures = figures().stream()
                .collect(Collectors.partitioningBy(f -> f.section().equals(Section.ANSWER)));
        List<Section> sections = new ArrayList<>();
        if (tables.has("runs")) {
            Grid conditions = Grid.of(List.of("conditions", "value"), RunConditions.of(tables.table("runs")));
            sections.add(new Section("Conditions", List.of(conditions)));
        }
        sections.add(new Section("Results", results(), Objects.requireNonNull(figures.get(true))));
        sections.addAll(Section.of(Objects.requireNonNull(figures.get(false))));
        sections.add(Section.folded("What was read", read()));
        sections.add(Section.folded("Settings and cuts", cuts()));
        sections.add(Section.folded("Provenance", provenance()));
        return sections;
    }

    /** What came out, and what is to be known of it. */
    private List<Block> results() {
        List<Block> results = new ArrayList<>();
        List<Table> summary = summary(tables.all());
        // of four boards some sixty rows, between the resolutions and the figure that shows them
        summary.forEach(t -> results.add(t.name().equals(Etroc2Summary.SPREAD) ? folded(t.name(), t) : inSight(t)));
        if (summary.isEmpty()) {
            results.add(new Block.Text("Hits were ingested; nothing was analysed."));
        }
        if (hasResolutions(tables.all())) {
            results.add(new Block.Text(TelescopeSummary.ASSUMPTION));
        }
        if (tables.has("board_resolution")) {
            results.add(new Block.Text(Etroc2Summary.ASSUMPTION));
        }
        Table remarks = tables.table("remarks");
        if (!remarks.rows().isEmpty()) {
            results.add(inSight(remarks.first(MAX_LINES)));
        }
        return results;
    }

    private List<Figure> figures() {
        if (tables.has("dac_vs_charge")) {
            return ScanFigures.of(tables);
        }
        if (BenchSummary.has(tables)) {
            return BenchFigures.of(tables);
        }
        if (LaserFigures.has(tables)) {
            return LaserFigures.of(tables);
        }
        if (Etroc2Summary.has(tables)) {
            return Etroc2Figures.of(tables);
        }
        return tables.has("board_info_data") ? TelescopeFigures.of(tables) : List.of();
    }

    private static Grid inSight(Table table) {
        return Grid.of(table.names(), table.rows());
    }

    /** The first rows of a table, under its caption. */
    private static Grid folded(String caption, Table table) {
        Table first = table.first(MAX_LINES);
        int rows = first.rows().size();
        return Grid.folded(
                caption + " (" + rows + (rows == MAX_LINES ? ", the first" : "") + ")", first.names(), first.rows());
    }

    private List<Block> read() {
        if (tables.has("file_counts")) {
            return readOfEtroc2();
        }
        List<Quality> files = tables.as("quality", Quality.class);
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Text(counted(files.size(), "file") + " of "
                + counted(tables.table("runs").rows().size(), "run") + ": "
                + sum(files, Quality::lines) + " lines = " + sum(files, Quality::hits) + " hits + "
                + sum(files, Quality::noHitLines) + " lines without hit + " + sum(files, Quality::idleWords)
                + " idle words + " + sum(files, Quality::malformed) + " malformed lines."));
        if (files.stream().anyMatch(f -> f.malformed() > 0)) {
            blocks.add(folded("Malformed lines, with reasons", tables.table("malformed_lines")));
        }
        blocks.add(folded("Runs", tables.table("runs")));
        blocks.add(folded("Files", tables.table("quality")));
        if (tables.has("event_info")) {
            blocks.add(inSight(tables.table("event_info")));
        }
        return blocks;
    }

    /** Files of ETROC2 have their counts by name. */
    private List<Block> readOfEtroc2() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(
                new Block.Text(
                        counted(tables.table("runs").rows().size(), "run")
                                + " of ETROC2. The counts of each file and stream that are not 0, and places that are not as they should be:"));
        if (!tables.table("file_errors").rows().isEmpty()) {
            blocks.add(folded("Places that are wrong, with reasons", tables.table("file_errors")));
        }
        blocks.add(folded("Runs", tables.table("runs")));
        blocks.add(folded("Counts of files", tables.table("file_counts")));
        if (tables.has("hit_flow")) {
            blocks.add(inSight(tables.table("hit_flow")));
        }
        return blocks;
    }

    private static String counted(long n, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", n, what, n == 1 ? "" : "s");
    }

    private static String sum(List<Quality> files, ToLongFunction<Quality> count) {
        return String.format(Locale.ROOT, "%,d", files.stream().mapToLong(count).sum());
    }

    private List<Block> cuts() {
        List<Block> blocks = new ArrayList<>();
        if (tables.table("cutflow").rows().isEmpty()) {
            blocks.add(new Block.Text("No cuts."));
        } else {
            Table cutflow = tables.table("cutflow");
            blocks.add(inSight(cutflow.select(
                    "stage",
                    "step_name",
                    "cut",
                    "events",
                    "passing_alone",
                    "passing_cumulative",
                    "passing_all_others",
                    "fraction_alone",
                    "fraction_cumulative")));
            blocks.add(folded("The cuts as SQL", cutflow.select("stage", "cut", "sql")));
        }
        blocks.add(Grid.folded("All settings", List.of("setting", "value"), facts("settings")));
        return blocks;
    }

    private List<Block> provenance() {
        List<String> head = List.of("what", "value");
        return List.of(
                Grid.of(head, facts("general")),
                Grid.folded("Spark and fingerprints of the stages", head, facts("stages", "spark")));
    }

    private record Fact(String section, String key, String value) {}

    /** Facts of the table {@code provenance}, without their section. */
    private List<Object[]> facts(String... sections) {
        return tables.as("provenance", Fact.class).stream()
                .filter(f -> List.of(sections).contains(f.section()))
                .map(f -> new Object[] {f.section().equals("general") ? f.key().replace('_', ' ') : f.key(), f.value()})
                .toList();
    }
}
