package etroc.runs;

/** What the number after {@code QSel} in a file name means. */
public enum ChargeFromQSel {
    /** The injected charge [fC]. */
    FC(0),
    /** The 5-bit code of the charge injector: the charge is one more [fC]. */
    CODE(1);

    private final int offset;

    ChargeFromQSel(int offset) {
        this.offset = offset;
    }

    /** Charge [fC] of the number in the name. */
    public int charge(int qsel) {
        return qsel + offset;
    }
}
