package etroc.cli;

import etroc.settings.Settings;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of every command that analyses; {@link Main} takes away those that mean nothing to a command. */
final class CommonOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings in HOCON; wins over the defaults. Repeatable, later ones win.")
    List<File> configs = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "One setting; wins over files. Repeatable. The leading 'etroc.' may be left out.")
    List<String> assignments = new ArrayList<>();

    @Option(
            names = "--cuts",
            paramLabel = "FILE",
            description = "Table of event cuts: board_id,variable,cut_type,cut_value[,output].")
    @Nullable
    String cuts;

    @Option(
            names = "--time-cuts",
            paramLabel = "FILE",
            description = "Table of time cuts of a telescope run: cut_type,cut_direction,variable_1,board_id_1,"
                    + "variable_2,board_id_2,value_1,value_2,value_3[,output].")
    @Nullable
    String timeCuts;

    @Option(names = "--dry-run", description = "Say what would be done, and do nothing.")
    boolean dryRun;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print only results and errors.")
    boolean quiet;

    @Mixin
    Cores cores = new Cores();

    /** The settings of files, {@code --set} and the options that stand for settings. */
    Settings settings() {
        return settings(Map.of());
    }

    /** The same over earlier ones, such as those of a result. */
    Settings settings(Map<String, String> earlier) {
        List<String> all = new ArrayList<>(assignments);
        if (cuts != null) {
            all.add("etroc.cuts.events=" + quoted(cuts));
        }
        if (timeCuts != null) {
            all.add("etroc.cuts.times=" + quoted(timeCuts));
        }
        return Settings.load(Sections.class, earlier, configs, all);
    }

    private static String quoted(String text) {
        return com.typesafe.config.ConfigUtil.quoteString(text);
    }
}
