package etroc;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What is told of a failure: the user's doing, where that is the cause, or else what came first. */
public final class FailureText {
    private FailureText() {}

    /** The exception that a user wants to know of. */
    public static Throwable cause(Throwable e) {
        Throwable cause = e;
        while (!isOfUser(cause) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static boolean isOfUser(Throwable e) {
        return e instanceof UsageException || e instanceof InputException;
    }

    /** All of a message that was written for users, the first line of another. */
    public static String of(Throwable e) {
        Throwable cause = cause(e);
        if (isOfUser(cause)) {
            return String.valueOf(cause.getMessage());
        }
        if (cause instanceof AccessDeniedException denied) { // its message is the name of the file
            return "no permission for " + denied.getFile();
        }
        if (cause instanceof NoSuchFileException missing) {
            return "no such file or directory: " + missing.getFile();
        }
        if (cause instanceof FileSystemException file && file.getReason() == null) {
            return cause.getClass().getSimpleName().replaceFirst("Exception$", "") + ": " + file.getFile();
        }
        String kind = cause.getClass().getSimpleName();
        String text = cause.getMessage() == null
                ? ""
                : cause.getMessage().lines().findFirst().orElse("");
        // an error's message is a word of the JVM's, such as "Java heap space"
        return text.isEmpty() ? kind : cause instanceof Error ? kind + ": " + text : text;
    }
}
