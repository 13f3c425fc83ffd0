package etroc.cli;

import etroc.pipeline.Pipeline;
import etroc.pipeline.Progress;
import etroc.report.Report;
import etroc.report.ReportSettings;
import etroc.spark.Sessions;
import etroc.store.Output;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Shows or does one analysis, for the commands that have one. */
final class Execution {
    private final CommandSpec spec;
    private final CommonOptions common;

    Execution(CommandSpec spec, CommonOptions common) {
        this.spec = spec;
        this.common = common;
    }

    /** Prints what would be done, or does it and prints the result. A session is only made when there is something to do. */
    void run(Pipeline run, Output output) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (common.dryRun) {
            out.print(run.describe());
        } else if (run.upToDate() && !Sessions.submitted()) {
            out.println("nothing to do: the newest result of " + output.root() + " has these inputs and settings");
        } else {
            List<String> formats = run.plan()
                    .job()
                    .settings()
                    .read("report", ReportSettings.class)
                    .formats();
            if (!formats.isEmpty()) {
                Thread figures = new Thread(() -> Report.prepare(formats), "etroc figures");
                figures.setDaemon(true);
                figures.start();
            }
            boolean terminal = Terminal.isTerminal();
            Map<String, String> properties = new HashMap<>(common.cores.properties());
            properties.putAll(terminal && !common.quiet ? Sessions.BAR : Map.of());
            try (Sessions.Open session = Sessions.open("etroc " + spec.name() + " " + output.root(), properties)) {
                Progress progress =
                        new Progress(session.spark(), spec.commandLine().getErr(), common.quiet, terminal);
                Optional<Pipeline.Published> published = run.run(session.spark(), progress, command(spec));
                out.print(published
                        .map(p -> "\n" + Summaries.of(p.tables()) + "\nresults: "
                                + p.path().toUri().getPath() + "\n")
                        .orElse("nothing to do: the newest result has these inputs and settings\n"));
            }
        }
        out.flush();
    }

    /** Says within the first second what is going on; Spark says nothing for some more. */
    void begin(String inputs, String out) {
        common.cores.properties(); // whether they make sense
        if (!common.quiet && !common.dryRun) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("etroc " + spec.name() + ": " + inputs + " to " + out + " ...");
            err.flush();
        }
    }

    /** The command line as the user gave it, for the manifest. */
    static String command(CommandSpec spec) {
        return masked("etroc "
                + String.join(" ", spec.root().commandLine().getParseResult().originalArgs()));
    }

    /** Without what addresses say of users and passwords: results are shown to others. */
    static String masked(String command) {
        return command.replaceAll("://[^/\\s@]+@", "://***@");
    }
}
