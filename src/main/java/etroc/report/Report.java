package etroc.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.FileUtils;

/**
 * The report of a result: a folder with a page, its figures as files, and what the page needs to draw them without a network.
 *
 * @param title of the page
 * @param label in every figure file
 * @param formats of the figures' files: png, svg, pdf
 */
public record Report(String title, String label, List<String> formats, List<Section> sections) {
    private static final int PREPARED = 3;

    public Report {
        formats = List.copyOf(formats);
        sections = List.copyOf(sections);
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
                    new Report("", "label", formats, List.of()).draw(List.of(figure), directory);
                }
            } finally {
                FileUtils.deleteDirectory(directory.toFile());
            }
        } catch (IOException e) {
            // where figures cannot be drawn, the report will say so
        }
    }

    private List<Figure> figures() {
        return sections.stream().flatMap(s -> s.figures().stream()).toList();
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
            Files.write(directory.resolve(Page.BUNDLE), Page.bundle());
        }
        List<String> drawn = new ArrayList<>(failure.isEmpty() ? formats : List.of());
        drawn.add("csv");
        Files.writeString(directory.resolve("index.html"), Page.html(title, "", sections, drawn));
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
