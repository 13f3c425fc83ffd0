package etroc.layout.etroc2;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a file of mixed word lines holds.
 *
 * @param counts all of {@link MixedCount}
 * @param streams by channel
 * @param bits of the channels
 */
public record MixedCounts(Map<MixedCount, Long> counts, Map<Integer, StreamCounts> streams, Map<Integer, Bits> bits)
        implements LayoutCounts {
    private static final long serialVersionUID = 1L;

    /**
     * What a channel's bits are: {@code 28 slices = 40 words + unsynced}.
     *
     * @param unsynced bits that belong to no word
     * @param losses how often reading fell out of step
     */
    public record Bits(long slices, long unsynced, long losses) implements Serializable {
        private static final long serialVersionUID = 1L;

        Bits and(Bits next) {
            return new Bits(slices + next.slices, unsynced + next.unsynced, losses + next.losses);
        }
    }

    @Override
    public LayoutCounts and(LayoutCounts next) {
        MixedCounts other = (MixedCounts) next;
        Map<MixedCount, Long> sums = new EnumMap<>(counts);
        other.counts.forEach((what, n) -> sums.merge(what, n, Long::sum));
        Map<Integer, StreamCounts> all = new TreeMap<>(streams);
        other.streams.forEach((channel, c) -> all.merge(channel, c, StreamCounts::then));
        Map<Integer, Bits> allBits = new TreeMap<>(bits);
        other.bits.forEach((channel, b) -> allBits.merge(channel, b, Bits::and));
        return new MixedCounts(sums, all, allBits);
    }

    @Override
    public LayoutCounts whole() {
        Map<Integer, StreamCounts> all = new TreeMap<>(streams);
        all.replaceAll((channel, c) -> c.whole());
        return new MixedCounts(counts, all, bits);
    }

    /** One of the counts. */
    public long get(MixedCount what) {
        return counts.getOrDefault(what, 0L);
    }

    @Override
    public boolean conserved() {
        long lines = counts.values().stream().mapToLong(Long::longValue).sum() - get(MixedCount.LINES);
        long slices = bits.values().stream().mapToLong(Bits::slices).sum();
        return lines == get(MixedCount.LINES)
                && slices == get(MixedCount.SLICES)
                && streams.keySet().equals(bits.keySet())
                && bits.entrySet().stream().allMatch(e -> conserved(e.getValue(), streams.get(e.getKey())));
    }

    private static boolean conserved(Bits bits, @org.jspecify.annotations.Nullable StreamCounts words) {
        return words != null
                && BitStream.SLICE_BITS * bits.slices == ChipWord.BITS * words.words() + bits.unsynced
                && words.conserved();
    }

    /** Those of channels as {@code <channel> <name>}. */
    @Override
    public Map<String, Long> named() {
        Map<String, Long> named = new LinkedHashMap<>(CountNames.of(counts));
        bits.forEach((channel, b) -> {
            named.put(channel + " unsynced_bits", b.unsynced);
            named.put(channel + " losses_of_step", b.losses);
        });
        return named;
    }
}
