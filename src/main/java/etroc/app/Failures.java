package etroc.app;

import etroc.InputException;
import etroc.UsageException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns an exception into one message and an exit code; a stack trace only on request. */
final class Failures implements IExecutionExceptionHandler {
    private final boolean verbose;

    Failures(boolean verbose) {
        this.verbose = verbose;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine line, ParseResult result) {
        if (verbose) {
            e.printStackTrace(line.getErr());
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UsageException) {
                line.getErr().println("etroc: " + cause.getMessage());
                return Main.USAGE;
            }
            if (cause instanceof InputException) {
                line.getErr().println("etroc: " + cause.getMessage());
                return Main.INPUT;
            }
        }
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String what = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        line.getErr()
                .println(
                        "etroc: failed: " + what.lines().findFirst().orElse("") + (verbose ? "" : " (-v shows where)"));
        return Main.FAILURE;
    }
}
