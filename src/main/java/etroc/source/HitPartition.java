package etroc.source;

import etroc.layout.FileSlice;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;

/** Some slices that one task reads one after the other. */
public record HitPartition(List<FileSlice> slices) implements InputPartition {
    private static final long serialVersionUID = 1L;

    public HitPartition {
        slices = List.copyOf(slices);
    }
}
