package etroc.layout.etroc2;

/** Why an event header begins no event. */
public enum FpgaError {
    NO_SECOND_HEADER("the second header is missing"),
    NO_EVENT_TRAILER("no event trailer where the number of words says"),
    CUT_AT_END("the run ends within the event");

    private final String text;

    FpgaError(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
