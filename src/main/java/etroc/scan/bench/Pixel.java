package etroc.scan.bench;

import etroc.About;
import java.io.Serializable;
import java.util.Comparator;

/** A pixel of a chip. */
record Pixel(
        @About("name of the chip; empty where none is known")
        String chip,

        @About("0 to 15") int row,
        @About("0 to 15") int column)
        implements Comparable<Pixel>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compareTo(Pixel o) {
        return Comparator.comparing(Pixel::chip)
                .thenComparingInt(Pixel::row)
                .thenComparingInt(Pixel::column)
                .compare(this, o);
    }

    @Override
    public String toString() {
        return (chip.isEmpty() ? "" : chip + " ") + "R" + row + "C" + column;
    }
}
