package etroc.simulate;

import etroc.layout.HitText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/** Writes a laser scan as the DAQ would, a file a threshold and attenuation, and {@code truth.csv}. */
public final class LaserSimulator {
    private final LaserModel model;
    private final RandomGenerator random;

    public LaserSimulator(LaserModel model) {
        this.model = model;
        random = new Well19937c(model.seed());
    }

    /** Writes all files; their number. */
    public int write(Path directory) throws IOException {
        Files.createDirectories(directory);
        int files = 0;
        for (double attenuation : model.attenuations()) {
            for (int threshold : model.thresholds()) {
                String text = model.hits(attenuation, threshold, random).stream()
                        .map(h -> HitText.split(h[0], h[1], h[2], 1))
                        .collect(Collectors.joining());
                Files.writeString(directory.resolve(name(attenuation, threshold)), text, StandardCharsets.US_ASCII);
                files++;
            }
        }
        Files.writeString(directory.resolve("truth.csv"), truth(), StandardCharsets.US_ASCII);
        return files;
    }

    private String name(double attenuation, int threshold) {
        return String.format(
                Locale.ROOT,
                "Array_Data_Pixel=%d_DAC_P%d=%d_LaserAttenuation=%d_CLSel=0_RfSel=2_IBSel=7_PhaseAdj=0_B1_%d_04-26_16-11-02.dat",
                model.pixel(),
                model.pixel(),
                threshold,
                Math.round(100 * attenuation),
                model.pulses());
    }

    private String truth() {
        List<String> rows = model.attenuations().stream()
                .map(a -> String.format(
                        Locale.ROOT,
                        "%s,%s,%s,%s,%s,%s\n",
                        a,
                        model.jitterNs(a),
                        model.toaNs(a),
                        model.totNs(a),
                        model.t50(a),
                        LaserModel.NOISE))
                .toList();
        return "laser_attenuation,jitter,toa_mean_ns,tot_mean_ns,t50,noise\n" + String.join("", rows);
    }
}
