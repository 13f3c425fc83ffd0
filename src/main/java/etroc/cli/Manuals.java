package etroc.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes the manual pages and the shell completion of the distribution, from what {@code --help} is made of. The build calls it. */
final class Manuals {
    private Manuals() {}

    /** @param args the directory {@code share} of the distribution */
    public static void main(String[] args) throws IOException {
        Path share = Path.of(args[0]);
        Path completions = Files.createDirectories(share.resolve("bash-completion/completions"));
        Files.writeString(completions.resolve("etroc"), AutoComplete.bash("etroc", Main.commandLine()));
        write(Files.createDirectories(share.resolve("man/man1")), Main.commandLine());
    }

    private static void write(Path directory, CommandLine line) throws IOException {
        String name = line.getCommandSpec().qualifiedName("-");
        Files.writeString(directory.resolve(name + ".1"), page(line));
        for (CommandLine below : line.getSubcommands().values()) {
            if (!below.getCommandSpec().usageMessage().hidden()) {
                write(directory, below);
            }
        }
    }

    /** A page in the language of man(7). */
    static String page(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        String name = spec.qualifiedName("-");
        StringBuilder page = new StringBuilder();
        page.append(".TH ").append(name.toUpperCase(Locale.ROOT)).append(" 1\n.SH NAME\n");
        String about = String.join(" ", spec.usageMessage().description());
        page.append(text(name)).append(" \\- ").append(text(about)).append("\n.SH SYNOPSIS\n");
        page.append(text(line.getHelp().synopsis(0).strip().replaceAll("\\s+", " ")));
        List<ArgSpec> arguments = Stream.concat(spec.positionalParameters().stream(), spec.options().stream())
                .filter(a -> !a.hidden())
                .toList();
        page.append("\n.SH OPTIONS\n");
        arguments.forEach(a -> page.append(".TP\n\\fB")
                .append(text(names(a)))
                .append("\\fR\n")
                .append(text(String.join(" ", a.description())))
                .append('\n'));
        commands(page, line);
        String footer = Stream.of(spec.usageMessage().footer())
                .map(l -> text(Ansi.OFF.string(l)))
                .collect(Collectors.joining("\n"));
        return footer.isBlank() ? page.toString() : page + ".SH NOTES\n.nf\n" + footer.strip() + "\n.fi\n";
    }

    private static void commands(StringBuilder page, CommandLine line) {
        if (line.getSubcommands().isEmpty()) {
            return;
        }
        page.append(".SH COMMANDS\n");
        line.getSubcommands().forEach((name, below) -> {
            if (!below.getCommandSpec().usageMessage().hidden()) {
                String about =
                        String.join(" ", below.getCommandSpec().usageMessage().description());
                page.append(".TP\n\\fB")
                        .append(text(name))
                        .append("\\fR\n")
                        .append(text(about))
                        .append('\n');
            }
        });
    }

    private static String names(ArgSpec argument) {
        String value = argument.arity().max() == 0 ? "" : argument.paramLabel();
        return argument instanceof OptionSpec option
                ? (String.join(", ", option.names()) + " " + value).strip()
                : value;
    }

    /** Nothing of it is a command of man(7). */
    private static String text(String plain) {
        return plain.replace("%n", " ")
                .replace("\\", "\\\\")
                .replace("-", "\\-")
                .replaceAll("(?m)^([.'])", "\\\\&$1");
    }
}
