package etroc.source;

import etroc.runs.Inventory;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.connector.catalog.SupportsMetadataColumns;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jspecify.annotations.Nullable;

/** Files of hits as a table. The files are listed once, when the table is first read. */
final class HitTable implements SupportsRead, SupportsMetadataColumns {
    /** Column that is there when it is asked for: place of the file in the list. */
    static final String FILE_INDEX = "file_index";
    /** Column that is there when it is asked for: place of the row among those of its file, before any filter. */
    static final String ROW = "row";

    private final HitOptions options;
    private final StructType schema;
    private @Nullable Inventory inventory;

    HitTable(HitOptions options, StructType schema) {
        this.options = options;
        this.schema = schema;
    }

    @Override
    public String name() {
        List<String> paths = options.paths();
        return Etroc1Source.FORMAT + " " + String.join(", ", paths.subList(0, Math.min(3, paths.size())));
    }

    @Override
    @SuppressWarnings("deprecation") // columns() falls back to it
    public StructType schema() {
        return schema;
    }

    @Override
    public Set<TableCapability> capabilities() {
        return EnumSet.of(TableCapability.BATCH_READ);
    }

    private record Hidden(String name, DataType dataType, boolean isNullable, String comment)
            implements MetadataColumn {}

    @Override
    public MetadataColumn[] metadataColumns() {
        return options.table() == HitOptions.Kind.QUALITY
                ? new MetadataColumn[0]
                : new MetadataColumn[] {
                    new Hidden(FILE_INDEX, DataTypes.IntegerType, false, "place of the file in the list"),
                    new Hidden(
                            ROW,
                            DataTypes.LongType,
                            options.corruptRows() != null,
                            "place of the row among those of its file, before any filter")
                };
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap ignored) {
        List<HitSlice> slices = slices(SparkSession.active());
        return options.table() == HitOptions.Kind.QUALITY
                ? () -> new HitScan(slices, options, schema, new CodeFilter())
                : new HitScanBuilder(slices, options, schema);
    }

    /** Rows of {@code quality} are whole files, unless somebody else adds up slices. */
    private List<HitSlice> slices(SparkSession spark) {
        String staged = options.staged();
        if (staged != null) {
            return StagedFiles.find(staged).slices();
        }
        if (inventory == null) {
            inventory = Inventory.list(options.paths(), spark.sessionState().newHadoopConf(), options.names());
        }
        if (options.table() == HitOptions.Kind.QUALITY) {
            return SlicePlan.wholeFiles(inventory.files());
        }
        int partitions = SlicePlan.partitions(spark.sparkContext(), options.partitions());
        return SlicePlan.slices(inventory.files(), partitions, options.partitions() > 0);
    }
}
