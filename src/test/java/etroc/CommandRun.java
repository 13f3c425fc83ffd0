package etroc;

import etroc.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;

/** One command line, run in this JVM. */
public record CommandRun(int exit, String out, String err) {
    public static CommandRun of(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = java.util.Arrays.stream(args).map(Object::toString).toArray(String[]::new);
        int exit = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
        return new CommandRun(exit, out.toString(), err.toString());
    }

    /** The same, for a command that has to succeed. */
    public static CommandRun ok(Object... args) {
        CommandRun run = of(args);
        if (run.exit != 0) {
            throw new AssertionError("exit " + run.exit + ": " + run.err);
        }
        return run;
    }
}
