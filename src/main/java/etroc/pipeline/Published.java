package etroc.pipeline;

import etroc.store.Table;
import java.util.List;
import org.apache.hadoop.fs.Path;

/** A published result and its tables. */
public record Published(Path path, List<Table> tables) {
    /** A table by name. */
    public Table table(String name) {
        return tables.stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
    }
}
