package etroc;

import etroc.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** One command line, run in this JVM and its session. */
public record CommandRun(int exit, String out, String err) {
    private static final Set<String> WITH_SPARK = Set.of("scan", "telescope", "ingest", "reprocess", "campaign");
    private static final Set<String> WITH_FIGURES = Set.of("scan", "telescope");

    /** Runs it; figures are drawn as files where the command line itself sets {@code report.formats}. */
    public static CommandRun of(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> words =
                new ArrayList<>(Stream.of(args).map(Object::toString).toList());
        if (WITH_SPARK.contains(words.get(0))) {
            SharedSession.get();
        }
        if (WITH_FIGURES.contains(words.get(0)) && words.stream().noneMatch(w -> w.contains("report.formats"))) {
            words.addAll(List.of("--set", "report.formats=[]"));
        }
        int exit = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), words.toArray(String[]::new));
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
