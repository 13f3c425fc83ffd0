package etroc.cli;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A command line that makes no sense: what is wrong, what was probably meant, and where the help is. */
final class UsageErrors implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine line = e.getCommandLine();
        CommandSpec spec = line.getCommandSpec();
        Optional<String> unknown = e instanceof MissingParameterException || e instanceof UnmatchedArgumentException
                ? unknownOption(spec, args)
                : Optional.empty();
        if (unknown.isPresent()) {
            line.getErr()
                    .println("etroc: unknown option '" + unknown.get() + "'; the nearest is "
                            + nearest(spec, unknown.get()));
        } else {
            line.getErr().println("etroc: " + e.getMessage());
            if (UnmatchedArgumentException.printSuggestions(e, line.getErr())) {
                return Main.USAGE;
            }
        }
        line.getErr().println("Try '" + spec.qualifiedName() + " --help'.");
        return Main.USAGE;
    }

    /** The first option that the command does not have: what is missing for it, such as its value, is told before it by the parser. */
    private static Optional<String> unknownOption(CommandSpec spec, String[] args) {
        return Stream.of(args)
                .takeWhile(a -> !a.equals("--"))
                .filter(a -> a.startsWith("--"))
                .map(a -> a.replaceFirst("=.*", ""))
                .filter(a -> !spec.optionsMap().containsKey(a))
                .findFirst();
    }

    private static String nearest(CommandSpec spec, String option) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        return spec.options().stream()
                .flatMap(o -> Stream.of(o.names()))
                .filter(n -> n.startsWith("--"))
                .min(Comparator.comparingInt((String n) -> distance.apply(n, option))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }
}
