package etroc.source;

import etroc.runs.Inventory;
import java.util.EnumSet;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jspecify.annotations.Nullable;

/** Files of hits as a table. The files are listed once, when the table is first read. */
final class HitTable implements Table, SupportsRead {
    private final HitOptions options;
    private final StructType schema;
    private @Nullable Inventory inventory;

    HitTable(HitOptions options, StructType schema) {
        this.options = options;
        this.schema = schema;
    }

    @Override
    public String name() {
        return "etroc1 "
                + String.join(
                        ", ",
                        options.paths().subList(0, Math.min(3, options.paths().size())));
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

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap ignored) {
        if (inventory == null) {
            inventory = Inventory.list(
                    options.paths(), SparkSession.active().sessionState().newHadoopConf(), options.names());
        }
        return new HitScanBuilder(inventory, options, schema);
    }
}
