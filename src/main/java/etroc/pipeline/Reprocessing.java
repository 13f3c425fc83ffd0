package etroc.pipeline;

import etroc.InputException;
import etroc.settings.Settings;
import etroc.store.Manifest;
import etroc.store.Output;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The job that made an output's newest result, to be done again. */
public final class Reprocessing {
    private final Manifest manifest;

    private Reprocessing(Manifest manifest) {
        this.manifest = manifest;
    }

    /** @throws InputException if there is no result, or an older program made it */
    public static Reprocessing of(Output output) throws IOException {
        Manifest manifest = Manifest.read(output, output.latestResult().getName());
        if (manifest.text("job/kind").isEmpty()) {
            throw new InputException("result " + manifest.id() + " of " + output.root()
                    + " does not say which command made it; run etroc scan or etroc telescope with --overwrite once");
        }
        return new Reprocessing(manifest);
    }

    /** Settings of the result. */
    public Map<String, String> settings() {
        return manifest.map("settings");
    }

    /**
     * The same job with other settings.
     *
     * @param until last stage; null: that of the result
     */
    public Job job(Settings settings, @Nullable String until) {
        return new Job(
                manifest.text("job/kind"),
                manifest.texts("job/inputs"),
                settings,
                until == null ? manifest.text("job/until") : until);
    }
}
