package etroc.source.etroc2;

import etroc.About;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was counted in files, and what is wrong in them.
 *
 * @param counts those that are not 0
 * @param errors the first ones of each part of a file
 */
public record Etroc2Quality(List<Count> counts, List<Fault> errors) {
    /** A count of a file. */
    @About(
            "a count of an ETROC2 file that is not 0; data = hits + unterminated_data + orphan_data, header = frames + no_trailer + open_at_end, trailer = frames + orphan_trailer")
    public record Count(
            @About("name of the run") String run,
            @About("number of the file in the run, from 0") int split,
            @About("where it was read") String path,
            @About("layout, with the dialect of text") String layout,

            @About("e-link or channel; empty: of the file") @Nullable
            Integer stream,

            @About("what was counted, as in formats.md") String counter,

            @About("how many; what goes on into the next file counts where it begins")
            long count)
            implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** Something that is wrong at a place. */
    @About(
            "a place of an ETROC2 file that is not as it should be; the number kept is limited, file_counts has the true one")
    public record Fault(
            @About("name of the run") String run,
            @About("number of the file in the run, from 0") int split,
            @About("where it was read") String path,
            @About("word or line, from 0") long line,
            @About("what it is, such as no_event_trailer") String kind,
            @About("in words") String text)
            implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** Sum of a counter. */
    public long sum(String counter) {
        return counts.stream()
                .filter(c -> c.counter.equals(counter))
                .mapToLong(Count::count)
                .sum();
    }

    /** Sum of a counter of a run. */
    public long sum(String run, String counter) {
        return counts.stream()
                .filter(c -> c.counter.equals(counter) && c.run.equals(run))
                .mapToLong(Count::count)
                .sum();
    }
}
