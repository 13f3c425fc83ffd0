package etroc.report;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The one typeface of all files: Liberation Sans, which PDFBox brings, so that figures are the same on every machine. It has umlauts and Greek. */
final class Typeface {
    static final String NAME = "Liberation Sans";
    private static final Font PLAIN = load();

    private Typeface() {}

    /** The font in a size [points of the drawing]. */
    static Font size(double size) {
        return PLAIN.deriveFont((float) size);
    }

    /** The font's file. */
    static InputStream open() {
        InputStream file = org.apache.pdfbox.pdmodel.PDDocument.class.getResourceAsStream(
                "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf");
        if (file == null) {
            throw new IllegalStateException("PDFBox's jar lacks its font");
        }
        return file;
    }

    private static Font load() {
        try (InputStream file = open()) {
            return Font.createFont(Font.TRUETYPE_FONT, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (FontFormatException e) {
            throw new IllegalStateException(e);
        }
    }
}
