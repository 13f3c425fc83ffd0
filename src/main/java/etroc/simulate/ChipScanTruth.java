package etroc.simulate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What a simulated bench scan is made of, as CSV. */
final class ChipScanTruth {
    private ChipScanTruth() {}

    static void write(ChipScan model, Path directory) throws IOException {
        StringBuilder pixels = new StringBuilder("chip,row,column,baseline,width,slope,edge,cal,delay_slope\n");
        StringBuilder charges = new StringBuilder("row,column,charge,t50,jitter_ns,toa_ns,tot_ns\n");
        for (ChipScanPixel p : model.pixels()) {
            pixels.append(String.format(
                    Locale.ROOT,
                    "%s,%d,%d,%s,%s,%s,%s,%s,1\n",
                    model.chip(),
                    p.row(),
                    p.column(),
                    p.baseline(),
                    p.width(),
                    p.slope(),
                    p.edge(),
                    p.cal()));
            for (int q : model.charges()) {
                charges.append(String.format(
                        Locale.ROOT,
                        "%d,%d,%d,%s,%s,%s,%s\n",
                        p.row(),
                        p.column(),
                        q,
                        p.t50(q),
                        p.jitterNs(q),
                        p.toaNs(q, 0),
                        p.totNs(q)));
            }
        }
        Files.writeString(directory.resolve("truth.csv"), pixels, StandardCharsets.US_ASCII);
        Files.writeString(directory.resolve("truth_charges.csv"), charges, StandardCharsets.US_ASCII);
    }
}
