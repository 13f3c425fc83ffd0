package etroc.report;

import static etroc.report.Drawing.last;

import org.jfree.data.xy.XYDataset;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/**
 * Series as the drawing library takes them.
 *
 * @param logY whether empty bins are drawn below one
 */
record DrawingData(boolean logY) implements Series.Visitor<XYDataset> {
    @Override
    public XYDataset points(Series.Points p) {
        XYIntervalSeries points = new XYIntervalSeries(p.name(), false, true);
        for (int i = 0; i < p.x().size(); i++) {
            double x = p.x().get(i);
            double y = p.y().get(i);
            double unc = Double.isFinite(p.unc().get(i)) ? p.unc().get(i) : 0;
            double down = Double.isFinite(p.down().get(i)) ? p.down().get(i) : 0;
            points.add(x, x, x, y, y - down, y + unc);
        }
        XYIntervalSeriesCollection all = new XYIntervalSeriesCollection();
        all.addSeries(points);
        return all;
    }

    @Override
    public XYDataset line(Series.Line l) {
        XYSeries line = new XYSeries(l.name(), false);
        for (int i = 0; i < l.x().size(); i++) {
            line.add(l.x().get(i), l.y().get(i));
        }
        return new XYSeriesCollection(line);
    }

    @Override
    public XYDataset band(Series.Band b) {
        YIntervalSeries band = new YIntervalSeries(b.name(), false, true);
        for (int i = 0; i < b.x().size(); i++) {
            double low = b.low().get(i);
            double high = b.high().get(i);
            band.add(b.x().get(i).doubleValue(), (low + high) / 2, low, high);
        }
        YIntervalSeriesCollection all = new YIntervalSeriesCollection();
        all.addSeries(band);
        return all;
    }

    @Override
    public XYDataset counts(Series.Counts c) {
        XYSeries steps = new XYSeries(c.name(), false);
        for (int i = 0; i < c.low().size(); i++) {
            double count = logY
                    ? Math.max(c.count().get(i), PlotlyJson.BELOW_ONE)
                    : c.count().get(i);
            steps.add(c.low().get(i).doubleValue(), count);
            steps.add(c.high().get(i).doubleValue(), count);
        }
        return new XYSeriesCollection(steps);
    }

    /** Two corners, so that the axes reach as far as the cells do. */
    @Override
    public XYDataset plane(Series.Plane p) {
        XYSeries corners = new XYSeries(p.name(), false);
        corners.add(p.xEdges().get(0), p.yEdges().get(0));
        corners.add(last(p.xEdges()), last(p.yEdges()));
        return new XYSeriesCollection(corners);
    }
}
