package etroc.ingest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import etroc.InputException;
import etroc.store.Output;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;

/** The batches of an output: hits in {@code hits/ingest=<number>}, the files that they are from in {@code files/ingest=<number>}. */
final class IngestBatches {
    private static final String PREFIX = HitIngest.INGEST + "=";
    private static final String RECORD = "_batch.json";
    /** Fields that another version wrote are passed over. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Output output;

    IngestBatches(Output output) {
        this.output = output;
    }

    /**
     * Some files that were ingested together.
     *
     * @param format of what is stored; batches of another one are not read
     * @param number of the batch; later ones win
     * @param how fingerprint of the settings and the code that read them
     * @param filesWithHits how many of its files have hits
     * @param malformed lines that were left out, at most so many as the settings keep
     */
    record Batch(int format, int number, String how, int filesWithHits, List<MalformedLine> malformed) {
        static final int FORMAT = 2;
    }

    /** All whole batches that this program can read, by number. */
    List<Batch> all() throws IOException {
        List<Batch> batches = new ArrayList<>();
        for (String name : output.directories(output.hits())) {
            Path file = new Path(new Path(output.hits(), name), RECORD);
            Optional<byte[]> record = name.startsWith(PREFIX) ? output.find(file) : Optional.empty();
            if (record.isPresent()) {
                try {
                    Batch batch = JSON.readValue(record.get(), Batch.class);
                    if (batch.format == Batch.FORMAT) {
                        batches.add(batch);
                    }
                } catch (JacksonException e) {
                    throw new InputException(file + " is damaged: " + e.getOriginalMessage(), e);
                }
            }
        }
        batches.sort(Comparator.comparingInt(Batch::number));
        return batches;
    }

    /** A number that no batch has had, whole or not. */
    int nextNumber() throws IOException {
        return 1
                + Stream.concat(output.directories(output.hits()).stream(), output.directories(output.files()).stream())
                        .filter(n -> n.matches(PREFIX + "\\d+"))
                        .mapToInt(n -> Integer.parseInt(n.substring(PREFIX.length())))
                        .max()
                        .orElse(0);
    }

    /** Where the hits of a batch are. */
    Path hits(int number) {
        return new Path(output.hits(), PREFIX + number);
    }

    /** Where the files of a batch are. */
    Path files(int number) {
        return new Path(output.files(), PREFIX + number);
    }

    /** Makes a staged batch appear: there are no hits without their files. */
    void publish(Path files, Path hits, Batch batch) throws IOException {
        output.publish(files, files(batch.number), "_SUCCESS", "".getBytes(StandardCharsets.UTF_8));
        output.publish(hits, hits(batch.number), RECORD, JSON.writeValueAsBytes(batch));
    }
}
