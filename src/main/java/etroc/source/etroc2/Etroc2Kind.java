package etroc.source.etroc2;

import java.util.Arrays;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What a row of ETROC2 data is. */
enum Etroc2Kind {
    HITS('h'),
    FRAMES('f'),
    EVENTS('e'),
    QUALITY('q');

    private final char letter;

    Etroc2Kind(char letter) {
        this.letter = letter;
    }

    /** The letter by which columns name it. */
    char letter() {
        return letter;
    }

    /** All columns; none of quality, which is counted before. */
    StructType schema() {
        return new StructType(Arrays.stream(Etroc2Column.values())
                .filter(c -> c.isOf(this))
                .map(Etroc2Column::field)
                .toArray(StructField[]::new));
    }

    /** One of the columns. */
    Etroc2Column column(String name) {
        return Arrays.stream(Etroc2Column.values())
                .filter(c -> c.isOf(this) && c.columnName().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no column of " + this + ": " + name));
    }
}
