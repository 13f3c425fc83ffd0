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
        Map<Integer, StreamCounts> streams) {

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

    /** The counts of a whole file. */
    public KcuCounts whole() {
        Map<Integer, StreamCounts> all = new TreeMap<>(streams);
        all.replaceAll((stream, counts) -> counts.whole());
        return new KcuCounts(records, padding, markerMismatches, reservedBits, fullRecords, trailingBytes, all);
    }

    /** Whether every record of a whole file is accounted for once. */
    public boolean conserved() {
        long words = streams.values().stream().mapToLong(StreamCounts::words).sum();
        return records == padding + words && streams.values().stream().allMatch(StreamCounts::conserved);
    }
}
