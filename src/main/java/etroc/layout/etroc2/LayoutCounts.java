package etroc.layout.etroc2;

import java.io.Serializable;
import java.util.Map;

/** What a file, or a run whose files are one stream, holds, or a slice of it. */
public sealed interface LayoutCounts extends Serializable permits KcuCounts, FpgaCounts, TextCounts, MixedCounts {
    /** Adds the slice that follows, which is of the same layout. */
    LayoutCounts and(LayoutCounts next);

    /** The counts of a whole unit: words before its first header are outside frames. */
    LayoutCounts whole();

    /** Whether every word and every frame of a whole unit is accounted for once. */
    boolean conserved();

    /** What is counted beside the streams, by name. */
    Map<String, Long> named();

    /** The streams' own counts. */
    Map<Integer, StreamCounts> streams();

    /** Number of headers of frames. */
    default long headers() {
        return streams().values().stream().mapToLong(StreamCounts::header).sum();
    }
}
