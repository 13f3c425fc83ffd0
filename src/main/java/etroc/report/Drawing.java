package etroc.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisLabelLocation;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/** Draws a figure as collider experiments do: 4 to 3, ticks inward on four sides, titles at the ends of the axes, the label above the frame. */
final class Drawing {
    static final int WIDTH = 800;
    static final int HEIGHT = 600;

    private static final Font LABEL = Typeface.size(21);
    private static final Font TITLE = Typeface.size(20);
    private static final Font TICKS = Typeface.size(17);
    static final Font SMALL = Typeface.size(15);
    private static final int TICK = 9;
    private static final int MINOR_TICKS = 5;
    private static final int MOST_NOTES = 4;
    private static final int CHIP_TICKS = 2;

    static {
        // else words that are turned become outlines, which no reader of a PDF finds
        TextUtils.setUseDrawRotatedStringWorkaround(false);
    }

    private final Figure figure;
    private final String label;
    private final int cellPixels;

    /**
     * A figure to be drawn.
     *
     * @param label such as {@code ETROC1 test data}
     * @param cellPixels side of a cell in the image of a plane: viewers that smooth it blur only its edges
     */
    Drawing(Figure figure, String label, int cellPixels) {
        this.figure = figure;
        this.label = label;
        this.cellPixels = cellPixels;
    }

