package etroc.cli;

import etroc.spark.Sessions;
import etroc.store.Manifest;
import etroc.store.Output;
import etroc.store.ParquetFiles;
import etroc.store.Table;
import etroc.store.TableText;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegralType;
import org.jspecify.annotations.Nullable;

/** A dataset of a result that is no table, such as its events, as CSV: piece by piece, since it may not fit into memory. */
final class DatasetExport {
    private static final int ROWS = 10_000;

    private DatasetExport() {}

    private static String place(String name) {
        return "tables/" + name + ".parquet";
    }

    /** Whether the newest result has one of this name. */
    static boolean has(Output output, String name) throws IOException {
        return Manifest.read(output, output.latestResult().getName()).maps("files").keySet().stream()
                .anyMatch(f -> f.startsWith(place(name) + "/"));
    }

    static void write(Output output, String name, Writer to) throws IOException {
        try (Sessions.Open session = Sessions.open("etroc export " + output.root())) {
            Dataset<Row> rows =
                    session.spark().read().parquet(ParquetFiles.literal(new Path(output.latestResult(), place(name))));
            List<Table.Column> columns = Arrays.stream(rows.schema().fields())
                    .map(f -> new Table.Column(f.name(), type(f.dataType())))
                    .toList();
            Iterator<Row> all = rows.toLocalIterator();
            String header = TableText.csv(Table.of(name, columns, List.of()));
            to.write(header);
            while (all.hasNext()) {
                List<@Nullable Object[]> some = new ArrayList<>();
                while (all.hasNext() && some.size() < ROWS) {
                    some.add(values(all.next()));
                }
                to.write(TableText.csv(Table.of(name, columns, some)).substring(header.length()));
            }
        }
    }

    private static Table.Type type(DataType of) {
        return of instanceof IntegralType || of instanceof BooleanType
                ? Table.Type.INTEGER
                : of instanceof DoubleType ? Table.Type.REAL : Table.Type.TEXT;
    }

    private static @Nullable Object[] values(Row row) {
        @Nullable Object[] values = new Object[row.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.get(i);
        }
        return values;
    }
}
