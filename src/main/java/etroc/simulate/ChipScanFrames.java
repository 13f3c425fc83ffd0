package etroc.simulate;

import etroc.layout.etroc2.ChipWord;
import etroc.layout.etroc2.ChipWriter;
import etroc.simulate.ChipEvents.ChipFrame;
import etroc.simulate.ChipEvents.Trigger;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.apache.commons.math3.random.RandomGenerator;

/** The frames of a measurement, one a pulse. */
final class ChipScanFrames {
    private static final int CHIP = 0x00CF4;
    private static final int BCID = 719;
    private static final int CODES = 1024;

    private final ChipScan model;
    private final Carrier carrier;
    private final RandomGenerator random;
    private final FrameFlaws flaws;
    private CarrierBytes bytes;
    private long trigger;

    ChipScanFrames(ChipScan model, Carrier carrier, RandomGenerator random) {
        this.model = model;
        this.carrier = carrier;
        this.random = random;
        this.flaws = new FrameFlaws(random, carrier.hasFillers());
        this.bytes = new CarrierBytes(board -> board, carrier);
    }

    String file() {
        return carrier == Carrier.FPGA ? "file_0.bin" : "TDC_Data_translated_0.nem";
    }

    /** The bytes of all frames of a folder. */
    byte[] of(ChipScanPixel pixel, int charge, int threshold, int delay) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        bytes = new CarrierBytes(board -> board, carrier);
        trigger = 0;
        for (int pulse = 0; pulse < model.pulses(); pulse++) {
            long crossing = (long) pulse * ChipWord.CROSSINGS + BCID;
            long hit = pixel.hit(charge, threshold, delay, random);
            add(all, crossing, hit < 0 ? new long[0] : new long[] {wild(hit)});
            double echoes = model.flaws().echoes();
            if (echoes > 0 && random.nextDouble() < echoes) {
                add(all, crossing + ChipScanFlaws.ECHO, new long[0]);
            }
        }
        return all.toByteArray();
    }

    private long wild(long hit) {
        double fraction = model.flaws().wildCal();
        return fraction > 0 && random.nextDouble() < fraction
                ? ChipWord.data(
                        0,
                        ChipWord.column(hit),
                        ChipWord.row(hit),
                        ChipWord.toa(hit),
                        ChipWord.tot(hit),
                        random.nextInt(CODES))
                : hit;
    }

    private void add(ByteArrayOutputStream all, long crossing, long[] data) {
        long header = ChipWord.header((int) trigger & 0xFF, 0, (int) (crossing % ChipWord.CROSSINGS));
        long[] words = new long[data.length + 2];
        words[0] = header;
        System.arraycopy(data, 0, words, 1, data.length);
        words[data.length + 1] = ChipWriter.trailer(header, data, CHIP, 0);
        double bad = model.flaws().badFrames();
        if (bad > 0 && random.nextDouble() < bad) {
            words = flaws.apply(flaws.draw(data.length), words, CHIP);
        }
        List<ChipFrame> frames = List.of(new ChipFrame(0, words));
        all.writeBytes(bytes.of(new Trigger(trigger, crossing, frames), frames));
        trigger++;
    }
}
