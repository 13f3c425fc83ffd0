package etroc.cli;

import etroc.UsageException;
import etroc.spark.Sessions;
import etroc.store.Output;
import etroc.store.Prune;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code etroc prune OUT... --keep N}. */
@Command(
        name = "prune",
        description =
                "Removes old results, and hits and events that no result left uses. The newest result always stays.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  etroc prune out --keep 3 --dry-run", "  etroc prune campaign/*/ --keep 3"})
final class PruneCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "OUT", description = "Outputs of analyses.")
    List<String> outputs = List.of();

    @Option(names = "--keep", required = true, paramLabel = "N", description = "How many results to keep, at least 1.")
    int keep;

    @Option(names = "--dry-run", description = "Say what would be removed, and remove nothing.")
    boolean dryRun;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (keep < 1) {
            throw new UsageException("--keep " + keep + ": at least 1 result is kept");
        }
        PrintWriter out = spec.commandLine().getOut();
        for (String name : outputs) {
            Output output = new Output(name, Sessions.hadoopConf());
            output.latestResult();
            Prune prune = new Prune(output);
            List<String> removed =
                    prune.keep(keep, !dryRun).stream().map(Object::toString).toList();
            removed.forEach(p -> out.println((dryRun ? "would remove " : "removed ") + p));
            if (removed.isEmpty()) {
                out.println(output.root() + ": nothing to remove");
            }
            prune.writers()
                    .forEach(w -> out.println("nothing in use was removed: " + w
                            + " is in the making, or its writer died" + " within the last day"));
        }
        out.flush();
        return 0;
    }
}
