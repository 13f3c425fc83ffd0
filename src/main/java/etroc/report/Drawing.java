package etroc.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYDataImageAnnotation;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.LookupPaintScale;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.PaintScaleLegend;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleEdge;

/** Draws a figure in a plain style for talks. */
final class Drawing {
    static final int WIDTH = 800;
    static final int HEIGHT = 560;

    private static final String FAMILY = family();
    private static final Font FONT = new Font(FAMILY, Font.PLAIN, 14);
    /** Not 12: VectorGraphics2D leaves that size out of an SVG, and viewers take 16. */
    private static final Font SMALL = new Font(FAMILY, Font.PLAIN, 13);

    private static final Font LARGE = new Font(FAMILY, Font.BOLD, 15);
    private static final double DOT = 5;
    private static final int SHADES = 64;

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

    /** A font that is there by its own name: for a logical one VectorGraphics2D looks for its match among all fonts, text by text. */
    private static String family() {
        List<String> there =
                Arrays.asList(GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames());
        return Stream.of("DejaVu Sans", "Liberation Sans", "Arial", "Helvetica")
                .filter(there::contains)
                .findFirst()
                .orElse(Font.SANS_SERIF);
    }

    void draw(Graphics2D g) {
        chart().draw(g, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
    }

    private JFreeChart chart() {
        XYPlot plot = new XYPlot();
        plot.setDomainAxis(axis(figure.x()));
        plot.setRangeAxis(axis(figure.y()));
        plot.setBackgroundPaint(Color.WHITE);
        plot.setDomainGridlinePaint(Color.LIGHT_GRAY);
        plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
        plot.setOutlinePaint(Color.BLACK);
        plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
        List<Integer> inks = figure.inks();
        for (int i = 0; i < inks.size(); i++) {
            plot.setDataset(i, figure.series().get(i).accept(new DrawingData()));
            plot.setRenderer(i, renderer(figure.series().get(i), inks.get(i), cellPixels));
        }
        if (figure.isEmpty()) {
            plot.setNoDataMessage(figure.empty());
            plot.setNoDataMessageFont(FONT);
        }
        JFreeChart chart = new JFreeChart(figure.title(), LARGE, plot, false);
        chart.setBackgroundPaint(Color.WHITE);
        if (figure.series().size() > 1) {
            chart.addLegend(legend(plot));
        }
        figure.series().stream()
                .filter(Series.Plane.class::isInstance)
                .map(Series.Plane.class::cast)
                .findFirst()
                .ifPresent(p -> chart.addSubtitle(colours(p)));
        if (!figure.notes().isEmpty()) {
            chart.addSubtitle(
                    subtitle(String.join("   ", figure.notes()), HorizontalAlignment.CENTER, RectangleEdge.TOP));
        }
        chart.addSubtitle(subtitle(label, HorizontalAlignment.RIGHT, RectangleEdge.BOTTOM));
        return chart;
    }

    private static TextTitle subtitle(String text, HorizontalAlignment alignment, RectangleEdge edge) {
        TextTitle title = new TextTitle(text, SMALL);
        title.setHorizontalAlignment(alignment);
        title.setPosition(edge);
        return title;
    }

    private static LegendTitle legend(XYPlot plot) {
        LegendTitle legend = new LegendTitle(plot);
        legend.setItemFont(SMALL);
        legend.setFrame(BlockBorder.NONE);
        legend.setPosition(RectangleEdge.BOTTOM);
        return legend;
    }

    /** The colours of a plane with their values, at its right. */
    private static PaintScaleLegend colours(Series.Plane plane) {
        double[] ends = plane.scale();
        LookupPaintScale scale = new LookupPaintScale(ends[0], ends[1], Color.WHITE);
        for (int i = 0; i < SHADES; i++) {
            double fraction = (double) i / SHADES;
            scale.add(ends[0] + fraction * (ends[1] - ends[0]), Palette.scale(fraction));
        }
        NumberAxis axis = axis("");
        axis.setAutoRangeIncludesZero(false);
        PaintScaleLegend legend = new PaintScaleLegend(scale, axis);
        legend.setSubdivisionCount(SHADES);
        legend.setPosition(RectangleEdge.RIGHT);
        legend.setAxisLocation(AxisLocation.BOTTOM_OR_RIGHT);
        legend.setMargin(40, 8, 60, 8);
        return legend;
    }

    private static NumberAxis axis(String title) {
        NumberAxis axis = new NumberAxis(title);
        axis.setAutoRangeIncludesZero(false);
        if (title.equals("board")) {
            axis.setTickUnit(new NumberTickUnit(1));
        }
        axis.setLabelFont(FONT);
        axis.setTickLabelFont(SMALL);
        axis.setAxisLinePaint(Color.BLACK);
        return axis;
    }

    static Double last(List<Double> values) {
        return values.get(values.size() - 1);
    }

    /** How a series is drawn in a colour. */
    private record Renderers(Color ink, int cellPixels) implements Series.Visitor<XYItemRenderer> {
        @Override
        public XYItemRenderer points(Series.Points p) {
            XYErrorRenderer points = new XYErrorRenderer();
            points.setDrawXError(false);
            points.setCapLength(3);
            points.setSeriesShape(0, new Ellipse2D.Double(-DOT / 2, -DOT / 2, DOT, DOT));
            points.setErrorPaint(ink);
            return points;
        }

        @Override
        public XYItemRenderer line(Series.Line l) {
            return path();
        }

        @Override
        public XYItemRenderer band(Series.Band b) {
            DeviationRenderer band = new DeviationRenderer(false, false);
            band.setSeriesFillPaint(0, ink);
            band.setAlpha(0.25f);
            return band;
        }

        @Override
        public XYItemRenderer counts(Series.Counts c) {
            return path();
        }

        /** One path for all of a line: a segment each would make vector files large. */
        private static XYLineAndShapeRenderer path() {
            XYLineAndShapeRenderer line = new XYLineAndShapeRenderer(true, false);
            line.setDrawSeriesLineAsPath(true);
            return line;
        }

        @Override
        public XYItemRenderer plane(Series.Plane p) {
            return cells(p, cellPixels);
        }
    }

    private static XYItemRenderer renderer(Series series, int ink, int cellPixels) {
        Color color = Palette.ink(ink);
        XYItemRenderer renderer = series.accept(new Renderers(color, cellPixels));
        renderer.setSeriesPaint(0, color);
        renderer.setSeriesStroke(0, new BasicStroke(1.6f));
        return renderer;
    }

    /** Cells as an image: a rectangle each would make vector files large. */
    private static XYItemRenderer cells(Series.Plane p, int cellPixels) {
        double[] ends = p.scale();
        int columns = p.xEdges().size() - 1;
        int lines = p.yEdges().size() - 1;
        BufferedImage image = new BufferedImage(columns * cellPixels, lines * cellPixels, BufferedImage.TYPE_INT_ARGB);
        Graphics2D g = image.createGraphics();
        for (int j = 0; j < lines; j++) {
            for (int i = 0; i < columns; i++) {
                double count = p.count().get(j).get(i);
                if (Double.isFinite(count)) {
                    g.setColor(Palette.scale((count - ends[0]) / (ends[1] - ends[0])));
                    g.fillRect(i * cellPixels, (lines - 1 - j) * cellPixels, cellPixels, cellPixels);
                }
            }
        }
        g.dispose();
        double x = p.xEdges().get(0);
        double y = p.yEdges().get(0);
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, false);
        renderer.setSeriesVisibleInLegend(0, false);
        renderer.addAnnotation(
                new XYDataImageAnnotation(image, x, y, last(p.xEdges()) - x, last(p.yEdges()) - y), Layer.BACKGROUND);
        return renderer;
    }
}
