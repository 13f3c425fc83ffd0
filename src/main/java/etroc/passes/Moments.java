package etroc.passes;

import java.io.Serializable;

/** Number, mean and width of values that are filled in on executors and added up. */
public final class Moments implements Serializable {
    private static final long serialVersionUID = 1L;
    private long n;
    private double sum;
    private double squares;

    public void add(double value) {
        n++;
        sum += value;
        squares += value * value;
    }

    public void add(Moments other) {
        n += other.n;
        sum += other.sum;
        squares += other.squares;
    }

    public long n() {
        return n;
    }

    public double mean() {
        return sum / n;
    }

    /** Standard deviation of the values (n-1). */
    public double width() {
        return Math.sqrt(Math.max(0, (squares - sum * sum / n) / (n - 1)));
    }

    /** Uncertainty of the mean. */
    public double meanUnc() {
        return width() / Math.sqrt((double) n);
    }
}
