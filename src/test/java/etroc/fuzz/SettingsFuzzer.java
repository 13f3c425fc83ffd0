package etroc.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.UsageException;
import etroc.campaign.CampaignSettings;
import etroc.cli.Sections;
import etroc.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Configuration files, assignments of {@code --set}, campaign files. Settings, or what is wrong with them. */
public final class SettingsFuzzer {
    private SettingsFuzzer() {}

    /** The first byte says what the others are. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        if (data.length == 0) {
            return;
        }
        byte[] content = Arrays.copyOfRange(data, 1, data.length);
        String text = new String(content, StandardCharsets.UTF_8);
        if (text.contains("include")) {
            return; // other files, which are the user's to name
        }
        Path file = Files.createTempFile("fuzz", ".conf");
        try {
            Files.write(file, content);
            switch ((data[0] & 0xFF) % 3) {
                case 0 -> check(Settings.load(Sections.class, Map.of(), List.of(file.toFile()), List.of()));
                case 1 -> check(Settings.load(Sections.class, Map.of(), List.of(), List.of(text)));
                default ->
                    assertThat(CampaignSettings.load(file.toFile(), Sections.class)
                                    .datasets())
                            .isNotEmpty();
            }
        } catch (UsageException e) {
            assertThat(e.getMessage()).isNotBlank();
        } finally {
            Files.delete(file);
        }
    }

    /** What a manifest keeps of settings gives the same settings. */
    private static void check(Settings settings) {
        Map<String, String> all = settings.all();
        assertThat(Settings.load(Sections.class, all, List.of(), List.of()).all())
                .isEqualTo(all);
    }
}
