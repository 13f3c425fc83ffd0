package etroc.report;

import etroc.store.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/** The tables of a result, by name; one that is not there has no rows. */
final class Tables {
    private final List<Table> tables;

    Tables(List<Table> tables) {
        this.tables = List.copyOf(tables);
    }

    boolean has(String name) {
        return tables.stream().anyMatch(t -> t.name().equals(name));
    }

    Table table(String name) {
        return tables.stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseGet(() -> Table.of(name, List.of()));
    }

    List<Table.Row> rows(String name) {
        return table(name).byName();
    }

    List<Table.Row> rows(String name, Predicate<Table.Row> which) {
        return rows(name).stream().filter(which).toList();
    }

    /** Different values of some rows, ascending. */
    static <T extends Comparable<T>> List<T> different(Collection<Table.Row> rows, Function<Table.Row, T> value) {
        TreeSet<T> values = new TreeSet<>();
        rows.forEach(r -> values.add(value.apply(r)));
        return List.copyOf(values);
    }

    static List<Double> column(Collection<Table.Row> rows, String name) {
        List<Double> values = new ArrayList<>();
        rows.forEach(r -> values.add(r.number(name)));
        return values;
    }
}
