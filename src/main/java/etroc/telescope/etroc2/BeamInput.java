package etroc.telescope.etroc2;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Runs of a beam as the reader of ETROC2 data gives them.
 *
 * @param hits of complete frames, columns as {@code spark.read().format("etroc2")} has them
 * @param frames all of them, also those without hits
 */
public record BeamInput(Dataset<Row> hits, Dataset<Row> frames) {}
