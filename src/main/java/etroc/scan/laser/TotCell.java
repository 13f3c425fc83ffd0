package etroc.scan.laser;

import etroc.scan.PointTimes;
import org.apache.spark.sql.Row;

/**
 * Events of one TOT: sums of the codes of the board's TOA and of the reference's, which are 0 where there is none.
 *
 * @param tot TOT in bins of the TDC
 * @param n events
 */
record TotCell(int tot, long n, long toa, long reference, long toaSquares, long referenceSquares, long products) {
    static final TotCell NONE = new TotCell(0, 0, 0, 0, 0, 0, 0);

    static TotCell of(Row r) {
        return new TotCell(
                (int) r.getLong(0), r.getLong(1), r.getLong(2), r.getLong(3), r.getLong(4), r.getLong(5), r.getLong(6));
    }

    /** Both together, under the TOT of the first. */
    TotCell plus(TotCell o) {
        return new TotCell(
                tot,
                n + o.n,
                toa + o.toa,
                reference + o.reference,
                toaSquares + o.toaSquares,
                referenceSquares + o.referenceSquares,
                products + o.products);
    }

    /** Mean of the board's time minus that of the reference, but for a constant [ns]. */
    double mean(double bin, double referenceBin) {
        return (referenceBin * reference - bin * toa) / n;
    }

    /** Sum of its squared deviations from that mean [ns^2]. */
    double deviations(double bin, double referenceBin) {
        double own = PointTimes.deviations(n, toa, toaSquares);
        double others = PointTimes.deviations(n, reference, referenceSquares);
        double common = products - toa * (double) reference / n;
        return Math.max(0, bin * bin * own + referenceBin * referenceBin * others - 2 * bin * referenceBin * common);
    }
}
