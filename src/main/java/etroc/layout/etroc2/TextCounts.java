package etroc.layout.etroc2;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * What a run of translated text holds, or a slice of it.
 *
 * @param counts all of {@link TextCount}
 * @param streams by channel
 */
public record TextCounts(Map<TextCount, Long> counts, Map<Integer, StreamCounts> streams) implements LayoutCounts {
    private static final long serialVersionUID = 1L;
    private static final List<TextCount> LINES = List.of(
            TextCount.EVENT_HEADERS,
            TextCount.EVENT_TRAILERS,
            TextCount.HEADERS,
            TextCount.DATA,
            TextCount.TRAILERS,
            TextCount.FILLERS,
            TextCount.BLANK,
            TextCount.BROKEN,
            TextCount.OTHER,
            TextCount.MALFORMED);

    /** Adds the slice that follows. */
    public TextCounts then(TextCounts next) {
        Map<TextCount, Long> sums = new EnumMap<>(counts);
        next.counts.forEach((what, n) -> sums.merge(what, n, Long::sum));
        Map<Integer, StreamCounts> all = new TreeMap<>(streams);
        next.streams.forEach((channel, c) -> all.merge(channel, c, StreamCounts::then));
        return new TextCounts(sums, all);
    }

    @Override
    public LayoutCounts and(LayoutCounts next) {
        return then((TextCounts) next);
    }

    @Override
    public Map<String, Long> named() {
        return CountNames.of(counts);
    }

    @Override
    public TextCounts whole() {
        Map<Integer, StreamCounts> all = new TreeMap<>(streams);
        all.replaceAll((channel, c) -> c.whole());
        all.values().removeIf(c -> c.words() == 0);
        return new TextCounts(counts, all);
    }

    /** One of the counts. */
    public long get(TextCount what) {
        return counts.getOrDefault(what, 0L);
    }

    @Override
    public boolean conserved() {
        return get(TextCount.LINES) == LINES.stream().mapToLong(this::get).sum()
                && get(TextCount.HEADERS) == sum(StreamCounts::header)
                && get(TextCount.DATA) == sum(StreamCounts::data)
                && get(TextCount.TRAILERS) == sum(StreamCounts::trailer)
                && streams.values().stream().allMatch(StreamCounts::conserved);
    }

    private long sum(ToLongFunction<StreamCounts> of) {
        return streams.values().stream().mapToLong(of).sum();
    }
}
