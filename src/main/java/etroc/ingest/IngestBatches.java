package etroc.ingest;

import etroc.store.Draft;
import etroc.store.Manifest;
import etroc.store.Output;
import etroc.store.Output.Part;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/** The batches of an output: hits in {@code hits/ingest=<number>}, the files that they are from in {@code files/ingest=<number>}. */
final class IngestBatches {
    private final Output output;

    IngestBatches(Output output) {
        this.output = output;
    }

    /**
     * Some files that were ingested together.
     *
     * @param number of the batch; later ones win
     * @param how fingerprint of the settings and the code that read them
     * @param filesWithHits how many of its files have hits
     * @param malformed lines that were left out, at most so many as the settings keep
     */
    record Batch(int number, String how, int filesWithHits, List<MalformedLine> malformed) {}

    /** All whole batches that this program can read, by number. */
    List<Batch> all() throws IOException {
        return output.records(Part.HITS, Batch.class).values().stream()
                .sorted(Comparator.comparingInt(Batch::number))
                .toList();
    }

    /** Where the hits of a batch are. */
    Path hits(int number) {
        return output.path(Part.HITS, Manifest.BATCH + number);
    }

    /** Where the files of a batch are. */
    Path files(int number) {
        return output.path(Part.FILES, Manifest.BATCH + number);
    }

    /** Begins the files of a batch. */
    Draft newFiles() throws IOException {
        return output.numbered(Part.FILES, Part.HITS, Manifest.BATCH);
    }

    /**
     * Makes the files of a batch appear, which takes its number: there are no hits without their files.
     *
     * @return the number
     */
    int publish(Draft files) throws IOException {
        return Integer.parseInt(files.publish(Map.of()).substring(Manifest.BATCH.length()));
    }

    /** Removes the files of a batch whose hits could not be written. */
    void forget(int number) throws IOException {
        output.remove(Part.FILES, Manifest.BATCH + number);
    }

    /** Begins the hits of a batch whose files are there. */
    Draft newHits(int number) throws IOException {
        return output.draft(Part.HITS, Manifest.BATCH + number);
    }
}
