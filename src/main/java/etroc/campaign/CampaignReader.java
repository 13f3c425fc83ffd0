package etroc.campaign;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import etroc.UsageException;
import etroc.pipeline.AnalysisKind;
import etroc.settings.SettingException;
import etroc.settings.Settings;
import etroc.telescope.TelescopeStage;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a campaign file, and goes on after an error, so that all of them are reported at once. */
final class CampaignReader {
    private static final List<String> TOP = List.of("campaign", "etroc");
    private static final List<String> CAMPAIGN = List.of("name", "output", "parallel", "keep", "datasets");
    private static final List<String> DATASET = List.of("name", "kind", "inputs", "until", "tags", "settings");
    private static final int LONGEST_NAME = 200;

    private final File file;
    private final Path directory;
    private final Set<String> problems = new LinkedHashSet<>();

    CampaignReader(File file) {
        this.file = file;
        this.directory = Objects.requireNonNullElse(
                file.toPath().toAbsolutePath().normalize().getParent(), Path.of("/"));
    }

    CampaignSettings read() {
        if (!file.isFile()) {
            throw new UsageException("campaign file " + file + " does not exist");
        }
        Config root;
        try {
            root = ConfigFactory.parseFile(file).resolve();
        } catch (ConfigException e) {
            throw new UsageException("campaign file " + file + ": " + e.getMessage(), e);
        }
        checkKeys(root.root(), TOP, "");
        ConfigObject campaign = object(root.root(), "campaign", file.toString());
        checkKeys(campaign, CAMPAIGN, "campaign.");
        CampaignSettings settings = new CampaignSettings(
                file,
                text(campaign, "name", directoryName()),
                place(text(campaign, "output", null)),
                wholeNumber(campaign, "parallel", 1),
                campaign.containsKey("keep") && !"all".equals(unwrapped(campaign, "keep"))
                        ? (Integer) wholeNumber(campaign, "keep", 1)
                        : null,
                datasets(campaign, root));
        if (!problems.isEmpty()) {
            throw new UsageException(problems.size() + (problems.size() == 1 ? " error" : " errors")
                    + " in campaign file " + file + ":\n  " + String.join("\n  ", problems));
        }
        return settings;
    }

    private String directoryName() {
        return directory.getFileName() == null
                ? "campaign"
                : directory.getFileName().toString();
    }

    private static @Nullable Object unwrapped(ConfigObject object, String key) {
        ConfigValue value = object.get(key);
        return value == null ? null : value.unwrapped();
    }

    private static String at(ConfigOrigin origin) {
        return origin.filename() == null ? origin.description() : origin.filename() + ", line " + origin.lineNumber();
    }

    private void problem(ConfigOrigin origin, String text) {
        problems.add(at(origin) + ": " + text);
    }

    private void checkKeys(ConfigObject object, List<String> known, String prefix) {
        object.forEach((key, value) -> {
            if (!known.contains(key)) {
                problem(value.origin(), "'" + prefix + key + "' is unknown; possible: " + String.join(", ", known));
            }
        });
    }

    private ConfigObject object(ConfigObject in, String key, String where) {
        ConfigValue value = in.get(key);
        if (value instanceof ConfigObject found) {
            return found;
        }
        if (value != null) {
            problem(value.origin(), "'" + key + "' is no section { ... }");
        } else {
            problems.add(where + ": there is no section '" + key + "'");
        }
        return ConfigFactory.empty().root();
    }

    private String text(ConfigObject in, String key, @Nullable String fallback) {
        ConfigValue value = in.get(key);
        if (value != null && !(value instanceof ConfigObject) && !(value instanceof ConfigList)) {
            return String.valueOf(value.unwrapped());
        }
        if (value != null) {
            problem(value.origin(), "'" + key + "' is no text");
        } else if (fallback == null) {
            problem(in.origin(), "'" + key + "' is missing");
        }
        return fallback == null ? "" : fallback;
    }

    private int wholeNumber(ConfigObject in, String key, int fallback) {
        ConfigValue value = in.get(key);
        if (value == null) {
            return fallback;
        }
        if (value.unwrapped() instanceof Number number
                && number.doubleValue() == number.intValue()
                && number.intValue() >= 1) {
            return number.intValue();
        }
        String more = key.equals("keep") ? "all, or " : "";
        problem(
                value.origin(),
                "'" + key + "' is " + value.unwrapped() + "; possible: " + more + "a whole number from 1 up");
        return fallback;
    }

    /** A place on a file system; relative ones are below the directory of the campaign file. */
    private String place(String name) {
        return name.isEmpty() || name.contains(":/")
                ? name
                : directory.resolve(name).toString();
    }

