package etroc.settings;

import com.typesafe.config.ConfigOrigin;
import etroc.UsageException;
import java.util.LinkedHashSet;
import java.util.Set;

/** What is wrong with what a user wrote, each with file and line, to be told all at once. */
public final class Problems {
    private final Set<String> texts = new LinkedHashSet<>();

    /** @param text what was found and what is possible */
    public void add(ConfigOrigin origin, String text) {
        texts.add(at(origin) + ": " + text);
    }

    /** File and line, or {@code --set key}. */
    public static String at(ConfigOrigin origin) {
        return origin.filename() == null
                ? origin.description().replaceFirst(": \\d+$", "")
                : origin.filename() + ", line " + origin.lineNumber();
    }

    /**
     * Ends here if there is any problem.
     *
     * @param what they are in
     * @throws UsageException with all of them
     */
    public void check(String what) {
        String all = String.join("\n  ", texts);
        if (!texts.isEmpty()) {
            throw new UsageException(texts.size() == 1 ? all : texts.size() + " errors in " + what + ":\n  " + all);
        }
    }
}