    void draw(Graphics2D g) {
        chart().draw(g, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
    }

    private JFreeChart chart() {
        XYPlot plot = new XYPlot();
        plot.setBackgroundPaint(Color.WHITE);
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinesVisible(false);
        plot.setOutlinePaint(Color.BLACK);
        plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
        for (int side = 0; side < 2; side++) { // the second carries ticks only
            plot.setDomainAxis(side, dressed(horizontal(), figure.x(), side > 0));
            plot.setRangeAxis(side, dressed(vertical(), figure.y(), side > 0));
        }
        plot.setDomainAxisLocation(1, AxisLocation.TOP_OR_RIGHT);
        plot.setRangeAxisLocation(1, AxisLocation.TOP_OR_RIGHT);
        List<String> colours = figure.colours();
        for (int i = 0; i < colours.size(); i++) {
            Series series = figure.series().get(i);
            plot.setDataset(i, series.accept(new DrawingData(figure.axes().logY())));
            plot.setRenderer(
                    i, Renderers.of(series, Color.decode(colours.get(i)), cellPixels, figure.isListed(series)));
            plot.mapDatasetToDomainAxes(i, List.of(0, 1));
            plot.mapDatasetToRangeAxes(i, List.of(0, 1));
        }
        if (figure.isEmpty()) {
            plot.setNoDataMessage(figure.empty());
            plot.setNoDataMessageFont(TICKS);
        }
        JFreeChart chart = new JFreeChart(null, TITLE, plot, false);
        chart.setBackgroundPaint(Color.WHITE);
        chart.setPadding(new RectangleInsets(8, 8, 8, 14));
        words(chart, plot);
        bars(chart);
        return chart;
    }

    private void words(JFreeChart chart, XYPlot plot) {
        if (figure.axes().scale().isEmpty()
                && figure.series().stream().filter(figure::isListed).count() > 1) {
            LegendTitle legend = new LegendTitle(plot);
            legend.setItemFont(SMALL);
            legend.setFrame(BlockBorder.NONE);
            legend.setPosition(RectangleEdge.BOTTOM);
            chart.addLegend(legend);
        }
        chart.addSubtitle(title(label, LABEL, HorizontalAlignment.LEFT));
        chart.addSubtitle(title(figure.title(), SMALL, HorizontalAlignment.LEFT));
        if (!figure.notes().isEmpty()) {
            List<String> notes = figure.notes().stream().limit(MOST_NOTES).toList();
            chart.addSubtitle(title(String.join("   ", notes), SMALL, HorizontalAlignment.LEFT));
        }
    }

    private static TextTitle title(String text, Font font, HorizontalAlignment alignment) {
        TextTitle title = new TextTitle(text, font);
        title.setHorizontalAlignment(alignment);
        title.setTextAlignment(alignment);
        title.setPosition(RectangleEdge.TOP);
        return title;
    }

    private ValueAxis horizontal() {
        List<String> names = figure.axes().categories();
        if (!names.isEmpty()) {
            SymbolAxis axis = new SymbolAxis(
                    "", Stream.concat(Stream.of(""), names.stream()).toArray(String[]::new));
            axis.setGridBandsVisible(false);
            axis.setRange(0.5, names.size() + 0.5);
            return axis;
        }
        NumberAxis axis = new NumberAxis();
        axis.setAutoRangeIncludesZero(false);
        if (figure.hasWholeNumbers()) {
            axis.setTickUnit(new NumberTickUnit(1));
        }
        List<Double> ends = figure.axes().x();
        if (!ends.isEmpty()) {
            axis.setRange(ends.get(0), ends.get(1));
        }
        chip().ifPresent(p -> reach(axis, p.xEdges()));
        return axis;
    }

    private ValueAxis vertical() {
        List<Double> ends = figure.axes().y();
        if (figure.axes().logY()) {
            LogAxis axis = new LogAxis();
            axis.setSmallestValue(PlotlyJson.BELOW_ONE);
            axis.setNumberFormatOverride(new ColourBar.PlainNumbers());
            axis.setTickUnit(new NumberTickUnit(1)); // a decade
            return axis;
        }
        NumberAxis axis = new NumberAxis();
        axis.setAutoRangeIncludesZero(false);
        if (!ends.isEmpty()) {
            axis.setRange(ends.get(0), ends.get(1));
        }
        chip().ifPresent(p -> reach(axis, p.yEdges()));
        return axis;
    }

    /** The plane of a chip's pixels, if there is one. */
    private Optional<Series.Plane> chip() {
        return figure.series().stream()
                .filter(s -> s instanceof Series.Plane p && p.square())
                .map(Series.Plane.class::cast)
                .findFirst();
    }

    private static void reach(NumberAxis axis, List<Double> edges) {
        axis.setRange(edges.get(0), last(edges));
        axis.setTickUnit(new NumberTickUnit(CHIP_TICKS));
    }

    private static ValueAxis dressed(ValueAxis axis, String title, boolean bare) {
        axis.setLabel(bare ? null : title);
        axis.setLabelFont(TITLE);
        axis.setLabelLocation(AxisLabelLocation.HIGH_END);
        axis.setTickLabelFont(TICKS);
        axis.setTickLabelsVisible(!bare);
        axis.setAxisLinePaint(Color.BLACK);
        axis.setTickMarkPaint(Color.BLACK);
        axis.setTickMarkOutsideLength(0);
        axis.setTickMarkInsideLength(TICK);
        axis.setMinorTickMarksVisible(!(axis instanceof SymbolAxis));
        axis.setMinorTickMarkOutsideLength(0);
        axis.setMinorTickMarkInsideLength(TICK / 2f);
        axis.setMinorTickCount(axis instanceof LogAxis ? 9 : MINOR_TICKS);
        return axis;
    }

    /** Bars of the colours of a plane, and of an ordered family. */
    private void bars(JFreeChart chart) {
        for (Series series : figure.series()) {
            if (series instanceof Series.Plane plane) {
                double[] range = plane.range();
                ValueAxis axis = plane.log() && range[1] > range[0] ? new LogAxis() : new NumberAxis();
                if (axis instanceof LogAxis log) {
                    log.setSmallestValue(range[0] / 2);
                    log.setNumberFormatOverride(new ColourBar.PlainNumbers());
                    if (range[1] > 10 * range[0]) {
                        log.setTickUnit(new NumberTickUnit(1));
                    }
                }
                chart.addSubtitle(
                        ColourBar.of(axis, plane.name(), new ColourBar.Scale(range[0], range[1], plane.log(), 0, 1)));
            }
        }
        if (!figure.axes().scale().isEmpty()) {
            ColourBar.Scale scale =
                    new ColourBar.Scale(figure.least(), figure.most(), false, Palette.FIRST, Palette.LAST);
            chart.addSubtitle(ColourBar.of(new NumberAxis(), figure.axes().scale(), scale));
        }
    }

    static Double last(List<Double> values) {
        return values.get(values.size() - 1);
    }

    static BasicStroke stroke(boolean dotted) {
        return dotted
                ? new BasicStroke(1.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {2, 3}, 0)
                : new BasicStroke(1.8f);
    }
}
