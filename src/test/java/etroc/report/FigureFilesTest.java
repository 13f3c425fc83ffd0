package etroc.report;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.Programs;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files for talks: size, words, fonts. */
class FigureFilesTest {
    private static final double POINTS_PER_CM = 72 / 2.54;

    @TempDir
    Path directory;

    @BeforeEach
    void draw() throws Exception {
        List<Double> x = List.of(1.0, 2.0, 3.0);
        Figure figure = new Figure(
                        "figure",
                        "section",
                        "Größe σ von Δt",
                        "charge [fC]",
                        "σ [µV]",
                        List.of(
                                new Series.Plane(
                                                "events",
                                                List.of(0.0, 1.0, 2.0),
                                                List.of(0.0, 1.0),
                                                List.of(List.of(1.0, 100.0)))
                                        .logarithmic(),
                                new Series.Points("Kanal α", x, x, x),
                                new Series.Points("Kanal α: to set", x, x, x),
                                new Series.Counts("Zähler", List.of(1.0, 2.0), List.of(2.0, 3.0), List.of(0.0, 5.0)),
                                new Series.Band("Band", x, x, x)),
                        List.of("chi2/ndf 3/2"),
                        "")
                .scaled("charge [fC]")
                .logarithmic();
        FigureFiles.write(figure, "ETROC1 Prüfdaten", List.of("pdf", "png", "svg"), directory);
    }

    @Test
    void aPdfHasTwelveByNineCentimetresAndItsWords() throws Exception {
        try (PDDocument document =
                Loader.loadPDF(directory.resolve("figure.pdf").toFile())) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            assertThat(document.getPage(0).getMediaBox().getWidth() / POINTS_PER_CM)
                    .isBetween(11.99, 12.01);
            assertThat(document.getPage(0).getMediaBox().getHeight() / POINTS_PER_CM)
                    .isBetween(8.99, 9.01);
            // words that are turned come a few letters a line
            assertThat(new PDFTextStripper().getText(document).replaceAll("\\s", ""))
                    .contains("ETROC1Prüfdaten", "GrößeσvonΔt", "charge[fC]", "σ[µV]", "events");
        }
    }

    @Test
    void oneValueHasAColourToo() throws Exception {
        List<Double> x = List.of(1.0, 2.0);
        Figure figure = new Figure(
                        "one",
                        "section",
                        "one charge",
                        "charge [fC]",
                        "hits",
                        List.of(
                                new Series.Points("20 fC", x, x, x),
                                new Series.Plane("hits", x, List.of(0.0, 1.0), List.of(List.of(20.0)))),
                        List.of(),
                        "")
                .scaled("charge [fC]");
        FigureFiles.write(figure, "ETROC1", List.of("svg"), directory);
        assertThat(directory.resolve("one.svg")).isNotEmptyFile();
    }

    /** As a second program sees it. */
    @Test
    void fontsAreEmbedded() throws Exception {
        Programs.need(List.of("pdffonts"), "poppler-utils");
        Process process =
                new ProcessBuilder("pdffonts", directory.resolve("figure.pdf").toString()).start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .skip(2)
                .toList();
        assertThat(process.waitFor()).isZero();
        // emb, sub and uni are the columns before the object's two numbers
        assertThat(lines).isNotEmpty().allSatisfy(l -> assertThat(l).containsPattern("yes (yes|no ) (yes|no )"));
    }

    @Test
    void aPngHasThreeHundredDotsAnInch() throws Exception {
        BufferedImage image = ImageIO.read(directory.resolve("figure.png").toFile());
        assertThat(image.getWidth()).isEqualTo((int) (12 / 2.54 * 300));
        assertThat(image.getHeight()).isEqualTo((int) (9 / 2.54 * 300));
    }

    @Test
    void anSvgHasItsWords() throws Exception {
        assertThat(Files.readString(directory.resolve("figure.svg"))).contains("Größe σ von Δt", "charge [fC]");
    }
}
