package etroc.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code etroc simulate scan|laser|telescope DIR}. */
@Command(
        name = "simulate",
        description = "Writes data with known truth, in the DAQ's formats.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "KIND",
        subcommands = {SimulateScanCommand.class, SimulateLaserCommand.class, SimulateTelescopeCommand.class})
final class SimulateCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    CommandSpec spec;

    /** Without a kind: which there are. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return Main.USAGE;
    }
}
