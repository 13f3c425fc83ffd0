package etroc.report;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.apache.commons.text.StringEscapeUtils;

/** A page that opens without a network: {@code report.html} with its placeholders filled in. All texts are escaped there. */
public final class Page {
    /** The one bundle that all figures of a page share: plotly.js 1.54.1, MIT licence. */
    public static final String BUNDLE = "plotly-cartesian.min.js";

    /** Heights of a figure [px]. */
    private static final int MIN_HEIGHT = 380;

    private static final int HEIGHT_WITHOUT_LEGEND = 320;
    private static final int LEGEND_LINE = 22;

    private Page() {}

    private record Content(String title, String lead, String css, List<Part> sections, String bundle, String script) {}

    private record Part(String heading, String anchor, List<Block> blocks, List<Drawn> figures, boolean folded) {
        boolean drawn() {
            return !figures.isEmpty();
        }
    }

    private record Drawn(
            String caption,
            String empty,
            int height,
            String id,
            String plotly,
            String notes,
            String sentence,
            List<FileLink> files) {
        static Drawn of(Figure figure, List<String> formats) {
            // a legend has a line for each series on a phone
            int legend = LEGEND_LINE * figure.series().size();
            return new Drawn(
                    figure.title(),
                    figure.empty(),
                    Math.max(MIN_HEIGHT, HEIGHT_WITHOUT_LEGEND + legend),
                    figure.id(),
                    PlotlyJson.of(figure),
                    String.join("; ", figure.notes()),
                    figure.sentence(),
                    formats.stream()
                            .map(f -> new FileLink(figure.id() + "." + f, f.toUpperCase(Locale.ROOT)))
                            .toList());
        }
    }

    private record FileLink(String name, String format) {}

    /**
     * The text of a page.
     *
     * @param lead a paragraph at the top; empty: links to the sections
     * @param formats in which each figure is there as a file
     */
    public static String html(String title, String lead, List<Section> sections, List<String> formats) {
        List<Part> parts = sections.stream()
                .map(s -> new Part(
                        s.heading(),
                        s.anchor(),
                        s.blocks(),
                        s.figures().stream().map(f -> Drawn.of(f, formats)).toList(),
                        s.folded()))
                .toList();
        boolean drawn = parts.stream().anyMatch(Part::drawn);
        return Mustache.compiler()
                .defaultValue("")
                .emptyStringIsFalse(true)
                .withEscaper(StringEscapeUtils::escapeXml10)
                .compile(resource("report.html"))
                .execute(new Content(
                        title, lead, resource("report.css"), parts, BUNDLE, drawn ? resource("report.js") : ""));
    }

    /** The bundle's bytes, which have to stand beside a page with figures. */
    public static byte[] bundle() {
        return bytes(BUNDLE);
    }

    private static String resource(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the application jar lacks " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
