package etroc.hits;

/**
 * A file whose hits are in Parquet, and where.
 *
 * @param ingest number of the batch that it was ingested with, column {@link HitIngest#INGEST}
 * @param fileIndex its place in that batch, column {@link HitIngest#FILE}
 * @param quality what the file holds
 */
public record IngestedFile(int ingest, int fileIndex, FileQuality quality) {}
