package etroc.source;

import java.util.Map;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * {@code spark.read().format("etroc1").load(dirs...)}: ETROC1 hits in all text layouts, as typed columns ({@link HitColumn}).
 *
 * <p>Options: {@code layout} = {@code auto | split | words | beam}; {@code mode} = {@code PERMISSIVE | DROPMALFORMED | FAILFAST};
 * {@code columnNameOfCorruptRecord}: with {@code PERMISSIVE} adds this column, and a row for each line that is no record, of which only run,
 * split, line and text are known (without the option such lines are left out); {@code charge-from-qsel} = {@code fc | code}; {@code odd-names}, {@code duplicates} = {@code fail | skip}; {@code partitions}.
 */
public final class Etroc1Source implements TableProvider, DataSourceRegister {
    /** Name of the format. */
    public static final String FORMAT = "etroc1";

    @Override
    public String shortName() {
        return FORMAT;
    }

    @Override
    public StructType inferSchema(CaseInsensitiveStringMap options) {
        String corrupt = HitOptions.of(options).corruptRows();
        StructType schema = HitColumn.schema(corrupt != null);
        return corrupt == null ? schema : schema.add(corrupt, DataTypes.StringType, true);
    }

    @Override
    public Table getTable(StructType schema, Transform[] partitioning, Map<String, String> properties) {
        return new HitTable(HitOptions.of(new CaseInsensitiveStringMap(properties)), schema);
    }
}
