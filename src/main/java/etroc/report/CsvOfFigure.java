package etroc.report;

import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/** The numbers of a figure: a row a point, bin or cell; columns that a kind does not have are empty. */
final class CsvOfFigure implements Series.Visitor<StringBuilder> {
    private final StringBuilder csv = new StringBuilder("series,x,x_high,y,y_unc,y_low,y_high,count\n");

    private CsvOfFigure() {}

    static String of(Figure figure) {
        CsvOfFigure writer = new CsvOfFigure();
        figure.series().forEach(s -> s.accept(writer));
        return writer.csv.toString();
    }

    @Override
    public StringBuilder points(Series.Points p) {
        for (int i = 0; i < p.x().size(); i++) {
            row(p, p.x().get(i), null, p.y().get(i), p.unc().get(i), null, null, null);
        }
        return csv;
    }

    @Override
    public StringBuilder line(Series.Line l) {
        for (int i = 0; i < l.x().size(); i++) {
            row(l, l.x().get(i), null, l.y().get(i), null, null, null, null);
        }
        return csv;
    }

    @Override
    public StringBuilder band(Series.Band b) {
        for (int i = 0; i < b.x().size(); i++) {
            row(b, b.x().get(i), null, null, null, b.low().get(i), b.high().get(i), null);
        }
        return csv;
    }

    @Override
    public StringBuilder counts(Series.Counts c) {
        for (int i = 0; i < c.low().size(); i++) {
            row(
                    c,
                    c.low().get(i),
                    c.high().get(i),
                    null,
                    null,
                    null,
                    null,
                    c.count().get(i));
        }
        return csv;
    }

    @Override
    public StringBuilder plane(Series.Plane p) {
        for (int j = 0; j < p.count().size(); j++) {
            for (int i = 0; i < p.count().get(j).size(); i++) {
                double count = p.count().get(j).get(i);
                if (count > 0) {
                    row(
                            p,
                            p.xEdges().get(i),
                            p.xEdges().get(i + 1),
                            null,
                            null,
                            p.yEdges().get(j),
                            p.yEdges().get(j + 1),
                            count);
                }
            }
        }
        return csv;
    }

    private void row(Series series, @Nullable Double... values) {
        csv.append('"').append(series.name().replace("\"", "\"\"")).append('"');
        for (Double value : values) {
            csv.append(',').append(value == null || value.isNaN() ? "" : digits(value));
        }
        csv.append('\n');
    }

    /** Eight digits: edges of bins are sums of widths and have more by rounding only. */
    private static String digits(double value) {
        return new BigDecimal(value)
                .round(new MathContext(8))
                .stripTrailingZeros()
                .toPlainString();
    }
}
