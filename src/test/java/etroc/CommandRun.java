package etroc;

import etroc.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Set;
import java.util.stream.Stream;

/** One command line, run in this JVM and its session. */
public record CommandRun(int exit, String out, String err) {
    private static final Set<String> WITH_SPARK = Set.of("scan", "telescope", "ingest", "reprocess", "campaign");

    /** Runs it. */
    public static CommandRun of(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = Stream.of(args).map(Object::toString).toArray(String[]::new);
        if (WITH_SPARK.contains(words[0])) {
            SharedSession.get();
        }
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
