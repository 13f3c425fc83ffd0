package etroc.store;

import java.util.List;

/** The tables of a result, by name; one that is not there has no rows. */
public record Tables(List<Table> all) {
    public boolean has(String name) {
        return all.stream().anyMatch(t -> t.name().equals(name));
    }

    public Table table(String name) {
        return all.stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseGet(() -> Table.of(name, List.of(), List.of()));
    }

    /** The rows of a table as records. */
    public <R extends Record> List<R> as(String name, Class<R> type) {
        return table(name).as(type);
    }
}
