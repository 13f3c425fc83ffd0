package etroc.simulate;

import etroc.layout.etroc2.ChipWriter;
import etroc.layout.etroc2.TextDialect;
import etroc.layout.etroc2.TextWriter;
import etroc.simulate.ChipEvents.ChipFrame;
import etroc.simulate.ChipEvents.Trigger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.apache.commons.math3.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The bytes of triggers as a readout board writes them. */
final class CarrierBytes {
    /** Bunch crossings between two fillers of the FPGA's clock, which come every 25 ms. */
    private static final long CLOCK_CROSSINGS = 1_000_000;

    private static final int CLOCK_FILLER = 0x5590FF00;
    private static final int ELINKS_A_BOARD = 4;
    private static final int EVENT_TYPE = 1;

    private final IntUnaryOperator places;
    private final Carrier carrier;
    private final @Nullable TextWriter text;
    private int event;
    private long clock = -1;

    /** @param places of boards on their readout board */
    CarrierBytes(IntUnaryOperator places, Carrier carrier) {
        this.places = places;
        this.carrier = carrier;
        this.text = carrier.dialect().map(TextWriter::new).orElse(null);
    }

    /** The bytes of a trigger's frames, at least one. */
    byte[] of(Trigger trigger, List<ChipFrame> frames) {
        long[] words =
                frames.stream().flatMapToLong(f -> Arrays.stream(f.words())).toArray();
        if (text != null) {
            return text(text, frames, words).getBytes(StandardCharsets.US_ASCII);
        }
        return carrier == Carrier.KCU ? kcu(frames) : fpga(trigger, frames, words);
    }

    private byte[] kcu(List<ChipFrame> frames) {
        return ChipWriter.kcuBytes(frames.stream()
                .flatMapToLong(f -> {
                    int elink = ELINKS_A_BOARD * places.applyAsInt(f.board());
                    return Arrays.stream(f.words()).map(w -> ChipWriter.kcuRecord(elink, w));
                })
                .toArray());
    }

    private byte[] fpga(Trigger trigger, List<ChipFrame> frames, long[] words) {
        int mask = frames.stream().mapToInt(f -> 1 << f.board()).sum();
        int[] own = ChipWriter.fpgaEvent(mask, event++, EVENT_TYPE, words);
        long now = trigger.crossing() / CLOCK_CROSSINGS;
        int ticks = clock < 0 ? 0 : (int) (now - clock);
        clock = now;
        int[] all = new int[ticks + own.length];
        Arrays.fill(all, 0, ticks, CLOCK_FILLER);
        System.arraycopy(own, 0, all, ticks, own.length);
        return ChipWriter.fpgaBytes(all);
    }

    private String text(TextWriter writer, List<ChipFrame> frames, long[] words) {
        StringBuilder lines = new StringBuilder(writer.eventHeader(event & 0xFFFF, EVENT_TYPE, words));
        int hits = 0;
        for (ChipFrame frame : frames) {
            for (long word : frame.words()) {
                lines.append(writer.word(frame.board(), word));
                hits += word >>> 39 != 0 ? 1 : 0;
            }
        }
        lines.append(writer.eventTrailer(event & 0xFFFF, EVENT_TYPE, hits, 0, 0, 0));
        event++;
        return lines.toString();
    }

    /** A place within a trigger at which a file may end: between words or lines; at its beginning where files end with events. */
    int cut(byte[] bytes, RandomGenerator random) {
        if (carrier == Carrier.KCU
                || carrier.dialect().filter(d -> d == TextDialect.SEM_2).isPresent()) {
            return 0;
        }
        int place = random.nextInt(bytes.length);
        if (text == null) {
            return place / Integer.BYTES * Integer.BYTES;
        }
        while (place > 0 && bytes[place - 1] != '\n') {
            place--;
        }
        return place;
    }
}
