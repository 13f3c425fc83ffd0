package etroc.report;

import java.awt.Color;
import java.util.List;
import java.util.Locale;

/** Colours that people with any colour vision tell apart: those of Okabe and Ito (2008) without black, which is not seen on black, and a viridis-like scale for counts. */
final class Palette {
    private static final List<String> INKS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f7f7f", "#9a6324");
    /** From few to many. */
    static final List<String> SCALE = List.of(
            "#440154", "#482878", "#3e4989", "#31688e", "#26828e", "#1f9e89", "#35b779", "#6ece58", "#b5de2b",
            "#fde725");

    static final String GREY = "#7f7f7f";
    /** Part of the scale that stands out on white and on black. */
    static final double FIRST = 0.22;

    static final double LAST = 0.86;

    private Palette() {}

    /** Colour of a fraction from 0 to 1 of an ordered family, {@code #rrggbb}. */
    static String ordered(double fraction) {
        Color c = scale(FIRST + fraction * (LAST - FIRST));
        return String.format(Locale.ROOT, "#%02x%02x%02x", c.getRed(), c.getGreen(), c.getBlue());
    }

    static String hex(int index) {
        return INKS.get(index % INKS.size());
    }

    static Color ink(int index) {
        return Color.decode(hex(index));
    }

    /** Colour of a fraction from 0 to 1. */
    static Color scale(double fraction) {
        double at = Math.max(0, Math.min(1, fraction)) * (SCALE.size() - 1);
        int low = (int) Math.min(SCALE.size() - 2, Math.floor(at));
        Color a = Color.decode(SCALE.get(low));
        Color b = Color.decode(SCALE.get(low + 1));
        float t = (float) (at - low);
        return new Color(
                Math.round(a.getRed() + t * (b.getRed() - a.getRed())),
                Math.round(a.getGreen() + t * (b.getGreen() - a.getGreen())),
                Math.round(a.getBlue() + t * (b.getBlue() - a.getBlue())));
    }
}
