package etroc.ingest.etroc2;

import etroc.layout.etroc2.Etroc2Layout;
import etroc.source.etroc2.Etroc2Quality;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What was ingested of ETROC2, read from Parquet with the columns and types of the data source {@code etroc2}.
 *
 * @param hits of complete frames
 * @param frames all of them, also empty and incomplete ones
 * @param batches numbers of those that hold them
 */
public record Etroc2Ingested(Dataset<Row> hits, Dataset<Row> frames, Etroc2Quality quality, List<Integer> batches) {
    /** Runs that a DAQ wrote as text, perhaps without the frames that have no hits. */
    public Set<String> texts() {
        return quality.counts().stream()
                .filter(c -> c.layout().startsWith(Etroc2Layout.NEM.optionName()))
                .map(Etroc2Quality.Count::run)
                .collect(Collectors.toSet());
    }
}
