package etroc.ingest.etroc2;

import etroc.source.etroc2.Etroc2Quality;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What was ingested of ETROC2, read from Parquet with the columns and types of the data source {@code etroc2}.
 *
 * @param hits of complete frames
 * @param frames all of them, also empty and incomplete ones
 * @param batches numbers of those that hold them
 */
public record Etroc2Ingested(Dataset<Row> hits, Dataset<Row> frames, Etroc2Quality quality, List<Integer> batches) {}
