package etroc.pipeline;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * A stage of an analysis. A list of stages in their order is the whole definition of an analysis; order, {@code --until}, fingerprints, reuse
 * and progress follow from it.
 *
 * @param name as {@code --until} has it
 * @param code where the code that does it begins: all classes that this one reaches belong to the stage's fingerprint
 * @param depends what its result depends on besides the stage before and the code, by name: settings, cut tables, input files
 * @param body what it does
 */
public record Stage(String name, Class<?> code, Map<String, String> depends, Body body) {
    /** What a stage does: takes from the context what earlier stages left there, and leaves its own there. */
    public interface Body {
        void run(Context context) throws IOException;
    }

    /** Name of the dependency that is the list of input files. */
    public static final String FILES = "files";

    public Stage {
        depends = Map.copyOf(depends);
    }

    /** A stage that depends on nothing but its code and the stage before. */
    public static Stage of(String name, Class<?> code, Body body) {
        return new Stage(name, code, Map.of(), body);
    }

    /** The same stage, that depends on something more. */
    public Stage dependingOn(String what, String value) {
        Map<String, String> more = new TreeMap<>(depends);
        more.put(what, value);
        return new Stage(name, code, more, body);
    }

    /** The same stage, that depends on the settings whose keys begin in one of these ways, such as {@code telescope.time-walk}. */
    public Stage dependingOn(Job job, String... prefixes) {
        Map<String, String> more = new TreeMap<>(depends);
        job.settings().all().forEach((key, value) -> {
            for (String prefix : prefixes) {
                if (key.equals(prefix) || key.startsWith(prefix + ".")) {
                    more.put("etroc." + key, value);
                }
            }
        });
        return new Stage(name, code, more, body);
    }

    /** The same stage, whose result is the same whatever this is, such as {@code etroc.input.partitions}. */
    public Stage independentOf(String what) {
        Map<String, String> fewer = new TreeMap<>(depends);
        fewer.remove(what);
        return new Stage(name, code, fewer, body);
    }
}
