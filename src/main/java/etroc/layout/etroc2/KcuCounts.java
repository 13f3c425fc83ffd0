package etroc.layout.etroc2;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a KCU file holds, or a slice of it: {@code records = padding + words of all streams}.
 *
 * @param records whole records
 * @param padding records that hold no word
 * @param markerMismatches records whose markers differ from the kind of their word
 * @param reservedBits records whose bits 63..56 are not zero
 * @param fullRecords records sent while their FIFO was full
 * @param trailingBytes bytes at the end that are no record, 0..7
 * @param streams by e-link
 */
public record KcuCounts(
        long records,
        long padding,
        long markerMismatches,
        long reservedBits,
        long fullRecords,
        long trailingBytes,
        Map<Integer, StreamCounts> streams)
        implements LayoutCounts {
    private static final long serialVersionUID = 1L;

    /** Adds the slice that follows. */
    public KcuCounts then(KcuCounts next) {
        Map<Integer, StreamCounts> all = new TreeMap<>(streams);
        next.streams.forEach((stream, counts) -> all.merge(stream, counts, StreamCounts::then));
        return new KcuCounts(
                records + next.records,
                padding + next.padding,
                markerMismatches + next.markerMismatches,
                reservedBits + next.reservedBits,
                fullRecords + next.fullRecords,
                trailingBytes + next.trailingBytes,
                all);
    }

    @Override
    public LayoutCounts and(LayoutCounts next) {
        return then((KcuCounts) next);
    }

    @Override
    public KcuCounts whole() {
        Map<Integer, StreamCounts> all = new TreeMap<>(streams);
        all.replaceAll((stream, counts) -> counts.whole());
        return new KcuCounts(records, padding, markerMismatches, reservedBits, fullRecords, trailingBytes, all);
    }

    @Override
    public Map<String, Long> named() {
        return Map.of(
                "records", records,
                "padding", padding,
                "marker_mismatches", markerMismatches,
                "reserved_bits", reservedBits,
                "full_records", fullRecords,
                "trailing_bytes", trailingBytes);
    }

    @Override
    public boolean conserved() {
        long words = streams.values().stream().mapToLong(StreamCounts::words).sum();
        return records == padding + words && streams.values().stream().allMatch(StreamCounts::conserved);
    }
}
