package etroc.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import etroc.UsageException;
import java.io.File;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * All settings of a command. {@code reference.conf} holds every key with its default; what a section means is the business of the record that
 * it is read into.
 */
public final class Settings {
    private static final String ROOT = "etroc";
    private static final Config REFERENCE = ConfigFactory.parseResources(
                    Settings.class.getClassLoader(), "reference.conf") // others may have one, too
            .withOnlyPath(ROOT)
            .resolve();
    private static final Set<String> KEYS =
            REFERENCE.entrySet().stream().map(Map.Entry::getKey).collect(Collectors.toCollection(TreeSet::new));

    private final Config config;
    private final Map<String, Record> read = new ConcurrentHashMap<>();

    private Settings(Config config) {
        this.config = config;
    }

    /**
     * Reads settings, and checks all of them.
     *
     * @param sections record of the records of all sections
     * @param earlier settings of an earlier result, as {@link #all} gave them; keys that are no more known are left out
     * @param files HOCON files, later ones win; they win over earlier settings
     * @param assignments {@code key=value}, later ones win over files and each other; the leading {@code etroc.} may be left out
     * @throws UsageException if a file cannot be read, a key is unknown or a value is not possible; with all that is wrong
     */
    public static Settings load(
            Class<? extends Record> sections, Map<String, String> earlier, List<File> files, List<String> assignments) {
        Config user = ConfigFactory.empty();
        for (Map.Entry<String, String> e : earlier.entrySet()) {
            if (isKnown(ROOT + "." + e.getKey())) {
                user = assigned(e.getKey(), e.getValue(), "settings of the result")
                        .withFallback(user);
            }
        }
        for (File file : files) {
            user = parse("settings file", file).withFallback(user);
        }
        for (String assignment : assignments) {
            String[] parts = assignment.split("=", 2);
            if (parts.length < 2) {
                throw new UsageException("--set " + assignment + ": expected key=value");
            }
            user = assigned(parts[0].trim(), parts[1].trim(), "--set " + parts[0].trim())
                    .withFallback(user);
        }
        Problems problems = new Problems();
        Settings settings = of(sections, user, Path.of(""), problems);
        problems.check("the settings");
        return settings;
    }

    /**
     * Settings over the defaults.
     *
     * @param directory that names of files are relative to
     * @param problems receives everything that is wrong; the settings are of use only where nothing is
     */
    public static Settings of(Class<? extends Record> sections, Config given, Path directory, Problems problems) {
        Config user = given;
        for (Map.Entry<String, ConfigValue> e : given.entrySet()) {
            String key = e.getKey();
            if (!isKnown(key)) {
                String nearest = "the nearest known one is '" + nearest(key) + "'";
                problems.add(e.getValue().origin(), "'" + key + "' is unknown; " + nearest);
            }
            user = isKnown(key) ? user.withValue(key, absolute(e.getValue(), directory)) : user.withoutPath(key);
        }
        Settings settings = new Settings(user.withFallback(REFERENCE).resolve());
        new RecordReader(problems)
                .read(ROOT, Objects.requireNonNull(settings.config.root().get(ROOT)), sections);
        return settings;
    }

    /**
     * A section as its record; to read it again costs nothing.
     *
     * @param section path without the leading {@code etroc.}
     * @throws UsageException with all that is wrong
     */
    public <R extends Record> R read(String section, Class<R> type) {
        return type.cast(read.computeIfAbsent(section, s -> {
            Problems problems = new Problems();
            String path = ROOT + "." + s;
            R found = new RecordReader(problems).read(path, config.getObject(path), type);
            problems.check("the settings");
            return Objects.requireNonNull(found);
        }));
    }

    /**
     * The same settings but for one, which is checked when it is read.
     *
     * @param key without the leading {@code etroc.}
     */
    public Settings with(String key, Object value) {
        return new Settings(
                config.withValue(ROOT + "." + key, ConfigValueFactory.fromAnyRef(value, "the layout of the files")));
    }

    /** Every setting and its value as HOCON, for manifests and fingerprints; keys without the leading {@code etroc.} */
    public Map<String, String> all() {
        Map<String, String> all = new TreeMap<>();
        for (String key : KEYS) {
            String value = config.getValue(key).render(ConfigRenderOptions.concise());
            all.put(key.substring(ROOT.length() + 1), value);
        }
        return all;
    }

    /**
     * What a file says.
     *
     * @param what it is, for messages
     * @throws UsageException if it is not there or no HOCON
     */
    public static Config parse(String what, File file) {
        if (!file.isFile()) {
            throw new UsageException(what + " " + file + " does not exist");
        }
        try {
            return ConfigFactory.parseFile(file).resolve();
        } catch (ConfigException e) {
            throw new UsageException(what + " " + file + ": " + e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw new UsageException(what + " " + file + " is nested too deeply to be read", e);
        }
    }

    private static Config assigned(String given, String value, String origin) {
        String key = given.startsWith(ROOT + ".") ? given : ROOT + "." + given;
        try {
            Config parsed = ConfigFactory.parseString(
                    key + " = " + value, ConfigParseOptions.defaults().setOriginDescription(origin));
            if (parsed.root().size() == 1 && parsed.hasPathOrNull(key)) {
                return parsed.resolve();
            }
        } catch (ConfigException | StackOverflowError e) {
            // no HOCON: taken as text below, as an SQL expression may be
        }
        try {
            return ConfigFactory.empty().withValue(key, ConfigValueFactory.fromAnyRef(value, origin));
        } catch (ConfigException e) {
            throw new UsageException(origin + ": expected key=value", e);
        }
    }

    /** Whether it is a key of the reference, or below one: a value may be a section of the user's. */
    private static boolean isKnown(String key) {
        return KEYS.stream().anyMatch(known -> (key + ".").startsWith(known + "."));
    }

    private static String nearest(String key) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        return KEYS.stream()
                .min(Comparator.comparing(known -> distance.apply(known, key)))
                .orElseThrow();
    }

    /** A text that ends in .csv is the name of a table, and has to mean the same file wherever a later command is started. */
    private static ConfigValue absolute(ConfigValue value, Path directory) {
        if (value instanceof ConfigList list) {
            return ConfigValueFactory.fromIterable(
                            list.stream().map(v -> absolute(v, directory)).toList())
                    .withOrigin(value.origin());
        }
        boolean isName = value.unwrapped() instanceof String text && text.endsWith(".csv") && !text.contains("://");
        if (!isName) {
            return value;
        }
        Path file = directory.resolve(String.valueOf(value.unwrapped())).toAbsolutePath();
        return ConfigValueFactory.fromAnyRef(file.normalize().toString()).withOrigin(value.origin());
    }
}
