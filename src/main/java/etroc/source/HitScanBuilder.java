package etroc.source;

import etroc.runs.Inventory;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownAggregates;
import org.apache.spark.sql.connector.read.SupportsPushDownFilters;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Takes over the columns, filters and counts of a query. */
final class HitScanBuilder
        implements ScanBuilder, SupportsPushDownFilters, SupportsPushDownRequiredColumns, SupportsPushDownAggregates {
    private final Inventory inventory;
    private final HitOptions options;
    private final CodeFilter filter = new CodeFilter();
    private Filter[] pushed = new Filter[0];
    private StructType schema;
    private @Nullable GroupCount count;

    HitScanBuilder(Inventory inventory, HitOptions options, StructType schema) {
        this.inventory = inventory;
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
    public boolean pushAggregation(Aggregation aggregation) {
        count = options.corruptRows() == null ? GroupCount.of(aggregation).orElse(null) : null;
        return count != null;
    }

    @Override
    public void pruneColumns(StructType requiredSchema) {
        schema = requiredSchema;
    }

    @Override
    public Scan build() {
        return new HitScan(inventory, options, count == null ? schema : count.schema(), filter, count);
    }
}
