package etroc.report;

import etroc.scan.ScanFigures;
import etroc.store.Table;
import etroc.telescope.TelescopeFigures;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.FileUtils;

/** The report of a result: a folder with a page, its figures as files, and what the page needs to draw them without a network. */
public final class Report {
    /** The one bundle that all figures of a page share: plotly.js 1.54.1, MIT licence. */
    static final String BUNDLE = "plotly-cartesian.min.js";

    private static final int PREPARED = 3;

    private final String title;
    private final Tables tables;
    private final String label;
    private final List<String> formats;

    /**
     * A report to be written.
     *
     * @param title of the page
     * @param tables of the result
     * @param label in every figure file
     * @param formats of the figures' files: png, svg, pdf
     */
    public Report(String title, List<Table> tables, String label, List<String> formats) {
        this.title = title;
        this.tables = new Tables(tables);
        this.label = label;
        this.formats = List.copyOf(formats);
    }

    /**
     * Draws figures that nobody sees. The first ones cost far more than those that follow, most of it for loading and compiling classes, and
     * that can be done while Spark starts on another core.
     */
    public static void prepare(List<String> formats) {
        List<Double> edges = List.of(0.0, 1.0, 2.0);
        List<Double> values = List.of(3.0, 1.0);
        Figure figure = new Figure(
                "prepared",
                "",
                "title",
                "x [ns]",
                "y [ns]",
                List.of(
                        new Series.Plane("plane", edges, edges, List.of(values, values)),
                        new Series.Band("band", edges, edges, edges),
                        new Series.Counts("counts", edges.subList(0, 2), edges.subList(1, 3), values),
                        new Series.Line("line", edges, edges),
                        new Series.Points("points", edges, edges, edges)),
                List.of("note"),
                "");
        try {
            Path directory = Files.createTempDirectory("etroc-figures");
            try {
                for (int i = 0; i < PREPARED; i++) {
                    new Report("", List.of(), "label", formats).draw(List.of(figure), directory);
                }
            } finally {
                FileUtils.deleteDirectory(directory.toFile());
            }
        } catch (IOException e) {
            // where figures cannot be drawn, the report will say so
        }
    }

    /** The figures, in the order of the page. */
    List<Figure> figures() {
        if (tables.has("dac_vs_charge")) {
            return new ScanFigures(tables).figures();
        }
        return tables.has("board_info_data") ? new TelescopeFigures(tables).figures() : List.of();
    }

    /** Names of the figures' files. */
    public List<String> names() {
        return figures().stream().map(Figure::id).toList();
    }

    /**
     * Writes {@code index.html}, the bundle and {@code figures/}.
     *
     * @return why the figures' files could not be drawn, as without any font on the machine; empty if they were
     */
    public String write(Path directory) throws IOException {
        Path files = Files.createDirectories(directory.resolve("figures"));
        List<Figure> figures = figures();
        String failure = draw(figures, files);
        if (!figures.isEmpty()) {
            try (InputStream bundle = Report.class.getResourceAsStream(BUNDLE)) {
                if (bundle == null) {
                    throw new IOException("the application jar lacks " + BUNDLE);
                }
                Files.copy(bundle, directory.resolve(BUNDLE));
            }
        }
        List<String> drawn = new ArrayList<>(failure.isEmpty() ? formats : List.of());
        drawn.add("csv");
        Files.writeString(directory.resolve("index.html"), new ReportPage(title, tables, figures, drawn).html());
        return failure;
    }

    @SuppressWarnings("CatchingUnchecked") // AWT without fonts or libraries fails with errors of many kinds
    private String draw(List<Figure> figures, Path files) throws IOException {
        for (Figure figure : figures) {
            Files.writeString(files.resolve(figure.id() + ".csv"), CsvOfFigure.of(figure));
        }
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
        try {
            figures.parallelStream().forEach(f -> draw(f, files));
            return "";
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (RuntimeException | LinkageError | InternalError e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void draw(Figure figure, Path files) {
        try {
            FigureFiles.write(figure, label, formats, files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
