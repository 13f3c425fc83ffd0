package etroc.report;

import java.awt.Paint;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.Locale;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.renderer.PaintScale;
import org.jfree.chart.title.PaintScaleLegend;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/** The bar beside a file's figure that tells which colour is which value. */
final class ColourBar {
    private static final int BAR = 18;

    private ColourBar() {}

    /** A bar with a title. */
    static PaintScaleLegend of(ValueAxis axis, String title, Scale scale) {
        axis.setLabel(title);
        axis.setLabelFont(Drawing.SMALL);
        axis.setTickLabelFont(Drawing.SMALL);
        axis.setRange(scale.from(), scale.to());
        PaintScaleLegend bar = new PaintScaleLegend(scale, axis);
        bar.setPosition(RectangleEdge.RIGHT);
        bar.setAxisLocation(AxisLocation.TOP_OR_RIGHT);
        bar.setStripWidth(BAR);
        bar.setStripOutlineVisible(false);
        bar.setMargin(new RectangleInsets(8, 12, 60, 4));
        return bar;
    }

    /** Colours of values, from a part of the palette's scale; of a single value there is some room above it. */
    record Scale(double from, double to, boolean log, double first, double last) implements PaintScale {
        Scale {
            to = to > from ? to : from + 1;
        }

        @Override
        public double getLowerBound() {
            return from;
        }

        @Override
        public double getUpperBound() {
            return to;
        }

        @Override
        public Paint getPaint(double value) {
            double at = log ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from);
            return Palette.scale(first + (Double.isFinite(at) ? Math.max(0, Math.min(1, at)) : 0) * (last - first));
        }
    }

    /** 1000 as that, and 0.01. */
    static final class PlainNumbers extends NumberFormat {
        private static final long serialVersionUID = 1L;

        @Override
        public StringBuffer format(double number, StringBuffer to, FieldPosition position) {
            return to.append(
                    number >= 1
                            ? String.format(Locale.ROOT, "%.0f", number)
                            : String.format(Locale.ROOT, "%.2g", number));
        }

        @Override
        public StringBuffer format(long number, StringBuffer to, FieldPosition position) {
            return to.append(number);
        }

        @Override
        public Number parse(String source, ParsePosition position) {
            throw new UnsupportedOperationException();
        }
    }
}
