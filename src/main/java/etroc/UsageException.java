package etroc;

/** What a user asked for and cannot have: an unknown setting, a wrong cut. One message, exit code 1. */
public class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message names where it was asked, what was found and what is possible */
    public UsageException(String message) {
        super(message);
    }

    public UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
