package etroc.telescope.etroc2;

import etroc.About;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A row of the table {@code hot_pixels}. */
@About("a pixel that is hot or dead")
public record OddPixel(
        @About("board") int dataBoardId,
        @About("row, 0..15") int row,
        @About("column, 0..15") int column,
        @About("hot or dead") String kind,
        @About("input hits") long hits,
        @About("why") String reason) {
    static final String TABLE = "hot_pixels";
    private static final int FEWEST_NEIGHBOURS = 3;
    private static final double BUSY = 50;

    boolean isHot() {
        return kind.equals("hot");
    }

    /** As settings have it. */
    String label() {
        return Pixel.label(dataBoardId, row * Pixel.SIDE + column);
    }

    /** Hot ones, then dead ones, by pixel. */
    static List<OddPixel> of(List<Pixel> pixels, Etroc2Settings settings) {
        Map<Integer, Map<Integer, Pixel>> boards = new TreeMap<>();
        pixels.forEach(p ->
                boards.computeIfAbsent(p.dataBoardId(), b -> new TreeMap<>()).put(p.place(), p));
        List<OddPixel> odd = new ArrayList<>();
        boards.forEach((board, own) -> own.values().forEach(p -> {
            String reason = hot(p, neighbours(own, p.place()), settings);
            if (!reason.isEmpty()) {
                odd.add(new OddPixel(board, p.row(), p.column(), "hot", p.hits(), reason));
            }
        }));
        boards.forEach((board, own) -> {
            for (int place = 0; place < Pixel.SIDE * Pixel.SIDE; place++) {
                long[] around = neighbours(own, place);
                if (!own.containsKey(place) && around.length >= FEWEST_NEIGHBOURS && median(around) >= BUSY) {
                    odd.add(new OddPixel(
                            board,
                            place / Pixel.SIDE,
                            place % Pixel.SIDE,
                            "dead",
                            0,
                            "no hits, its neighbours have a median of " + median(around)));
                }
            }
        });
        for (String masked : new TreeSet<>(settings.mask())) {
            if (odd.stream().noneMatch(o -> masked.equals(o.label()))) {
                int[] n = java.util.Arrays.stream(masked.split("\\D+", 3))
                        .mapToInt(Integer::parseInt)
                        .toArray();
                odd.add(new OddPixel(n[0], n[1], n[2], "hot", 0, "in mask, no hits"));
            }
        }
        return odd;
    }

    private static String hot(Pixel pixel, long[] around, Etroc2Settings settings) {
        long most = around[around.length - 1];
        Etroc2Settings.Hot hot = settings.hot();
        if (settings.mask().contains(pixel.label())) {
            return "in mask";
        }
        if (pixel.hits() >= hot.minHits() && pixel.hits() > hot.factor() * most) {
            return "its busiest neighbour has " + most + " hits";
        }
        boolean wild = pixel.calibrated() && pixel.coreHits() < hot.coreFraction() * pixel.hits();
        return wild ? "only " + pixel.coreHits() + " hits in the core of its CAL codes" : "";
    }

    /** Hits of the neighbours on the chip, fewest first. */
    private static long[] neighbours(Map<Integer, Pixel> board, int place) {
        return Pixel.around(place).stream()
                .mapToLong(other -> {
                    Pixel there = board.get(other);
                    return there == null ? 0 : there.hits();
                })
                .sorted()
                .toArray();
    }

    private static double median(long[] sorted) {
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2.0;
    }
}
