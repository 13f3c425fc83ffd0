package etroc.cli;

import etroc.FailureText;
import etroc.InputException;
import etroc.UsageException;
import etroc.spark.Interruption;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns an exception into one message and an exit code; a stack trace only on request. */
final class Failures implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception e, CommandLine line, ParseResult result) {
        boolean verbose = Main.of(line.getCommandSpec()).verbose;
        if (verbose) {
            e.printStackTrace(line.getErr());
        }
        if (Interruption.happened()) { // the JVM ends with the signal's exit code
            line.getErr().println("etroc: interrupted");
            return Main.FAILURE;
        }
        int code = exitCode(e);
        String failed = code == Main.FAILURE ? "failed: " : "";
        String where = code == Main.FAILURE && !verbose ? " (-v shows where)" : "";
        line.getErr().println("etroc: " + failed + FailureText.of(e) + where);
        return code;
    }

    /** The exit code that an exception stands for. */
    static int exitCode(Throwable e) {
        Throwable cause = FailureText.cause(e);
        return cause instanceof UsageException
                ? Main.USAGE
                : cause instanceof InputException ? Main.INPUT : Main.FAILURE;
    }
}
