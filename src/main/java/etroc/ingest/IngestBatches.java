package etroc.ingest;

import com.fasterxml.jackson.databind.json.JsonMapper;
import etroc.InputException;
import etroc.runs.DataFile;
import etroc.runs.Inventory;
import etroc.store.Manifest;
import etroc.store.Output;
import etroc.store.ResultSetReader;
import etroc.store.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** The batches of an output's {@code hits/}: {@code ingest=<number>}, each with its hits and a record of the files that they are from. */
public final class IngestBatches {
    private static final String PREFIX = HitIngest.INGEST + "=";
    private static final String RECORD = "_batch.json";
    private static final JsonMapper JSON = new JsonMapper();

    private final Output output;

    public IngestBatches(Output output) {
        this.output = output;
    }

    /**
     * Some files that were ingested together.
     *
     * @param number of the batch; later ones win
     * @param how fingerprint of the settings and the code that read them
     * @param files in the order of the column {@code file_index}
     * @param malformed lines that were left out, at most so many as the settings keep
     * @param parts names of the Parquet files
     * @param slices that had rows, by file and place
     */
    public record Batch(
            int number,
            String how,
            List<FileQuality> files,
            List<MalformedLine> malformed,
            List<String> parts,
            List<SliceRows> slices) {}

    /** All whole batches, by number. */
    public List<Batch> all() throws IOException {
        List<Batch> batches = new ArrayList<>();
        for (String name : output.directories(output.hits())) {
            Path file = new Path(new Path(output.hits(), name), RECORD);
            Optional<byte[]> record = name.startsWith(PREFIX) ? output.find(file) : Optional.empty();
            if (record.isPresent()) {
                try {
                    batches.add(JSON.readValue(record.get(), Batch.class));
                } catch (com.fasterxml.jackson.core.JacksonException e) {
                    throw new InputException(file + " is damaged: " + e.getOriginalMessage(), e);
                }
            }
        }
        batches.sort(Comparator.comparingInt(Batch::number));
        return batches;
    }

    /**
     * The files that an output's newest result was made from, without looking for them: they may be archived.
     *
     * @throws InputException if their hits are gone
     */
    public static Inventory inventory(Output output) throws IOException {
        Manifest manifest = Manifest.read(output, output.latestResult().getName());
        List<String> used = manifest.texts("hits");
        Map<String, DataFile> known = new HashMap<>();
        for (Batch batch : new IngestBatches(output).all()) {
            if (used.contains(Integer.toString(batch.number()))) {
                batch.files().stream().map(FileQuality::file).forEach(f -> known.put(f.path() + " " + f.length(), f));
            }
        }
        List<DataFile> files = new ArrayList<>();
        try (ResultSetReader reader = new ResultSetReader(output)) {
            for (Table.Row row : reader.table("quality").byName()) {
                DataFile file = known.get(row.text("path") + " " + row.integer("bytes"));
                if (file == null) {
                    throw new InputException("the hits of " + row.text("path") + " are no more in " + output.hits());
                }
                files.add(file);
            }
        }
        return new Inventory(files, List.of(), 0);
    }

    /** A number that no batch has had, whole or not. */
    int nextNumber() throws IOException {
        return 1
                + output.directories(output.hits()).stream()
                        .filter(n -> n.matches(PREFIX + "\\d+"))
                        .mapToInt(n -> Integer.parseInt(n.substring(PREFIX.length())))
                        .max()
                        .orElse(0);
    }

    /** Where a batch is. */
    Path place(int number) {
        return new Path(output.hits(), PREFIX + number);
    }

    /** The Parquet files of a batch. */
    List<String> files(Batch batch) {
        return batch.parts.stream()
                .map(p -> new Path(place(batch.number), p).toString())
                .toList();
    }

    /** Makes a staged batch appear. */
    void publish(Path staging, Batch batch) throws IOException {
        output.publish(staging, place(batch.number), RECORD, JSON.writeValueAsBytes(batch));
    }
}
