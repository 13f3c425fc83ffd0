package etroc.layout.etroc2;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run of FPGA words holds, or a slice of it.
 *
 * @param counts all of {@link FpgaCount}
 * @param streams by channel
 */
public record FpgaCounts(Map<FpgaCount, Long> counts, Map<Integer, StreamCounts> streams) implements LayoutCounts {
    private static final long serialVersionUID = 1L;

    /** Adds the slice that follows. */
    public FpgaCounts then(FpgaCounts next) {
        Map<FpgaCount, Long> sums = new EnumMap<>(counts);
        next.counts.forEach((what, n) -> sums.merge(what, n, Long::sum));
        Map<Integer, StreamCounts> all = new TreeMap<>(streams);
        next.streams.forEach((channel, c) -> all.merge(channel, c, StreamCounts::then));
        return new FpgaCounts(sums, all);
    }

    /** One of the counts. */
    public long get(FpgaCount what) {
        return counts.getOrDefault(what, 0L);
    }

    @Override
    public LayoutCounts and(LayoutCounts next) {
        return then((FpgaCounts) next);
    }

    /** Frames do not go on from event to event. */
    @Override
    public FpgaCounts whole() {
        return this;
    }

    @Override
    public Map<String, Long> named() {
        return CountNames.of(counts);
    }

    @Override
    public boolean conserved() {
        long words = get(FpgaCount.EVENT_WORDS)
                + get(FpgaCount.ZERO_WORDS)
                + get(FpgaCount.OLD_FILLERS)
                + get(FpgaCount.FIFO_FILLERS)
                + get(FpgaCount.CLOCK_FILLERS)
                + get(FpgaCount.CLOCK2_FILLERS)
                + get(FpgaCount.RAW_DUMP_WORDS)
                + get(FpgaCount.UNKNOWN_WORDS);
        long inStreams =
                streams.values().stream().mapToLong(StreamCounts::words).sum();
        return words == get(FpgaCount.WORDS)
                && get(FpgaCount.CHIP_WORDS) == inStreams + get(FpgaCount.WORDS_OUTSIDE_FRAMES)
                && streams.values().stream().allMatch(StreamCounts::conserved);
    }
}
