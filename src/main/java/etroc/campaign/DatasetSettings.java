package etroc.campaign;

import com.typesafe.config.ConfigOrigin;
import etroc.settings.Settings;
import java.util.List;
import java.util.Map;

/**
 * A dataset of a campaign.
 *
 * @param inputs directories, files and globs; local ones are absolute
 * @param tags what it was taken at, by name
 * @param origin file and line, for messages
 */
public record DatasetSettings(
        String name,
        String kind,
        List<String> inputs,
        String until,
        Map<String, Tag> tags,
        Settings settings,
        ConfigOrigin origin) {}
