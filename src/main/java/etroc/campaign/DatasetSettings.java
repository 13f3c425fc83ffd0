package etroc.campaign;

import etroc.pipeline.AnalysisKind;
import etroc.settings.Settings;
import etroc.telescope.TelescopeStage;
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
        AnalysisKind kind,
        List<String> inputs,
        TelescopeStage until,
        Map<String, Tag> tags,
        Settings settings,
        String origin) {}
