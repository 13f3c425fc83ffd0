package etroc.simulate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/** Writes simulated runs of a telescope of ETROC2 as its readout would, and {@code truth.json}. Memory does not grow with the data. */
public final class ChipTelescopeSimulator {
    private final ChipTelescope model;
    private final Carrier carrier;
    private final int files;
    private final ChipTruth truth;
    private final ChipEvents events;
    /** Of its own, so that the triggers are the same in whatever files. */
    private final RandomGenerator cuts;

    /** @param files number of files of a run; KCU runs have one a readout board */
    public ChipTelescopeSimulator(ChipTelescope model, Carrier carrier, int files) {
        this.model = model;
        this.carrier = carrier;
        this.files = files;
        this.truth = new ChipTruth(model, carrier.optionName());
        this.events = new ChipEvents(model, carrier.hasFillers(), truth);
        this.cuts = new Well19937c(model.seed() + 1);
    }

    ChipTruth truth() {
        return truth;
    }

    /** Writes all files; what was written in a few words. */
    public String write(Path directory) throws IOException {
        Files.createDirectories(directory);
        long from = 0;
        for (int run = 0; run < model.runs(); run++) {
            long to = model.triggers() * (run + 1) / model.runs();
            writeRun(directory, run, to - from);
            from = to;
        }
        truth.write(directory);
        return truth.hits() + " hits in " + truth.frames() + " frames of " + model.triggers() + " triggers";
    }

    private void writeRun(Path directory, int run, long triggers) throws IOException {
        List<RunFiles> outputs = new ArrayList<>();
        List<CarrierBytes> bytes = new ArrayList<>();
        try {
            for (int r = 0; r < model.readouts(); r++) {
                outputs.add(new RunFiles(paths(directory, run, r), triggers));
                bytes.add(new CarrierBytes(model::placeOnReadout, carrier));
            }
            for (long t = 0; t < triggers; t++) {
                ChipEvents.Trigger trigger = events.next();
                for (int r = 0; r < outputs.size(); r++) {
                    write(outputs.get(r), bytes.get(r), trigger, r, t);
                }
            }
        } finally {
            for (RunFiles output : outputs) {
                output.close();
            }
        }
    }

    private List<Path> paths(Path directory, int run, int readout) {
        return IntStream.range(0, carrier == Carrier.KCU ? 1 : files)
                .mapToObj(f -> directory.resolve(carrier.file(run, readout, f)))
                .toList();
    }

    private void write(RunFiles output, CarrierBytes bytes, ChipEvents.Trigger trigger, int readout, long place)
            throws IOException {
        List<ChipEvents.ChipFrame> own = model.readouts() == 1
                ? trigger.frames()
                : trigger.frames().stream()
                        .filter(f -> model.readout(f.board()) == readout)
                        .toList();
        if (!own.isEmpty()) {
            byte[] data = bytes.of(trigger, own);
            output.write(data, output.cuts(place) ? bytes.cut(data, cuts) : 0, place);
        }
    }
}
