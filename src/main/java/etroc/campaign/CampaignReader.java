package etroc.campaign;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import etroc.Possible;
import etroc.settings.Problems;
import etroc.settings.RecordReader;
import etroc.settings.Settings;
import java.io.File;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a campaign file, and goes on after an error, so that all of them are told at once. */
final class CampaignReader {
    private static final String DATASETS = "campaign.datasets";
    /** What a campaign writes beside the outputs of its datasets. */
    private static final Set<String> OWN_FILES = Set.of("campaign.sqlite", "campaign.html");

    private static final int LONGEST_NAME = 200;

    private final File file;
    private final Class<? extends Record> sections;
    private final Path directory;
    private final Problems problems = new Problems();
    /** First use of each name, by what a file system or a database takes for the same. */
    private final Map<String, Use> datasets = new HashMap<>();

    private final Map<String, Use> columns = new HashMap<>();

    private record Use(String name, ConfigOrigin origin) {}

    private record Contents(
            Section campaign, @Possible(or = "none") Config etroc) {}

    private record Section(
            @Possible(or = "none") String name,
            String output,
            @Possible(min = 1, or = "one") @Nullable Integer parallel,
            @Possible(min = 1, or = "all") @Nullable Integer keep,
            List<Dataset> datasets) {}

    private record Dataset(
            String name,
            String kind,
            List<String> inputs,
            @Possible(or = "last") String until,
            @Possible(or = "none") Map<String, Tag> tags,
            @Possible(or = "none") Config settings) {}

    CampaignReader(File file, Class<? extends Record> sections) {
        this.file = file;
        this.sections = sections;
        Path parent = file.toPath().toAbsolutePath().normalize().getParent();
        this.directory = parent == null ? Path.of("/") : parent;
    }

    CampaignSettings read() {
        Config root = Settings.parse("campaign file", file);
        Contents contents = new RecordReader(problems).read("", root.root(), Contents.class);
        List<ConfigObject> objects = objects(root);
        List<Settings> settings = objects.stream().map(o -> checked(o, root)).toList();
        problems.check("campaign file " + file);
        Section campaign = Objects.requireNonNull(contents).campaign();
        List<DatasetSettings> found = new ArrayList<>();
        for (Dataset d : campaign.datasets()) {
            found.add(new DatasetSettings(
                    d.name(),
                    d.kind().toLowerCase(Locale.ROOT),
                    d.inputs().stream().map(this::place).toList(),
                    d.until().toLowerCase(Locale.ROOT),
                    d.tags(),
                    settings.get(found.size()),
                    objects.get(found.size()).origin()));
        }
        return new CampaignSettings(
                file,
                campaign.name().isEmpty() ? String.valueOf(directory.getFileName()) : campaign.name(),
                place(campaign.output()),
                Objects.requireNonNullElse(campaign.parallel(), 1),
                campaign.keep(),
                found);
    }

    /** A place on a file system; relative ones are below the directory of the campaign file. */
    private String place(String name) {
        return name.contains(":/") ? name : directory.resolve(name).toString();
    }

    private static List<ConfigObject> objects(Config root) {
        ConfigValue value = root.hasPath(DATASETS)
                ? root.getValue(DATASETS)
                : ConfigFactory.empty().root();
        List<ConfigObject> objects = new ArrayList<>();
        for (ConfigValue one : value instanceof ConfigList list ? list : List.of(value)) {
            if (one instanceof ConfigObject object) {
                objects.add(object);
            }
        }
        return objects;
    }

    /** Settings of a dataset, its own over those of the file; with a look at the names that it uses. */
    private Settings checked(ConfigObject dataset, Config root) {
        ConfigValue name = dataset.get("name");
        if (name != null) {
            checkName(String.valueOf(name.unwrapped()), name.origin());
        }
        if (dataset.get("tags") instanceof ConfigObject tags) {
            new TreeMap<>(tags).forEach((tag, value) -> checkTag(tag, value.origin()));
        }
        Config user = root.hasPath("etroc") ? root.withOnlyPath("etroc") : ConfigFactory.empty();
        if (dataset.get("settings") instanceof ConfigObject own) {
            Config prefixed =
                    own.containsKey("etroc") ? own.toConfig() : own.toConfig().atKey("etroc");
            user = prefixed.withFallback(user);
        }
        return Settings.of(sections, user, directory, problems);
    }

    /** The name is that of a directory, and some file systems do not tell large letters from small. */
    private void checkName(String name, ConfigOrigin origin) {
        boolean odd = name.isEmpty()
                || name.contains("/")
                || name.startsWith(".")
                || name.startsWith("_")
                || OWN_FILES.contains(folded(name))
                || name.length() > LONGEST_NAME
                || name.chars().anyMatch(Character::isISOControl);
        if (odd) {
            problems.add(
                    origin,
                    "'" + name
                            + "' is the name of a directory: it has no '/', does not begin with '.' or '_', has 1 to "
                            + LONGEST_NAME + " letters, and is none of " + OWN_FILES);
        }
        Use before = datasets.putIfAbsent(folded(name), new Use(name, origin));
        if (before != null) {
            problems.add(origin, "dataset '" + name + "' has the name of that at " + Problems.at(before.origin));
        }
    }

    private void checkTag(String tag, ConfigOrigin origin) {
        Use before = columns.putIfAbsent(folded(Tag.column(tag)), new Use(tag, origin));
        if (before != null && !before.name.equals(tag)) {
            problems.add(
                    origin,
                    "tag '" + tag + "' would be the column of tag '" + before.name + "' at "
                            + Problems.at(before.origin));
        }
    }

    private static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }
}
