package etroc.report;

import de.erichseifert.vectorgraphics2d.Document;
import de.erichseifert.vectorgraphics2d.Processor;
import de.erichseifert.vectorgraphics2d.Processors;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.intermediate.CommandSequence;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2DFontTextDrawer;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/** A figure as files of 12 x 9 cm: PNG of 300 dots an inch, SVG, PDF with its font. */
final class FigureFiles {
    private static final double CM = 72 / 2.54;
    /** Of a PDF [points]. */
    private static final float PAGE_WIDTH = (float) (12 * CM);

    private static final float PAGE_HEIGHT = (float) (9 * CM);
    /** Pixels a unit of the drawing in a PNG. */
    private static final double SCALE = 12 / 2.54 * 300 / Drawing.WIDTH;

    /** A PDF's images are not smoothed, and are packed slowly. */
    private static final int CELL_PIXELS = 6;

    private static final Pattern COORDINATES =
            Pattern.compile(" (?:d|points|x|y|x1|x2|y1|y2|cx|cy|r|width|height)=\"[^\"]*\"");
    private static final Pattern DECIMALS = Pattern.compile("(\\d\\.\\d{2})\\d+");

    private FigureFiles() {}

    /** Writes {@code <id>.<format>} for each format of png, svg, pdf. */
    static void write(Figure figure, String label, List<String> formats, Path directory) throws IOException {
        for (String format : formats) {
            Path file = directory.resolve(figure.id() + "." + format);
            switch (format) {
                case "png" -> png(new Drawing(figure, label, CELL_PIXELS), file);
                case "pdf" -> pdf(new Drawing(figure, label, 1), file);
                default -> svg(new Drawing(figure, label, CELL_PIXELS), file);
            }
        }
    }

    private static void png(Drawing drawing, Path file) throws IOException {
        BufferedImage image = new BufferedImage(
                (int) (Drawing.WIDTH * SCALE), (int) (Drawing.HEIGHT * SCALE), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.scale(SCALE, SCALE);
        drawing.draw(g);
        g.dispose();
        ImageIO.write(image, "png", file.toFile());
    }

    private static void pdf(Drawing drawing, Path file) throws IOException {
        try (PDDocument document = new PDDocument();
                InputStream font = Typeface.open()) {
            PDPage page = new PDPage(new PDRectangle(PAGE_WIDTH, PAGE_HEIGHT));
            document.addPage(page);
            PdfBoxGraphics2DFontTextDrawer text = new PdfBoxGraphics2DFontTextDrawer();
            text.registerFont(Typeface.NAME, font);
            PdfBoxGraphics2D g = new PdfBoxGraphics2D(document, PAGE_WIDTH, PAGE_HEIGHT);
            g.setFontTextDrawer(text);
            g.scale(PAGE_WIDTH / Drawing.WIDTH, PAGE_HEIGHT / Drawing.HEIGHT);
            drawing.draw(g);
            g.dispose();
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                content.drawForm(g.getXFormObject());
            }
            document.save(file.toFile());
        }
    }

    private static void svg(Drawing drawing, Path file) throws IOException {
        VectorGraphics2D g = new VectorGraphics2D();
        drawing.draw(g);
        CommandSequence commands = g.getCommands();
        Processor processor = Processors.get("svg");
        Document document = processor.getDocument(commands, new PageSize(Drawing.WIDTH, Drawing.HEIGHT));
        ByteArrayOutputStream content = new ByteArrayOutputStream(); // the document is written byte by byte
        document.writeTo(content);
        Files.writeString(file, shortened(content.toString(StandardCharsets.UTF_8)));
    }

    /** Coordinates with two decimals instead of fifteen. */
    private static String shortened(String svg) {
        return COORDINATES
                .matcher(svg)
                .replaceAll(attribute -> Matcher.quoteReplacement(
                        DECIMALS.matcher(attribute.group()).replaceAll("$1")));
    }
}
