package etroc.report;

import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The numbers of a figure: a row a point, bin or cell; columns that a kind does not have are empty. */
final class CsvOfFigure implements Series.Visitor<CsvWriter> {
    private final CsvWriter csv;

    private CsvOfFigure(CsvWriter csv) {
        this.csv = csv;
    }

    static String of(Figure figure) {
        CsvWriterSettings settings = new CsvWriterSettings();
        settings.getFormat().setLineSeparator("\n");
        settings.getFormat().setComment('\0');
        settings.setQuoteEscapingEnabled(true);
        settings.trimValues(false);
        StringWriter text = new StringWriter();
        CsvWriter csv = new CsvWriter(text, settings);
        csv.writeHeaders("series", "x", "x_high", "y", "y_unc", "y_low", "y_high", "count");
        figure.series().forEach(s -> s.accept(new CsvOfFigure(csv)));
        csv.close();
        return text.toString();
    }

    @Override
    public CsvWriter points(Series.Points p) {
        if (p.isSymmetric()) {
            return rows(p, p.x(), null, p.y(), p.unc(), null, null, null);
        }
        List<Double> low = new ArrayList<>();
        List<Double> high = new ArrayList<>();
        for (int i = 0; i < p.x().size(); i++) {
            low.add(p.y().get(i) - p.down().get(i));
            high.add(p.y().get(i) + p.unc().get(i));
        }
        return rows(p, p.x(), null, p.y(), null, low, high, null);
    }

    @Override
    public CsvWriter line(Series.Line l) {
        return rows(l, l.x(), null, l.y(), null, null, null, null);
    }

    @Override
    public CsvWriter band(Series.Band b) {
        return rows(b, b.x(), null, null, null, b.low(), b.high(), null);
    }

    @Override
    public CsvWriter counts(Series.Counts c) {
        return rows(c, c.low(), c.high(), null, null, null, null, c.count());
    }

    @Override
    public CsvWriter plane(Series.Plane p) {
        for (int j = 0; j < p.count().size(); j++) {
            for (int i = 0; i < p.count().get(j).size(); i++) {
                double count = p.count().get(j).get(i);
                if (Double.isFinite(count)) {
                    Double high = p.xEdges().get(i + 1);
                    row(
                            p,
                            p.xEdges().get(i),
                            high,
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

    @SafeVarargs
    private CsvWriter rows(Series series, List<Double> first, @Nullable List<Double>... others) {
        for (int i = 0; i < first.size(); i++) {
            @Nullable Double[] values = new @Nullable Double[1 + others.length];
            values[0] = first.get(i);
            for (int c = 0; c < others.length; c++) {
                values[1 + c] = others[c] == null ? null : others[c].get(i);
            }
            row(series, values);
        }
        return csv;
    }

    private void row(Series series, @Nullable Double... values) {
        csv.addValue(series.name());
        for (Double value : values) {
            csv.addValue(value == null || value.isNaN() ? null : digits(value));
        }
        csv.writeValuesToRow();
    }

    /** Eight digits: edges of bins are sums of widths and have more by rounding only. */
    private static String digits(double value) {
        return new BigDecimal(value)
                .round(new MathContext(8))
                .stripTrailingZeros()
                .toPlainString();
    }
}
