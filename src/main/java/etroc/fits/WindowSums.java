package etroc.fits;

/**
 * Entries below each edge of equal bins, with the sums of their places and of the squares of these, from the middle in bins: what lies in a window
 * is a difference of two, however many bins it has.
 */
record WindowSums(int[] counts, double[] n, double[] sum, double[] squares) {
    static WindowSums of(int[] counts) {
        double[] n = new double[counts.length + 1];
        double[] sum = new double[counts.length + 1];
        double[] squares = new double[counts.length + 1];
        for (int i = 0; i < counts.length; i++) {
            double x = i + 0.5 - counts.length / 2.0;
            n[i + 1] = n[i] + counts[i];
            sum[i + 1] = sum[i] + counts[i] * x;
            squares[i + 1] = squares[i] + counts[i] * x * x;
        }
        return new WindowSums(counts, n, sum, squares);
    }

    int bins() {
        return counts.length;
    }

    /**
     * Entries, mean and variance in a window. A bin at its edge counts with the part of it that lies inside, so that the result moves smoothly with the
     * window. A window beside the histogram holds nothing.
     *
     * @param low lower edge [bins from the lower edge of the first]
     * @param high upper edge
     */
    double[] within(double low, double high) {
        int first = (int) Math.floor(low);
        if (first >= counts.length || !(high > low)) {
            return new double[] {0, Double.NaN, Double.NaN};
        }
        int last = Math.min(counts.length - 1, (int) Math.floor(high));
        double middle = counts.length / 2.0;
        double[] all = {0, 0, 0};
        if (first + 1 < last) {
            all[0] = n[last] - n[first + 1];
            all[1] = sum[last] - sum[first + 1];
            all[2] = squares[last] - squares[first + 1];
        }
        add(all, first, low, Math.min(high, first + 1.0));
        if (last > first) {
            add(all, last, last, high);
        }
        double mean = all[1] / all[0];
        return new double[] {all[0], mean + middle, all[2] / all[0] - mean * mean - 1 / 12.0};
    }

    private void add(double[] all, int bin, double left, double right) {
        double weight = counts[bin] * (right - left);
        double x = (left + right) / 2 - counts.length / 2.0;
        all[0] += weight;
        all[1] += weight * x;
        all[2] += weight * x * x;
    }
}
