package etroc.ingest;

/**
 * A file whose hits are in Parquet, and where.
 *
 * @param ingest number of the batch that it was ingested with, column {@link HitIngest#INGEST}
 * @param fileIndex its place in that batch, column {@link HitIngest#FILE}
 * @param run index of its run in the inventory's sorted list of runs
 * @param quality what the file holds
 */
public record IngestedFile(int ingest, int fileIndex, int run, FileQuality quality) {}
