package etroc.source.etroc2;

import etroc.UsageException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * {@code spark.read().format("etroc2").load(dirs...)}: ETROC2 data in all layouts as typed columns.
 *
 * <p>Options: {@code table} = {@code hits | frames | events | quality}: hits of complete frames, all frames, events of the firmware (FPGA words),
 * what was counted in each file; {@code layout} = {@code auto | kcu | fpga | nem | mixed}; {@code dialect} of translated text; {@code boards},
 * {@code event-depth}, {@code counter-offsets} as the settings of these names below {@code etroc.etroc2}; {@code mode} = {@code PERMISSIVE |
 * FAILFAST}; {@code partitions}; {@code errors-kept}.
 */
public final class Etroc2Source implements TableProvider, DataSourceRegister {
    /** Name of the format. */
    public static final String FORMAT = "etroc2";

    @Override
    public String shortName() {
        return FORMAT;
    }

    static Etroc2Kind kind(Map<String, String> options) {
        String name = new CaseInsensitiveStringMap(options).getOrDefault("table", "hits");
        return Arrays.stream(Etroc2Kind.values())
                .filter(k -> k.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new UsageException("option table of format etroc2 is '" + name + "'; possible: "
                        + Arrays.toString(Etroc2Kind.values()).toLowerCase(Locale.ROOT)));
    }

    @Override
    public StructType inferSchema(CaseInsensitiveStringMap options) {
        Etroc2Kind kind = kind(options);
        return kind == Etroc2Kind.QUALITY ? Etroc2Table.QUALITY : kind.schema();
    }

    @Override
    public Table getTable(StructType schema, Transform[] partitioning, Map<String, String> properties) {
        return new Etroc2Table(new CaseInsensitiveStringMap(properties), schema);
    }
}
