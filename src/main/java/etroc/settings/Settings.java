package etroc.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueFactory;
import etroc.UsageException;
import etroc.cuts.CutSettings;
import etroc.cuts.CutTablePaths;
import etroc.ingest.InputSettings;
import etroc.scan.ScanSettings;
import etroc.telescope.TelescopeSettings;
import java.io.File;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * All settings of a command.
 *
 * @param all every setting and its value as text, for the manifest; keys without the leading {@code etroc.}
 */
public record Settings(
        InputSettings input,
        ScanSettings scan,
        TelescopeSettings telescope,
        CutSettings cuts,
        ReportSettings report,
        Map<String, String> all) {
    private static final String ROOT = "etroc";
    /** Keys whose value may be an object with keys of the user's. */
    private static final List<String> OPEN = List.of("etroc.scan.resting-thresholds");

    /** The defaults. */
    public static Settings defaults() {
        return load(Map.of(), List.of(), List.of());
    }

    /**
     * Reads settings.
     *
     * @param earlier those of an earlier result, as {@link #all} gave them; keys that are no more known are left out
     * @param files HOCON files, later ones win; they win over earlier settings
     * @param assignments {@code key=value}, later ones win over files and each other
     * @throws UsageException if a file cannot be read, a key is unknown or a value is not possible
     */
    public static Settings load(Map<String, String> earlier, List<File> files, List<String> assignments) {
        Config reference = reference();
        Config user = ConfigFactory.empty();
        for (Map.Entry<String, String> e : earlier.entrySet()) {
            Config one = parse(e.getKey() + "=" + e.getValue());
            if (isKnown(leaves(one).get(0), reference)) {
                user = one.withFallback(user);
            }
        }
        for (File file : files) {
            user = parse(file).withFallback(user);
        }
        for (String assignment : assignments) {
            user = parse(assignment).withFallback(user);
        }
        return of(user, Path.of(""));
    }

    private static Config reference() {
        return ConfigFactory.parseResources(Settings.class.getClassLoader(), "reference.conf");
    }

    /** Settings of a configuration; names of cut tables are relative to a directory. */
    public static Settings of(Config given, Path directory) {
        Config reference = reference();
        Config user = CutTablePaths.absolute(given, directory);
        checkKeys(user, reference);
        Config config = user.withFallback(reference).resolve();
        SettingsReader root = new SettingsReader(config, ROOT);
        return new Settings(
                InputSettings.read(root.at("input")),
                ScanSettings.read(root.at("scan")),
                TelescopeSettings.read(root.at("telescope")),
                CutSettings.read(root.at("cuts")),
                ReportSettings.read(root.at("report")),
                flat(config));
    }

    private static Config parse(File file) {
        if (!file.isFile()) {
            throw new UsageException("settings file " + file + " does not exist");
        }
        try {
            return ConfigFactory.parseFile(file).resolve();
        } catch (ConfigException e) {
            throw new UsageException("settings file " + file + ": " + e.getMessage(), e);
        }
    }

    private static Config parse(String assignment) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            throw new UsageException("--set " + assignment + ": expected key=value");
        }
        String given = assignment.substring(0, equals).trim();
        String key = given.startsWith(ROOT + ".") ? given : ROOT + "." + given;
        String value = assignment.substring(equals + 1).trim();
        String origin = "--set " + given;
        try {
            Config parsed = ConfigFactory.parseString(
                    key + " = " + value,
                    com.typesafe.config.ConfigParseOptions.defaults().setOriginDescription(origin));
            if (parsed.root().size() == 1 && parsed.hasPathOrNull(key)) {
                return parsed.resolve();
            }
        } catch (ConfigException e) {
            // no HOCON: taken as text below, as an SQL expression may be
        }
        return ConfigFactory.empty().withValue(key, ConfigValueFactory.fromAnyRef(value, origin));
    }

    private static void checkKeys(Config user, Config reference) {
        for (String key : leaves(user)) {
            if (!isKnown(key, reference)) {
                throw new SettingException(
                        key,
                        "setting '" + key + "' (" + user.getValue(key).origin().description()
                                + ") is unknown; the nearest known one is '" + nearest(key, leaves(reference)) + "'",
                        null);
            }
        }
    }

    private static boolean isKnown(String key, Config reference) {
        return (reference.hasPathOrNull(key) && !isSection(reference, key))
                || OPEN.stream().anyMatch(open -> key.startsWith(open + "."));
    }

    private static boolean isSection(Config reference, String key) {
        return reference.getValue(key).valueType() == com.typesafe.config.ConfigValueType.OBJECT;
    }

    private static List<String> leaves(Config config) {
        return config.entrySet().stream()
                .map(Map.Entry::getKey)
                .filter(k -> k.startsWith(ROOT + ".") || !k.contains("."))
                .sorted()
                .toList();
    }

    private static String nearest(String key, List<String> known) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        return known.stream()
                .min(Comparator.comparing(k -> distance.apply(k, key)))
                .orElseThrow();
    }

    private static Map<String, String> flat(Config config) {
        Map<String, String> flat = new TreeMap<>();
        config.getConfig(ROOT)
                .entrySet()
                .forEach(e -> flat.put(
                        String.join(".", ConfigUtil.splitPath(e.getKey())),
                        e.getValue().render(com.typesafe.config.ConfigRenderOptions.concise())));
        return flat;
    }
}
