package etroc.campaign;

import java.io.File;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A campaign: many datasets, each with an output of its own below one directory.
 *
 * @param file that it is written in
 * @param output directory; a dataset's is {@code output/<name>}
 * @param parallel how many datasets are analysed at a time
 * @param keep results kept of each dataset; null: all
 */
public record CampaignSettings(
        File file,
        String name,
        String output,
        int parallel,
        @Nullable Integer keep,
        List<DatasetSettings> datasets) {
    public CampaignSettings {
        datasets = List.copyOf(datasets);
    }

    /**
     * Reads and checks a campaign file.
     *
     * @param sections record of the records of all sections of settings
     * @throws etroc.UsageException with everything that is wrong, each with file and line
     */
    public static CampaignSettings load(File file, Class<? extends Record> sections) {
        return new CampaignReader(file, sections).read();
    }
}
