package etroc.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** Entry of every command. */
@Command(
        name = "etroc",
        description = {
            "Analyses data of ETROC timing chips on Apache Spark: charge-injection scans to suggested thresholds,"
                    + " telescope runs to time resolutions."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ScanCommand.class,
            TelescopeCommand.class,
            IngestCommand.class,
            ReprocessCommand.class,
            CampaignCommand.class,
            ReportCommand.class,
            PruneCommand.class,
            ShowCommand.class,
            ExportCommand.class,
            SimulateCommand.class,
            ExitStatus.class,
            HelpCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 done, 1 usage or settings, 2 input data, 3 failure.",
            "Settings and their defaults: reference.conf; etroc COMMAND --help shows the options of a command."
        })
public final class Main {
    /** Everything that is not the user's doing. */
    static final int FAILURE = 3;

    static final int USAGE = 1;
    static final int INPUT = 2;

    private Main() {}

    public static void main(String[] args) {
        System.exit(ExitStatus.written(commandLine(args).execute(args)));
    }

    /** Runs one command line with its output going elsewhere; the exit code. */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        return commandLine(args).setOut(out).setErr(err).execute(args);
    }

    static CommandLine commandLine(String... args) {
        List<String> given = Arrays.asList(args);
        CommandLine line = new CommandLine(new Main());
        line.setExecutionStrategy(new CommandLine.RunLast());
        line.setParameterExceptionHandler(new UsageErrors());
        line.setExecutionExceptionHandler(new Failures(given.contains("-v") || given.contains("--verbose")));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line;
    }
}
