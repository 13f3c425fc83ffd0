package etroc.source;

import java.util.Map;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * {@code spark.read().format("etroc1").load(dirs...)}: ETROC1 hits in all text layouts, as typed columns ({@link HitColumn}), or what each
 * file holds ({@link SliceQuality}).
 *
 * <p>Options: {@code table} = {@code hits | quality}; {@code layout} = {@code auto | split | words | beam}, decided once a file; {@code mode} =
 * {@code PERMISSIVE | DROPMALFORMED | FAILFAST}; {@code columnNameOfCorruptRecord}: with {@code PERMISSIVE} adds this column, and a row for
 * each line that is no record, of which only run, split, line and text are known (without the option such lines are left out);
 * {@code hits-only} = {@code true}: without records of hit flag 0; {@code charge-from-qsel} = {@code fc | code}; {@code odd-names},
 * {@code duplicates} = {@code fail | skip}; {@code partitions}; {@code malformed-lines}: how many a row of {@code quality} shows (10).
 *
 * <p>Hits have two more columns that appear when they are named: {@code file_index}, place of the file in the order of run, split and path,
 * and {@code row}, place of the row among those of its file before any filter.
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
        return HitOptions.of(options).schema();
    }

    @Override
    public Table getTable(StructType schema, Transform[] partitioning, Map<String, String> properties) {
        return new HitTable(HitOptions.of(new CaseInsensitiveStringMap(properties)), schema);
    }
}
