package etroc.ingest;

import com.fasterxml.jackson.annotation.JsonIgnore;
import etroc.store.Draft;
import etroc.store.Manifest;
import etroc.store.Output;
import etroc.store.Output.Part;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.fs.Path;

/** The batches of an output's {@code hits/}: {@code ingest=<number>}, each with its hits and a record of the files that they are from. */
public final class IngestBatches {
    private final Output output;

    public IngestBatches(Output output) {
        this.output = output;
    }

    /**
     * Some files that were ingested together.
     *
     * @param number of the batch, which its directory has; later ones win
     * @param how fingerprint of the settings and the code that read them
     * @param files in the order of the column {@code file_index}
     * @param malformed lines that were left out, at most so many as the settings keep
     * @param parts names of the Parquet files
     * @param slices that had rows, by file and place
     */
    public record Batch(
            @JsonIgnore int number,
            String how,
            List<FileQuality> files,
            List<MalformedLine> malformed,
            List<String> parts,
            List<SliceRows> slices) {
        Batch numbered(String directory) {
            int own = Integer.parseInt(directory.substring(Manifest.BATCH.length()));
            return new Batch(own, how, files, malformed, parts, slices);
        }
    }

    /** All whole batches, by number. */
    public List<Batch> all() throws IOException {
        return output.records(Part.HITS, Batch.class).entrySet().stream()
                .map(e -> e.getValue().numbered(e.getKey()))
                .sorted(Comparator.comparingInt(Batch::number))
                .toList();
    }

    /** Begins a batch. */
    Draft draft() throws IOException {
        return output.numbered(Part.HITS, Manifest.BATCH);
    }

    /** The Parquet files of a batch. */
    List<String> files(Batch batch) {
        Path place = output.path(Part.HITS, Manifest.BATCH + batch.number);
        return batch.parts.stream().map(p -> new Path(place, p).toString()).toList();
    }
}
