package etroc.cli;

import etroc.spark.Sessions;
import etroc.store.Output;
import etroc.store.Verify;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code etroc verify OUT...}. */
@Command(
        name = "verify",
        description = "Reads all that outputs hold and compares it with the checksums taken when it was written.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit code 2 if anything is damaged or missing.", "", "Example:", "  etroc verify out"})
final class VerifyCommand implements Callable<Integer> {
    private static final double MEGABYTE = 1e6;

    @Parameters(arity = "1..*", paramLabel = "OUT", description = "Outputs of analyses.")
    List<String> outputs = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        boolean damaged = false;
        for (String name : outputs) {
            Verify verify = new Verify(new Output(name, Sessions.hadoopConf()));
            List<String> damages = verify.all();
            damages.forEach(out::println);
            damaged |= !damages.isEmpty();
            out.println(String.format(
                    Locale.ROOT,
                    "%s: %d files, %.1f MB read, %s",
                    name,
                    verify.filesRead(),
                    verify.bytesRead() / MEGABYTE,
                    damages.isEmpty() ? "all as written" : damages.size() + " damaged or missing"));
        }
        out.flush();
        return damaged ? Main.INPUT : 0;
    }
}
