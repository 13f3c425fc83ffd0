package etroc.report;

import etroc.store.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The report of a result: a folder with a page, its figures as files, and what the page needs to draw them without a network. */
public final class Report {
    /** The one bundle that all figures of a page share: plotly.js 1.54.1, MIT licence. */
    static final String BUNDLE = "plotly-cartesian.min.js";

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
