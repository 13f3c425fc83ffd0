package etroc;

/** What a user's data did wrong: shown as one message without a stack trace, exit code 2. */
public class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message names the file, the line where there is one, what was found and what is possible */
    public InputException(String message) {
        super(message);
    }

    public InputException(String message, Throwable cause) {
        super(message, cause);
    }
}
