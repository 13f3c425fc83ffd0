package etroc.ingest;

import java.util.List;

/**
 * A file whose hits are in Parquet, and where.
 *
 * @param ingest number of the batch that it was ingested with, column {@link HitIngest#INGEST}
 * @param fileIndex its place in that batch, column {@link HitIngest#FILE}
 * @param quality what the file holds
 * @param slices that it was read in, from its begin to its end
 */
public record IngestedFile(int ingest, int fileIndex, FileQuality quality, List<SliceRows> slices) {}
