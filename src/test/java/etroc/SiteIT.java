package etroc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Makes {@code target/site}: README and {@code src/docs} as pages without a network, with figures of simulated data. */
class SiteIT {
    private static final Path SITE = Path.of("target/site");
    /** Where a figure of a result stands in a document: {@code <!-- figure: scan/thresholds -->}. */
    private static final Pattern FIGURE = Pattern.compile("<!-- figure: (\\w+)/([\\w-]+) -->");

    private static final String STYLE =
            ":root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:auto;padding:1rem}"
                    + "table{border-collapse:collapse;display:block;overflow-x:auto;font-size:.9rem}td,th{border:1px solid #8886;padding:.2rem .5rem;text-align:left;vertical-align:top}"
                    + "pre{overflow-x:auto;background:#8882;padding:.6rem}img{max-width:100%;background:#fff}nav a{margin-right:.8rem}code{overflow-wrap:anywhere}";

    @TempDir
    static Path directory;

    private static final Map<Path, String> PAGES = new LinkedHashMap<>();

    @BeforeAll
    static void make() throws Exception {
        Path scan = directory.resolve("scan-in");
        CommandRun.ok("simulate", "scan", scan, "--charges", "15,20,25,30", "--step", 2, "--lines", 200);
        CommandRun.ok("scan", scan, "-o", directory.resolve("scan"), "-q", "--set", "report.formats=[svg]");
        Path beam = directory.resolve("beam-in");
        CommandRun.ok("simulate", "telescope", beam, "--events", 5000);
        CommandRun.ok("telescope", beam, "-o", directory.resolve("beam"), "-q", "--set", "report.formats=[svg]");
        PAGES.put(Path.of("README.md"), "index.html");
        PAGES.put(Path.of("CONTRIBUTING.md"), "contributing.html");
        PAGES.put(Path.of("CHANGELOG.md"), "changelog.html");
        PAGES.put(Path.of("notebooks/README.md"), "notebooks.html");
        try (Stream<Path> docs = Files.list(Path.of("src/docs"))) {
            docs.filter(d -> d.toString().endsWith(".md"))
                    .sorted()
                    .forEach(d -> PAGES.put(d, d.getFileName().toString().replace(".md", ".html")));
        }
        Files.createDirectories(SITE.resolve("files"));
        for (Path document : PAGES.keySet()) {
            Files.writeString(SITE.resolve(PAGES.get(document)), page(document));
        }
    }

    private static String page(Path document) throws IOException {
        String text = figures(Files.readString(document));
        List<org.commonmark.Extension> extensions = List.of(TablesExtension.create(), HeadingAnchorExtension.create());
        Node root = Parser.builder().extensions(extensions).build().parse(text);
        root.accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                link.setDestination(destination(document, link.getDestination()));
                visitChildren(link);
            }
        });
        String nav = PAGES.entrySet().stream()
                .map(p -> "<a href=\"" + p.getValue() + "\">"
                        + p.getKey().getFileName().toString().replace(".md", "") + "</a>")
                .collect(Collectors.joining("\n"));
        return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>"
                + document.getFileName() + "</title><style>" + STYLE + "</style></head><body><nav>" + nav + "</nav>\n"
                + HtmlRenderer.builder().extensions(extensions).build().render(root) + "</body></html>\n";
    }

    /** Copies the figures of a document and shows them, with the sentence of the page as their text. */
    private static String figures(String text) throws IOException {
        StringBuilder shown = new StringBuilder();
        Matcher figure = FIGURE.matcher(text);
        while (figure.find()) {
            Path report = directory.resolve(figure.group(1)).resolve("latest/report");
            String name = figure.group(1) + "-" + figure.group(2) + ".svg";
            Files.copy(
                    report.resolve("figures/" + figure.group(2) + ".svg"),
                    SITE.resolve("files/" + name),
                    StandardCopyOption.REPLACE_EXISTING);
            Matcher sentence = Pattern.compile("aria-label=\"([^\"]*)\"[^>]*id=\"" + figure.group(2) + "\"")
                    .matcher(Files.readString(report.resolve("index.html")));
            String alt = sentence.find() ? sentence.group(1) : figure.group(2);
            figure.appendReplacement(
                    shown, Matcher.quoteReplacement("<img src=\"files/" + name + "\" alt=\"" + alt + "\">"));
        }
        return figure.appendTail(shown).toString();
    }

    /** Of a link: another page, or a file that is copied beside the pages. */
    private static String destination(Path document, String link) {
        String[] parts = link.split("#", 2);
        if (link.contains("://") || parts[0].isEmpty()) {
            return link;
        }
        Path base = document.getParent() == null ? Path.of("") : document.getParent();
        Path to = base.resolve(parts[0]).normalize();
        String page = PAGES.get(to);
        if (page == null && Files.isRegularFile(to)) {
            page = "files/" + to.getFileName();
            try {
                Files.copy(to, SITE.resolve(page), StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        return page == null ? "index.html" : page + (parts.length > 1 ? "#" + parts[1] : "");
    }

    @Test
    void linksAndFiguresAreThere() throws Exception {
        int figures = 0;
        for (String name : PAGES.values()) {
            String page = Files.readString(SITE.resolve(name));
            assertThat(page).doesNotContain("<!-- figure");
            Matcher link = Pattern.compile("(?:href|src)=\"([^\"#]+)[^\"]*\"").matcher(page);
            while (link.find()) {
                if (!link.group(1).contains("://")) {
                    assertThat(SITE.resolve(link.group(1))).exists();
                }
                figures += link.group(1).endsWith(".svg") ? 1 : 0;
            }
        }
        assertThat(figures).isGreaterThanOrEqualTo(4);
    }
}
