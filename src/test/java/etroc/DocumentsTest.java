package etroc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the code cites of {@code src/docs}, and what the documents link to, is there. */
class DocumentsTest {
    /** {@code src/docs/analysis.md, section 2, step 7} or {@code src/docs/formats.md, "ETROC1 words"}. */
    private static final Pattern CITATION =
            Pattern.compile("src/docs/([\\w-]+\\.md)(?:, section (\\d+))?(?:, step (\\d+))?(?:, \"([^\"]+)\")?");

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Path DOCS = Path.of("src/docs");

    private static List<Path> files(String directory, String ending) throws IOException {
        try (Stream<Path> paths = Files.walk(Path.of(directory))) {
            return paths.filter(p -> p.toString().endsWith(ending)).sorted().toList();
        }
    }

    /** The text of a source without line ends and what begins a line of Javadoc. */
    private static String flowing(Path file) throws IOException {
        return Files.readString(file).replaceAll("\\s*\\n\\s*(?:\\*|//)?\\s*", " ");
    }

    @Test
    void citationsOfTheCodeResolve() throws IOException {
        List<String> wrong = new ArrayList<>();
        int citations = 0;
        for (String directory : List.of("src/main/java", "src/test/java")) {
            for (Path source : files(directory, ".java")) {
                if (source.endsWith("DocumentsTest.java")) {
                    continue;
                }
                Matcher citation = CITATION.matcher(flowing(source));
                while (citation.find()) {
                    citations++;
                    if (!resolves(citation)) {
                        wrong.add(source.getFileName() + ": " + citation.group());
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(citations).isGreaterThanOrEqualTo(10);
    }

    private static boolean resolves(Matcher citation) throws IOException {
        Path document = DOCS.resolve(citation.group(1));
        if (!Files.exists(document)) {
            return false;
        }
        String text = Files.readString(document);
        if (citation.group(2) != null) {
            Matcher section = Pattern.compile("(?ms)^## " + citation.group(2) + "\\. .*?(?=^## |\\z)")
                    .matcher(text);
            if (!section.find()) {
                return false;
            }
            text = section.group();
        }
        boolean step = citation.group(3) == null
                || Pattern.compile("(?m)^" + citation.group(3) + "\\. \\*\\*")
                        .matcher(text)
                        .find();
        boolean title = citation.group(4) == null
                || Pattern.compile("(?m)^#+ " + Pattern.quote(citation.group(4)) + "$")
                        .matcher(text)
                        .find();
        return step && title;
    }

    /** A specification that the repository does not have is none. */
    @Test
    void codeCitesOnlyWhatTheRepositoryHas() throws IOException {
        List<Path> wrong = new ArrayList<>();
        for (Path source : files("src/main/java", ".java")) {
            if (Pattern.compile("(?i)\\bspecification\\b")
                    .matcher(flowing(source))
                    .find()) {
                wrong.add(source);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void linksOfTheDocumentsResolve() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")));
        documents.addAll(files("src/docs", ".md"));
        documents.addAll(files("src/test/resources", ".md"));
        documents.addAll(files("notebooks", ".md"));
        List<String> wrong = new ArrayList<>();
        for (Path document : documents) {
            String text = Files.readString(document).replaceAll("(?s)```.*?```|`[^`\n]*`", "");
            Matcher link = LINK.matcher(text);
            while (link.find()) {
                if (!link.group(1).contains("://") && !leadsSomewhere(document, link.group(1))) {
                    wrong.add(document + ": " + link.group(1));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static boolean leadsSomewhere(Path document, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path file = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]);
        if (!Files.exists(file)) {
            return false;
        }
        return parts.length == 1
                || Files.readAllLines(file).stream()
                        .filter(l -> l.startsWith("#"))
                        .map(DocumentsTest::anchor)
                        .anyMatch(parts[1]::equals);
    }

    /** As a page names its headings. */
    private static String anchor(String heading) {
        return heading.replaceFirst("^#+ ", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\w -]", "")
                .replace(' ', '-');
    }
}
