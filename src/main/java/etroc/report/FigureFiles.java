package etroc.report;

import de.erichseifert.vectorgraphics2d.Document;
import de.erichseifert.vectorgraphics2d.Processor;
import de.erichseifert.vectorgraphics2d.Processors;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.intermediate.CommandSequence;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/** A figure as files: PNG, SVG, PDF. */
final class FigureFiles {
    /** Pixels a point of the PNG. */
    private static final double SCALE = 1.25;

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
                default -> vector(new Drawing(figure, label, format.equals("pdf") ? 1 : CELL_PIXELS), format, file);
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

    private static void vector(Drawing drawing, String format, Path file) throws IOException {
        VectorGraphics2D g = new VectorGraphics2D();
        drawing.draw(g);
        CommandSequence commands = g.getCommands();
        Processor processor = Processors.get(format);
        Document document = processor.getDocument(commands, new PageSize(Drawing.WIDTH, Drawing.HEIGHT));
        ByteArrayOutputStream content = new ByteArrayOutputStream(); // the document is written byte by byte
        document.writeTo(content);
        if (format.equals("svg")) {
            Files.writeString(file, shortened(content.toString(StandardCharsets.UTF_8)));
        } else {
            Files.write(file, content.toByteArray());
        }
    }

    /** Coordinates with two decimals instead of fifteen. */
    private static String shortened(String svg) {
        return COORDINATES
                .matcher(svg)
                .replaceAll(attribute -> Matcher.quoteReplacement(
                        DECIMALS.matcher(attribute.group()).replaceAll("$1")));
    }
}
