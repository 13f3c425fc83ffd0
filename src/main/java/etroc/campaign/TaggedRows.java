package etroc.campaign;

import etroc.store.Table;
import etroc.store.Table.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows of a table, each with the values that stand before it. */
record TaggedRows<R extends Record>(String name, Class<R> type, List<@Nullable Object[]> before, List<R> rows) {
    TaggedRows(String name, Class<R> type) {
        this(name, type, new ArrayList<>(), new ArrayList<>());
    }

    /** Adds a row and what stands before it. */
    void add(@Nullable Object[] values, R row) {
        before.add(values);
        rows.add(row);
    }

    /** The table, whose first columns are these. */
    Table table(List<Column> first) {
        Table own = Table.of(name, type, rows);
        return Table.of(
                name,
                Stream.concat(first.stream(), own.columns().stream()).toList(),
                IntStream.range(0, rows.size())
                        .mapToObj(i -> Stream.of(before.get(i), own.rows().get(i))
                                .flatMap(Arrays::stream)
                                .toArray())
                        .toList());
    }
}