    private List<DatasetSettings> datasets(ConfigObject campaign, Config root) {
        List<DatasetSettings> datasets = new ArrayList<>();
        if (!(campaign.get("datasets") instanceof ConfigList list)) {
            problem(
                    campaign.origin(),
                    "'campaign.datasets' is missing: a list [ { name = ..., kind = ..., inputs = [...] } ]");
            return datasets;
        }
        Map<String, ConfigOrigin> names = new HashMap<>();
        for (ConfigValue value : list) {
            if (value instanceof ConfigObject object) {
                DatasetSettings dataset = dataset(object, root);
                ConfigOrigin before = names.putIfAbsent(dataset.name(), object.origin());
                if (before != null && !dataset.name().isEmpty()) {
                    problem(object.origin(), "dataset '" + dataset.name() + "' has the name of that at " + at(before));
                }
                datasets.add(dataset);
            } else {
                problem(value.origin(), "a dataset is { name = ..., kind = ..., inputs = [...] }");
            }
        }
        if (list.isEmpty()) {
            problem(list.origin(), "'campaign.datasets' is empty");
        }
        return datasets;
    }

    private DatasetSettings dataset(ConfigObject object, Config root) {
        checkKeys(object, DATASET, "dataset.");
        String name = text(object, "name", null);
        checkName(name, object);
        return new DatasetSettings(
                name,
                choice(object, "kind", AnalysisKind.class, null),
                inputs(object),
                choice(object, "until", TelescopeStage.class, TelescopeStage.RESOLUTION),
                tags(object),
                settings(object, root),
                at(object.origin()));
    }

    /** The name is that of a directory. */
    private void checkName(String name, ConfigObject object) {
        boolean odd = name.contains("/")
                || name.startsWith(".")
                || name.startsWith("_")
                || name.length() > LONGEST_NAME
                || name.chars().anyMatch(Character::isISOControl);
        if (odd) {
            problem(
                    object.getOrDefault("name", object).origin(),
                    "'" + name
                            + "' is the name of a directory: it has no '/', does not begin with '.' or '_', and has at most "
                            + LONGEST_NAME + " letters");
        }
    }

    private <E extends Enum<E>> E choice(ConfigObject in, String key, Class<E> type, @Nullable E fallback) {
        E[] all = type.getEnumConstants();
        String text = text(in, key, fallback == null ? null : fallback.name());
        return Arrays.stream(all)
                .filter(e -> e.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseGet(() -> {
                    ConfigValue value = in.get(key);
                    if (value != null) {
                        problem(
                                value.origin(),
                                "'" + key + "' is '" + text + "'; possible: "
                                        + String.join(
                                                ", ",
                                                Arrays.stream(all)
                                                        .map(e -> e.name().toLowerCase(Locale.ROOT))
                                                        .toList()));
                    }
                    return all[0];
                });
    }

    private List<String> inputs(ConfigObject object) {
        ConfigValue value = object.get("inputs");
        List<ConfigValue> values = value instanceof ConfigList list
                ? list
                : Stream.ofNullable(value).toList();
        List<String> inputs = new ArrayList<>();
        for (ConfigValue one : values) {
            if (one.unwrapped() instanceof String text) {
                inputs.add(place(text));
            } else {
                problem(one.origin(), "an input is the name of a directory or file, or a glob");
            }
        }
        if (values.isEmpty()) {
            problem(object.origin(), "'inputs' is missing: directories, files or globs");
        }
        return inputs;
    }

    private Map<String, Tag> tags(ConfigObject object) {
        Map<String, Tag> tags = new LinkedHashMap<>();
        if (object.containsKey("tags")) {
            object(object, "tags", "").forEach((name, value) -> {
                try {
                    tags.put(name, Tag.of(name, value));
                } catch (IllegalArgumentException e) {
                    problem(
                            value.origin(),
                            "tag '" + name + "' is '" + value.unwrapped() + "'; possible: " + e.getMessage());
                }
            });
        }
        return tags;
    }

    /** The dataset's settings over those of the file. */
    private Settings settings(ConfigObject object, Config root) {
        Config user = root.hasPath("etroc") ? root.withOnlyPath("etroc") : ConfigFactory.empty();
        if (object.containsKey("settings")) {
            ConfigObject own = object(object, "settings", "");
            Config prefixed =
                    own.containsKey("etroc") ? own.toConfig() : own.toConfig().atKey("etroc");
            user = prefixed.withFallback(user);
        }
        while (true) {
            try {
                return Settings.of(user, directory);
            } catch (SettingException e) {
                problems.add(e.getMessage());
                Config without = user.withoutPath(e.key());
                if (without.equals(user)) {
                    return Settings.defaults();
                }
                user = without;
            } catch (UsageException e) {
                problems.add(e.getMessage());
                return Settings.defaults();
            }
        }
    }
}
