package etroc.telescope.etroc2;

import etroc.Possible;
import etroc.ingest.etroc2.QinjSettings;
import etroc.settings.AnyText;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A telescope of ETROC2 ({@code etroc.etroc2}).
 *
 * @param boards how boards of KCU data are numbered
 * @param eventDepth how many of the latest events a header may join
 * @param counterOffsets of streams
 * @param drop reasons to leave out hits
 * @param roles of boards; the rest are under test
 * @param cal what a pixel's TDC bin is taken from
 * @param calWindow codes about the pixel's most frequent CAL code
 * @param calMinHits input hits of a calibrated pixel
 * @param calSlices parts of a run that are calibrated by themselves
 * @param mask pixels that count as hot, such as {@code 3:R2C2}
 * @param alignment shift of each board in rows and columns [pixels], of boards that are not named 0; empty: found
 * @param mirror boards whose columns are counted the other way
 * @param radius of a track [pixels]
 * @param trackMinEvents single-hit events of a track that is analysed
 * @param toaWindow on the reference board
 * @param totWindow first and last TOT code by board; of boards that are not named: found
 * @param correlation scaled median deviations; null: no cut
 * @param noise how noise is told from particles
 * @param interval coverage of binomial intervals
 * @param qinj what is special to charge injection on the bench
 */
public record Etroc2Settings(
        AnyText boards,
        @Possible(min = 1, max = 1024) int eventDepth,
        AnyText counterOffsets,
        @Possible(or = "[]") List<Drop> drop,
        Map<Integer, Role> roles,
        Cal cal,
        @Possible(min = 0, max = 511) int calWindow,
        @Possible(min = 1) int calMinHits,
        CalSlices calSlices,
        Hot hot,
        @Possible(or = "[]") List<String> mask,
        @Possible(or = "auto") Map<Integer, List<Integer>> alignment,
        @Possible(or = "[]") List<Integer> mirror,
        @Possible(min = 0, max = 16) double radius,
        @Possible(min = 1) int trackMinEvents,
        ToaWindow toaWindow,
        @Possible(or = "auto") Map<Integer, List<Integer>> totWindow,
        @Possible(min = 0, or = "none") @Nullable Double correlation,
        Walk walk,
        Efficiency efficiency,
        Noise noise,
        @Possible(min = 0, max = 1) double interval,
        QinjSettings qinj) {
    /** Reasons to leave out a hit, in the order in which they are counted. */
    public enum Drop {
        CRC,
        COUNT,
        TYPE,
        EA,
        CAL
    }

    /** What a board is for. */
    public enum Role {
        TRIG,
        REF,
        DUT,
        EXTRA
    }

    /** What a pixel's TDC bin is taken from: all its CAL codes, or those of the core about the most frequent one. */
    public enum Cal {
        CORE_MEAN,
        MODE,
        MEAN,
        MEDIAN,
        /** Each hit by its own code. */
        EVENT
    }

    /**
     * Hot pixels.
     *
     * @param factor times the largest count of a neighbour
     * @param minHits fewest input hits of one
     * @param coreFraction a calibrated pixel with less of its hits in the core is hot
     */
    public record Hot(
            @Possible(min = 1) double factor,
            @Possible(min = 1) int minHits,
            @Possible(min = 0, max = 1) double coreFraction)
            implements Serializable {}

    /** @param grouping what has a time-walk polynomial of its own for each board */
    public record Walk(Grouping grouping) {
        /** A track, or all tracks of a set of boards together, with a constant for each pixel. */
        public enum Grouping {
            TRACK,
            BOARD
        }
    }

    /** @param near largest distance of a found hit, by row and by column [pixels] */
    public record Efficiency(@Possible(min = 0, max = 7) int near) {}

    /** Which triggers do not involve the pixel whose noise is measured. */
    public enum NoiseTrigger {
        NONE,
        RANDOM,
        OTHER_BOARDS
    }

    /** @param trigger tells which frames noise is taken from */
    public record Noise(NoiseTrigger trigger) {}

    public Etroc2Settings {
        alignment.forEach((board, shift) -> check(
                shift.size() == 2 && shift.stream().allMatch(p -> Math.abs(p) < Pixel.SIDE),
                "alignment has " + shift + " for board " + board
                        + "; possible: rows and columns of -15 to 15, such as [0, 1]"));
        totWindow.forEach((board, window) -> check(
                window.size() == 2 && window.get(0) <= window.get(1),
                "tot-window has " + window + " for board " + board
                        + "; possible: first and last TOT code, such as [60, 200]"));
        mask.forEach(pixel -> check(
                pixel.matches("\\d+:R(\\d|1[0-5])C(\\d|1[0-5])"),
                "mask has '" + pixel + "'; possible: pixels such as 3:R2C2"));
    }

    private static void check(boolean possible, String otherwise) {
        if (!possible) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
