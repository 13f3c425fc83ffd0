package etroc.source;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownFilters;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.StructType;

/** Takes over the columns and filters of a query. */
final class HitScanBuilder implements ScanBuilder, SupportsPushDownFilters, SupportsPushDownRequiredColumns {
    private final List<HitSlice> slices;
    private final HitOptions options;
    private final CodeFilter filter = new CodeFilter();
    private Filter[] pushed = new Filter[0];
    private StructType schema;

    HitScanBuilder(List<HitSlice> slices, HitOptions options, StructType schema) {
        this.slices = slices;
        this.options = options;
        this.schema = schema;
    }

    @Override
    public Filter[] pushFilters(Filter[] filters) {
        List<Filter> taken = new ArrayList<>();
        List<Filter> left = new ArrayList<>();
        for (Filter f : filters) {
            (filter.add(f) ? taken : left).add(f);
        }
        pushed = taken.toArray(Filter[]::new);
        return left.toArray(Filter[]::new);
    }

    @Override
    public Filter[] pushedFilters() {
        return pushed.clone();
    }

    @Override
    public void pruneColumns(StructType requiredSchema) {
        schema = requiredSchema;
    }

    @Override
    public Scan build() {
        return new HitScan(slices, options, schema, filter);
    }
}
