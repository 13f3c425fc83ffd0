package etroc.cli;

import etroc.spark.Interruption;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

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
            VerifyCommand.class,
            ShowCommand.class,
            ExportCommand.class,
            SimulateCommand.class,
            ExitStatus.class,
            GenerateCompletion.class,
            HelpCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 done, 1 usage or settings, 2 input data, 3 failure, 130 Ctrl-C, 143 SIGTERM.",
            "Settings and their defaults: reference.conf; etroc COMMAND --help shows the options of a command."
        })
public final class Main implements Callable<Integer> {
    /** Everything that is not the user's doing. */
    static final int FAILURE = 3;

    static final int USAGE = 1;
    static final int INPUT = 2;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Print the stack trace of an error.")
    boolean verbose;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    CommandSpec spec;

    private Main() {}

    /** Without words: what there is. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return USAGE;
    }

    /** What was given for all commands. */
    static Main of(CommandSpec command) {
        return (Main) command.root().userObject();
    }

    /** Returns when all went well: on YARN a driver that exits, even with 0, counts as one that was cut short, and is started again. */
    public static void main(String[] args) {
        int code = Interruption.letEnd(() -> ExitStatus.written(commandLine().execute(args)));
        if (code != 0) {
            System.exit(code);
        }
    }

    /** Runs one command line with its output going elsewhere; the exit code. */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        return commandLine().setOut(out).setErr(err).execute(args);
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        line.setExecutionStrategy(Main::runLast);
        line.setParameterExceptionHandler(new UsageErrors());
        line.setExecutionExceptionHandler(new Failures());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        remove(line, "ingest", "--cuts", "--time-cuts");
        remove(line, "scan", "--time-cuts");
        remove(line, "report", "--cuts", "--time-cuts", "--quiet", "--cores");
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

    /** Options that mean nothing to a command. */
    private static void remove(CommandLine line, String command, String... options) {
        CommandSpec spec =
                Objects.requireNonNull(line.getSubcommands().get(command)).getCommandSpec();
        Stream.of(options).map(spec::findOption).forEach(spec::remove);
    }
}
