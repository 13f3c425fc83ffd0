package etroc.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParseResult;

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

    /** Returns when all went well: on YARN a driver that exits, even with 0, counts as one that was cut short, and is started again. */
    public static void main(String[] args) {
        int code = ExitStatus.written(commandLine(args).execute(args));
        if (code != 0) {
            System.exit(code);
        }
    }

    /** Runs one command line with its output going elsewhere; the exit code. */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        return commandLine(args).setOut(out).setErr(err).execute(args);
    }

    static CommandLine commandLine(String... args) {
        List<String> given = Arrays.asList(args);
        CommandLine line = new CommandLine(new Main());
        line.setExecutionStrategy(Main::runLast);
        line.setParameterExceptionHandler(new UsageErrors());
        line.setExecutionExceptionHandler(new Failures(given.contains("-v") || given.contains("--verbose")));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line;
    }

    /** Runs a command; an error of the machine, such as no memory or a full disk, fails it as an exception does. */
    private static int runLast(ParseResult parsed) {
        try {
            return new CommandLine.RunLast().execute(parsed);
        } catch (Error e) {
            CommandLine line = parsed.commandSpec().commandLine();
            throw new ExecutionException(line, String.valueOf(e.getMessage()), e);
        }
    }
}
