package etroc.telescope.etroc2;

import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Runs of a beam as the reader of ETROC2 data gives them.
 *
 * @param hits of complete frames, columns as {@code spark.read().format("etroc2")} has them
 * @param frames all of them, also those without hits
 * @param texts runs that a DAQ wrote as text, perhaps without the frames that have no hits
 */
public record BeamInput(Dataset<Row> hits, Dataset<Row> frames, Set<String> texts) {
    public BeamInput {
        texts = Set.copyOf(texts);
    }

    /** Runs of which every frame was written. */
    public BeamInput(Dataset<Row> hits, Dataset<Row> frames) {
        this(hits, frames, Set.of());
    }
}
