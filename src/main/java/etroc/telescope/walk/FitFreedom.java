package etroc.telescope.walk;

/**
 * What the joint fit took from its events.
 *
 * @param events in the fit
 * @param parameters free ones of all boards and runs
 */
public record FitFreedom(long events, long parameters) {
    /** Of a correction that took nothing, or of which it is not known. */
    public static final FitFreedom NONE = new FitFreedom(0, 0);

    /** Degrees of freedom that are left: those of the time differences minus the parameters. */
    public long left(int boards) {
        return events * (boards - 1) - parameters;
    }

    /**
     * What variances of corrected times, found with n-1, are to be multiplied by.
     *
     * @param count events of the row: those of a row with other events than the fit's, which contain them, are left as they are
     * @return NaN where no degree of freedom is left
     */
    public double factor(int boards, long count) {
        if (count != events || parameters == 0) {
            return 1;
        }
        long left = left(boards);
        return left > 0 ? (count - 1.0) * (boards - 1) / left : Double.NaN;
    }
}
