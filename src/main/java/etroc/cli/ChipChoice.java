package etroc.cli;

import etroc.UsageException;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The values of {@code --chip}, and which options go with them. */
final class ChipChoice {
    static final String ETROC1 = "etroc1";
    static final String ETROC2 = "etroc2";

    private ChipChoice() {}

    /**
     * Whether it is ETROC2.
     *
     * @param shared options of both chips
     * @param own options that only ETROC2 has
     * @throws UsageException if there is no such chip, or an option of the other one is given, which would be of no effect
     */
    static boolean isEtroc2(CommandSpec spec, String chip, Set<String> shared, Set<String> own) {
        boolean etroc2 = chip.equals(ETROC2);
        SimulateScanCommand.check(etroc2 || chip.equals(ETROC1), "--chip is etroc1 or etroc2, found " + chip);
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            String name = option.longestName();
            boolean ofOther = etroc2 ? !shared.contains(name) && !own.contains(name) : own.contains(name);
            SimulateScanCommand.check(!ofOther, name + " is not for --chip " + chip);
        }
        return etroc2;
    }
}
