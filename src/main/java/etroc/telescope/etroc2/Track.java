package etroc.telescope.etroc2;

import etroc.About;
import java.util.List;

/** A pixel on each board of a set: a row of {@value #TABLE}. */
@About("a pixel on each board of a set, with single-hit events")
public record Track(
        @About("boards of the set") String boards,

        @About("place in the set, most events first, from 0")
        int track,

        @About("pixels, a board each") String pixels,
        @About("single-hit events") long events,

        @About("largest distance of a board's pixel from the anchor's, after the shifts [pixels]")
        double distance,

        @About("whether the distance is within the radius") boolean accepted,
        @About("why it is not analysed, or empty") String remark) {
    static final String TABLE = "tracks";

    boolean goesOn() {
        return remark.isEmpty();
    }

    /** Places of the pixels on their chips, 0..255, in the order of the boards. */
    List<Integer> places() {
        return java.util.Arrays.stream(pixels.split(" ", -1))
                .map(p -> p.split("[:RC]+", 3))
                .map(n -> Integer.parseInt(n[1]) * Pixel.SIDE + Integer.parseInt(n[2]))
                .toList();
    }
}
