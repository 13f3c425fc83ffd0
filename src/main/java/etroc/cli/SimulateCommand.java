package etroc.cli;

import picocli.CommandLine.Command;

/** {@code etroc simulate scan|laser|telescope DIR}. */
@Command(
        name = "simulate",
        description = "Writes data with known truth, in the DAQ's formats.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "KIND",
        subcommands = {SimulateScanCommand.class, SimulateLaserCommand.class, SimulateTelescopeCommand.class})
final class SimulateCommand {}
