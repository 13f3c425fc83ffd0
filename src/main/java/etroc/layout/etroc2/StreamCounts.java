package etroc.layout.etroc2;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one stream holds, or the part of it that stands in one slice of a file. A word belongs to the slice in which it stands, a frame to
 * the one in which its header does. Of words before a slice's first header only {@link #then} can say whether they end a frame of the slice
 * before.
 *
 * @param header headers, that is {@code frames + noTrailer + openAtEnd}
 * @param data data words, that is {@code hits + unterminatedData + orphanData}
 * @param trailer trailers, that is {@code frames + orphanTrailer}
 * @param filler fillers of the chip
 * @param firmwareFiller fillers of the firmware
 * @param reserved reserved words
 * @param frames complete frames
 * @param hits data words of complete frames
 * @param noTrailer frames that the next header ended
 * @param unterminatedData data words of frames without a trailer
 * @param orphanData data words outside frames, also those that a frame has too many
 * @param orphanTrailer trailers outside frames
 * @param openAtEnd 1 if the unit ended within a frame
 * @param missingTriggers L1 counter steps of 0 to 32, each minus 1, summed
 * @param l1Repeats headers with the L1 counter of the one before
 * @param l1Jumps steps of the L1 counter beyond 32
 * @param border what the neighbouring slices need to know
 */
public record StreamCounts(
        long header,
        long data,
        long trailer,
        long filler,
        long firmwareFiller,
        long reserved,
        long frames,
        long hits,
        long noTrailer,
        long unterminatedData,
        long orphanData,
        long orphanTrailer,
        long openAtEnd,
        long missingTriggers,
        long l1Repeats,
        long l1Jumps,
        Border border)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Largest step of the L1 counter that counts as missing triggers. */
    private static final int MAX_STEP = 32;

    /**
     * The two ends of a stream's part.
     *
     * @param firstL1 L1 counter of the first header; -1: there is none
     * @param lastL1 of the last one
     * @param leadingData data words before the first header and before the first trailer
     * @param leadingTrailer whether a trailer stands before the first header
     * @param leadingEnd whether a unit of frames ended before the first header
     * @param open whether the part ends within a frame that began in it
     */
    public record Border(
            int firstL1, int lastL1, long leadingData, boolean leadingTrailer, boolean leadingEnd, boolean open)
            implements Serializable {
        private static final long serialVersionUID = 1L;
        /** Whether words that follow may belong to a frame that began before this part. */
        boolean passed() {
            return firstL1 < 0 && !leadingTrailer && !leadingEnd;
        }
    }

    /** Adds what follows in the same unit. */
    public StreamCounts then(StreamCounts next) {
        boolean here = border.firstL1 >= 0;
        boolean there = next.border.firstL1 >= 0;
        // words at the beginning of what follows: of the frame that is open here, of one that is open still earlier, or
        // of none
        boolean passed = border.passed();
        boolean orphans = !border.open && !passed;
        Border both = new Border(
                here ? border.firstL1 : next.border.firstL1,
                there ? next.border.lastL1 : border.lastL1,
                border.leadingData + (passed ? next.border.leadingData : 0),
                border.leadingTrailer || (passed && next.border.leadingTrailer),
                border.leadingEnd || (passed && next.border.leadingEnd),
                there ? next.border.open : border.open && next.border.passed());
        int step = here && there ? (next.border.firstL1 - border.lastL1) & 0xFF : 1;
        return new StreamCounts(
                header + next.header,
                data + next.data,
                trailer + next.trailer,
                filler + next.filler,
                firmwareFiller + next.firmwareFiller,
                reserved + next.reserved,
                frames + next.frames,
                hits + next.hits,
                noTrailer + next.noTrailer,
                unterminatedData + next.unterminatedData,
                orphanData + next.orphanData + (orphans ? next.border.leadingData : 0),
                orphanTrailer + next.orphanTrailer + (orphans && next.border.leadingTrailer ? 1 : 0),
                openAtEnd + next.openAtEnd,
                missingTriggers + next.missingTriggers + missing(step),
                l1Repeats + next.l1Repeats + (step == 0 ? 1 : 0),
                l1Jumps + next.l1Jumps + (jumps(step) ? 1 : 0),
                both);
    }

    /** Triggers missing at a step; two that came close together step by 2 and then by 0, which makes none. */
    static long missing(int step) {
        return jumps(step) ? 0 : step - 1;
    }

    static boolean jumps(int step) {
        return step > MAX_STEP;
    }

    /** The counts of a whole unit: words before its first header are outside frames. */
    public StreamCounts whole() {
        return new StreamCounts(
                header,
                data,
                trailer,
                filler,
                firmwareFiller,
                reserved,
                frames,
                hits,
                noTrailer,
                unterminatedData,
                orphanData + border.leadingData,
                orphanTrailer + (border.leadingTrailer ? 1 : 0),
                openAtEnd,
                missingTriggers,
                l1Repeats,
                l1Jumps,
                new Border(border.firstL1, border.lastL1, 0, false, false, false));
    }

    /** The counts by name. */
    public Map<String, Long> named() {
        Map<String, Long> named = new LinkedHashMap<>();
        named.put("header", header);
        named.put("data", data);
        named.put("trailer", trailer);
        named.put("filler", filler);
        named.put("firmware_filler", firmwareFiller);
        named.put("reserved", reserved);
        named.put("frames", frames);
        named.put("hits", hits);
        named.put("no_trailer", noTrailer);
        named.put("unterminated_data", unterminatedData);
        named.put("orphan_data", orphanData);
        named.put("orphan_trailer", orphanTrailer);
        named.put("open_at_end", openAtEnd);
        named.put("missing_triggers", missingTriggers);
        named.put("l1_repeats", l1Repeats);
        named.put("l1_jumps", l1Jumps);
        return named;
    }

    /** All words. */
    public long words() {
        return header + data + trailer + filler + firmwareFiller + reserved;
    }

    /** Whether every word and every frame of a whole unit is accounted for once. */
    public boolean conserved() {
        return header == frames + noTrailer + openAtEnd
                && data == hits + unterminatedData + orphanData
                && trailer == frames + orphanTrailer;
    }
}
