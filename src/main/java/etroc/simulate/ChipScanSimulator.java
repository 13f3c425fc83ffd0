package etroc.simulate;

import etroc.simulate.ChipScanFlaws.Fate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * Writes a bench scan of ETROC2 as the register-access notebooks would, a folder a measurement, and its truth: {@code truth.csv},
 * {@code truth_charges.csv}, and {@code truth_flaws.csv} with the folders that are not whole.
 */
public final class ChipScanSimulator {
    private static final String RESULTS = "2024-01-20_Array_Test_Results";

    private final ChipScan model;
    private final Format format;
    private final RandomGenerator random;
    private final ChipScanRows rows;
    private final ChipScanFrames frames;
    private final StringBuilder flaws = new StringBuilder("folder,flaw\n");
    private int folders;

    /** Where the chip's own baselines and the accumulator's values stand. */
    public enum History {
        SQLITE,
        CSV,
        NONE
    }

    /**
     * How a scan is written.
     *
     * @param carrier of frames: translated text, or FPGA words
     * @param chargeAsCode whether folders name the charge by the register's value, which is one less
     */
    public record Format(Carrier carrier, boolean chargeAsCode, History history) {}

    public ChipScanSimulator(ChipScan model, Format format) {
        this.model = model;
        this.format = format;
        random = new Well19937c(model.seed() + 1);
        rows = new ChipScanRows(model.flaws(), random);
        frames = new ChipScanFrames(model, format.carrier(), random);
    }

    /** Writes everything; the number of folders. */
    public int write(Path directory) throws IOException {
        Path results = Files.createDirectories(directory.resolve(RESULTS));
        for (ChipScanPixel pixel : model.pixels()) {
            rows(results, "NoiseOnly_" + pixel.token(), pixel, rows::noise);
            for (int charge : model.charges()) {
                String of = pixel.token() + token(charge);
                rows(results, "BinarySearch_TurnOff_" + of, pixel, p -> rows.turnOff(p, charge));
                for (int threshold : model.thresholds(pixel, charge)) {
                    frames(results, of + "_Threshold_" + threshold, pixel, charge, threshold, 0);
                }
            }
            for (int delay : model.delays()) {
                int threshold = model.delayThreshold(pixel);
                String of = token(model.delayCharge()) + "_Threshold_" + threshold + "_QinjDelay0x"
                        + Integer.toHexString(delay);
                frames(results, pixel.token() + of, pixel, model.delayCharge(), threshold, delay);
            }
        }
        new ChipScanHistory(model, random).write(directory, format.history());
        ChipScanTruth.write(model, directory);
        Files.writeString(directory.resolve("truth_flaws.csv"), flaws, StandardCharsets.US_ASCII);
        return folders;
    }

    private String token(int charge) {
        return "_QInj_" + (format.chargeAsCode() ? charge - 1 : charge);
    }

    private void rows(Path results, String of, ChipScanPixel pixel, Function<ChipScanPixel, String> measured)
            throws IOException {
        Fate fate = fate(of);
        boolean sameFile = fate == Fate.REPEATED && random.nextBoolean();
        if (fate == Fate.REPEATED) {
            String before = measured.apply(pixel.shifted(ChipScanFlaws.DRIFT));
            write(results, of + (sameFile ? "_t2" : "_t1"), ChipScanRows.FILE, Fate.WHOLE, bytes(before));
        }
        String last = measured.apply(pixel);
        write(results, of + attempt(fate), ChipScanRows.FILE, fate, bytes(last));
    }

    private void frames(Path results, String of, ChipScanPixel pixel, int charge, int threshold, int delay)
            throws IOException {
        String name = "TDC_" + of;
        Fate fate = fate(name);
        if (fate == Fate.REPEATED) {
            byte[] before = frames.of(pixel.shifted(ChipScanFlaws.DRIFT), charge, threshold, delay);
            write(results, name + "_t1", frames.file(), Fate.WHOLE, before);
        }
        write(results, name + attempt(fate), frames.file(), fate, frames.of(pixel, charge, threshold, delay));
    }

    private Fate fate(String of) {
        Fate fate = model.flaws().fate(random.nextDouble());
        if (fate != Fate.WHOLE) {
            flaws.append(model.chip())
                    .append("_VRef_SCurve_")
                    .append(of)
                    .append(attempt(fate))
                    .append(',')
                    .append(fate.text())
                    .append('\n');
        }
        return fate;
    }

    private static String attempt(Fate fate) {
        return fate == Fate.REPEATED ? "_t2" : "_t1";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Writes the file of a folder, after what it has. */
    private void write(Path results, String name, String file, Fate fate, byte[] bytes) throws IOException {
        if (fate == Fate.MISSING) {
            return;
        }
        Path folder = results.resolve(model.chip() + "_VRef_SCurve_" + name);
        byte[] written = bytes;
        if (fate == Fate.EMPTY) {
            written = new byte[0];
        } else if (fate == Fate.ABORTED) {
            written = Arrays.copyOf(bytes, random.nextInt(bytes.length));
        }
        Path path = folder.resolve(file);
        if (Files.exists(path)) {
            Files.write(path, written, java.nio.file.StandardOpenOption.APPEND);
        } else {
            Files.createDirectories(folder);
            Files.write(path, written);
            folders++;
        }
    }
}
