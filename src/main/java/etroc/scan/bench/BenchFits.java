package etroc.scan.bench;

import etroc.fits.BinomialEdge;
import etroc.fits.PoissonPeak;
import etroc.ingest.etroc2.QinjSettings;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** From rows of a folder or values of the accumulator to a row of a table. */
final class BenchFits {
    /** Samples of a value of the chip's accumulator. Source: src/docs/bench.md. */
    static final int SAMPLES = 32767;

    private static final int LEAST_ROWS = 4;
    /** Where the public code takes a peak to end, of its maximum. */
    private static final double PUBLIC_END = 3.7e-6;

    private BenchFits() {}

    /** A noise peak. */
    static Baseline peak(BenchName of, FpgaRows rows) {
        double[] d = column(rows, FpgaRows.Point::dac);
        double[] n = column(rows, FpgaRows.Point::triggerBits);
        long withCounts =
                rows.points().stream().filter(p -> p.triggerBits() > 0).count();
        PoissonPeak fit = withCounts < LEAST_ROWS ? null : PoissonPeak.fit(d, n);
        String why = fit != null
                ? ""
                : withCounts < LEAST_ROWS
                        ? "only " + withCounts + " thresholds with counts, " + LEAST_ROWS + " are needed"
                        : "the counts have no peak";
        return new Baseline(
                of.chip(),
                of.row(),
                of.column(),
                Baseline.PEAK,
                of.attempt(),
                true,
                d.length,
                rows.leftOutRows(),
                fit == null ? Double.NaN : fit.centre(),
                fit == null ? Double.NaN : fit.centreUnc(),
                fit == null ? Double.NaN : fit.width(),
                fit == null ? Double.NaN : fit.widthUnc(),
                fit == null ? Double.NaN : fit.height(),
                halfWidth(d, n),
                "",
                joined(why, rows.remark()));
    }

    private static double[] column(FpgaRows rows, ToDoubleFunction<FpgaRows.Point> value) {
        return rows.points().stream().mapToDouble(value).toArray();
    }

    /** Half the distance of the points beyond the last ones of a peak; NaN where the scan ends before it does. */
    static double halfWidth(double[] d, double[] n) {
        double most =
                Stream.of(n).flatMapToDouble(java.util.Arrays::stream).max().orElse(0);
        int first = 0;
        while (first < n.length && !(n[first] > PUBLIC_END * most)) {
            first++;
        }
        int last = n.length - 1;
        while (last >= 0 && !(n[last] > PUBLIC_END * most)) {
            last--;
        }
        return first > 0 && last < n.length - 1 && last >= first ? (d[last + 1] - d[first - 1]) / 2 : Double.NaN;
    }

    /** An accumulator's curve. Values above the number of samples count as that. */
    static Baseline accumulator(Pixel pixel, String attempt, double[] dac, double[] values, String said) {
        double[] seen = new double[values.length];
        double[] pulses = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            seen[i] = Math.min(values[i], SAMPLES);
            pulses[i] = SAMPLES;
        }
        int between = BinomialEdge.between(seen, pulses);
        BinomialEdge fit = BinomialEdge.fit(dac, seen, pulses);
        String why = fit != null
                ? ""
                : between < 2
                        ? "only " + between + " values between 0 and " + SAMPLES
                        : "the values have no falling edge";
        return new Baseline(
                pixel.chip(),
                pixel.row(),
                pixel.column(),
                Baseline.ACCUMULATOR,
                attempt,
                true,
                values.length,
                0,
                fit == null ? Double.NaN : fit.t50(),
                fit == null ? Double.NaN : fit.t50Unc(),
                fit == null ? Double.NaN : fit.s(),
                fit == null ? Double.NaN : fit.sUnc(),
                SAMPLES,
                Double.NaN,
                "",
                joined(why, said));
    }

    /** A bisection. A point is on if at least half of the reference's triggers are seen. */
    static TurnOff turnOff(BenchName of, FpgaRows rows, QinjSettings.Count count) {
        long triggers = rows.reference() == null ? 0 : rows.reference();
        double lastOn = Double.NaN;
        double firstOff = Double.NaN;
        for (FpgaRows.Point p : rows.points()) {
            long n = count == QinjSettings.Count.DATA ? p.data() : p.triggerBits();
            if (2 * n >= triggers) {
                lastOn = p.dac();
            } else if (Double.isNaN(firstOff)) {
                firstOff = p.dac();
            }
        }
        String why = "";
        if (triggers == 0) {
            why = rows.reference() == null ? "no reference row" : "the reference row has no triggers";
            lastOn = Double.NaN;
            firstOff = Double.NaN;
        } else if (Double.isNaN(lastOn) || Double.isNaN(firstOff)) {
            why = rows.points().isEmpty() ? "no measurement" : "never " + (Double.isNaN(lastOn) ? "on" : "off");
        } else if (lastOn > firstOff) {
            why = "not monotonic";
        }
        boolean good = why.isEmpty();
        return new TurnOff(
                of.chip(),
                of.row(),
                of.column(),
                java.util.Objects.requireNonNull(of.charge()),
                of.delay(),
                of.attempt(),
                true,
                triggers,
                rows.points().size(),
                rows.leftOutRows(),
                lastOn,
                firstOff,
                good ? (lastOn + firstOff) / 2 : Double.NaN,
                good ? (firstOff - lastOn) / Math.sqrt(12) : Double.NaN,
                joined(why, rows.remark()));
    }

    /** Remarks, those that there are. */
    static String joined(String... remarks) {
        return String.join(
                "; ", List.of(remarks).stream().filter(r -> !r.isEmpty()).toList());
    }
}
