package etroc.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/** The tables of a result, by name; one that is not there has no rows. */
public final class Tables {
    private final List<Table> tables;

    public Tables(List<Table> tables) {
        this.tables = List.copyOf(tables);
    }

    public List<Table> all() {
        return tables;
    }

    public boolean has(String name) {
        return tables.stream().anyMatch(t -> t.name().equals(name));
    }

    public Table table(String name) {
        return tables.stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseGet(() -> Table.of(name, List.of()));
    }

    /** The rows of a table as records. */
    public <R extends Record> List<R> as(String name, Class<R> type) {
        return table(name).as(type);
    }

    public List<Table.Row> rows(String name) {
        return table(name).byName();
    }

    public List<Table.Row> rows(String name, Predicate<Table.Row> which) {
        return rows(name).stream().filter(which).toList();
    }

    /** Different values of some rows, ascending. */
    public static <T extends Comparable<T>> List<T> different(
            Collection<Table.Row> rows, Function<Table.Row, T> value) {
        TreeSet<T> values = new TreeSet<>();
        rows.forEach(r -> values.add(value.apply(r)));
        return List.copyOf(values);
    }

    public static List<Double> column(Collection<Table.Row> rows, String name) {
        List<Double> values = new ArrayList<>();
        rows.forEach(r -> values.add(r.number(name)));
        return values;
    }
}
