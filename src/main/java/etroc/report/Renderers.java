package etroc.report;

import static etroc.report.Drawing.last;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import org.jfree.chart.annotations.XYDataImageAnnotation;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.Layer;

/**
 * How a series is drawn in a colour.
 *
 * @param cellPixels side of a cell of a plane
 */
record Renderers(Color ink, int cellPixels) implements Series.Visitor<XYItemRenderer> {
    private static final double DOT = 6;
    private static final double SWATCH = 14;

    static XYItemRenderer of(Series series, Color ink, int cellPixels, boolean listed) {
        XYItemRenderer renderer = series.accept(new Renderers(ink, cellPixels));
        renderer.setSeriesPaint(0, ink);
        renderer.setSeriesVisibleInLegend(0, listed);
        renderer.setSeriesStroke(
                0,
                Drawing.stroke(series instanceof Series.Counts && series.name().contains(": ")));
        return renderer;
    }

    @Override
    public XYItemRenderer points(Series.Points p) {
        XYErrorRenderer points = new XYErrorRenderer();
        points.setDrawXError(false);
        points.setCapLength(3);
        points.setSeriesShape(0, new Ellipse2D.Double(-DOT / 2, -DOT / 2, DOT, DOT));
        if (p.name().contains(": ")) { // beside what it belongs to
            points.setSeriesShape(0, diamond());
            points.setSeriesShapesFilled(0, false);
        }
        points.setErrorPaint(ink);
        return points;
    }

    private static Shape diamond() {
        Path2D.Double path = new Path2D.Double();
        path.moveTo(-DOT, 0);
        path.lineTo(0, -DOT);
        path.lineTo(DOT, 0);
        path.lineTo(0, DOT);
        path.closePath();
        return path;
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
        // its swatch in the legend
        band.setDefaultShapesVisible(false);
        band.setLegendShape(0, new Rectangle2D.Double(-SWATCH / 2, -SWATCH / 4, SWATCH, SWATCH / 2));
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

    /** Cells as an image: a rectangle each would make vector files large. */
    @Override
    public XYItemRenderer plane(Series.Plane p) {
        double[] range = p.range();
        ColourBar.Scale scale = new ColourBar.Scale(range[0], range[1], p.log(), 0, 1);
        int columns = p.xEdges().size() - 1;
        int lines = p.yEdges().size() - 1;
        BufferedImage image = new BufferedImage(columns * cellPixels, lines * cellPixels, BufferedImage.TYPE_INT_ARGB);
        Graphics2D g = image.createGraphics();
        for (int j = 0; j < lines; j++) {
            for (int i = 0; i < columns; i++) {
                double value = p.count().get(j).get(i);
                if (p.log() ? value > 0 : Double.isFinite(value)) {
                    g.setPaint(scale.getPaint(value));
                    g.fillRect(i * cellPixels, (lines - 1 - j) * cellPixels, cellPixels, cellPixels);
                }
            }
        }
        g.dispose();
        double x = p.xEdges().get(0);
        double y = p.yEdges().get(0);
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, false);
        renderer.addAnnotation(
                new XYDataImageAnnotation(image, x, y, last(p.xEdges()) - x, last(p.yEdges()) - y), Layer.BACKGROUND);
        return renderer;
    }
}
