package etroc.source;

import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;

/** Some slices that one task reads one after the other. */
record HitPartition(List<HitSlice> slices) implements InputPartition {
    private static final long serialVersionUID = 1L;

    HitPartition {
        slices = List.copyOf(slices);
    }
}
