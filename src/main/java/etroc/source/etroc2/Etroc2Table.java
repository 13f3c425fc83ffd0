package etroc.source.etroc2;

import etroc.UsageException;
import etroc.runs.StreamFiles;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.LocalScan;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** ETROC2 data as a table. The files are listed and surveyed once, when the table is first read. */
final class Etroc2Table implements SupportsRead {
    /** Columns of {@code table = quality}. */
    static final StructType QUALITY =
            StructType.fromDDL("run string not null, split int not null, path string not null,"
                    + " layout string not null, stream int, counter string not null, `count` bigint not null");

    private final CaseInsensitiveStringMap options;
    private final StructType schema;
    private @Nullable Etroc2Reading reading;

    Etroc2Table(CaseInsensitiveStringMap options, StructType schema) {
        this.options = options;
        this.schema = schema;
    }

    @Override
    public String name() {
        return Etroc2Source.FORMAT + " " + Etroc2Source.kind(options).name().toLowerCase(java.util.Locale.ROOT);
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
        Etroc2Reading of = reading(SparkSession.active());
        if (Etroc2Source.kind(options) == Etroc2Kind.QUALITY) {
            return () -> quality(of);
        }
        return new Builder(of, schema);
    }

    private Etroc2Reading reading(SparkSession spark) {
        String staged = options.get(Etroc2Reading.OPTION);
        if (staged != null) {
            return Etroc2Reading.find(staged);
        }
        if (reading == null) {
            Configuration conf = spark.sessionState().newHadoopConf();
            List<String> paths = etroc.source.Paths.of(options);
            if (paths.isEmpty()) {
                throw new UsageException("format etroc2 needs paths: load(\"DIR\"), load(\"FILE\", ...)");
            }
            Etroc2Options how = Etroc2Options.of(options.asCaseSensitiveMap());
            reading = Etroc2Reading.of(spark, StreamRuns.of(StreamFiles.list(paths, conf), how, conf), how);
        }
        return reading;
    }

    private LocalScan quality(Etroc2Reading of) {
        InternalRow[] rows = of.quality().counts().stream()
                .map(c -> new GenericInternalRow(new @Nullable Object[] {
                    UTF8String.fromString(c.run()),
                    c.split(),
                    UTF8String.fromString(c.path()),
                    UTF8String.fromString(c.layout()),
                    c.stream(),
                    UTF8String.fromString(c.counter()),
                    c.count()
                }))
                .toArray(InternalRow[]::new);
        return new LocalScan() {
            @Override
            public InternalRow[] rows() {
                return rows;
            }

            @Override
            public StructType readSchema() {
                return QUALITY;
            }
        };
    }

    /** Takes over the columns of a query. */
    private final class Builder implements ScanBuilder, SupportsPushDownRequiredColumns {
        private final Etroc2Reading of;
        private StructType wanted;

        Builder(Etroc2Reading of, StructType wanted) {
            this.of = of;
            this.wanted = wanted;
        }

        @Override
        public void pruneColumns(StructType required) {
            wanted = required;
        }

        @Override
        public Scan build() {
            return new Etroc2Scan(of.pieces(), Etroc2Source.kind(options), wanted, options.getInt("partitions", 0));
        }
    }
}
