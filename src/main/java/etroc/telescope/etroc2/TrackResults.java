package etroc.telescope.etroc2;

import etroc.About;
import etroc.telescope.etroc2.TrackResult.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows of the tables {@code track_resolution} and {@code track_pairs}. */
record TrackResults(List<Board> boards, List<Pair> pairs) {
    /** A row of the table {@code track_resolution}. */
    @About("a board of an analysed track, at a step")
    public record Board(
            @About("boards of the set") String boards,
            @About("track") int track,
            @About("pixels, a board each") String pixels,

            @About(
                    "raw or walk: standard deviations before and after the time-walk correction; core: Gaussian cores after it")
            String step,

            @About("board") int dataBoardId,
            @About("single-hit events") long events,
            @About("events in the windows of TOT and TOA") long afterWindows,

            @About("of those, events near the lines of TOA against TOA")
            long afterCorrelation,

            @About("of those, events that the residual cut keeps: the numbers are of these")
            long afterResidualCut,

            @About("variance of the board's time, may be negative [ns2]")
            double varianceNs2,

            @About("its uncertainty [ns2]") double varianceUncNs2,
            @About("time resolution [ns]") double sigmaNs,
            @About("its uncertainty [ns]") double sigmaUncNs,
            @About("why numbers are missing, or empty") String remark) {
        static final String TABLE = "track_resolution";
    }

    /** A row of the table {@code track_pairs}. */
    @About("two boards of an analysed track, at a step")
    public record Pair(
            @About("boards of the set") String boards,
            @About("track") int track,
            @About("pixels, a board each") String pixels,
            @About("as in track_resolution") String step,
            @About("board") int boardA,
            @About("other board") int boardB,

            @About("width of the difference of their times [ns]")
            double widthNs,

            @About("its uncertainty, from the bootstrap [ns]")
            double widthUncNs,

            @About("why it is missing, or empty") String remark) {
        static final String TABLE = "track_pairs";
    }

    static TrackResults of(Tracks tracks, List<TrackResult> results) {
        List<Board> boards = new ArrayList<>();
        List<Pair> pairs = new ArrayList<>();
        for (TrackResult result : results) {
            Track track = tracks.tracks().get(result.track());
            for (Step step : Step.values()) {
                add(boards, pairs, tracks.set().boards(), track, result, step);
            }
        }
        return new TrackResults(List.copyOf(boards), List.copyOf(pairs));
    }

    private static void add(
            List<Board> to, List<Pair> pairs, List<Integer> ids, Track track, TrackResult result, Step step) {
        String name = step.name().toLowerCase(Locale.ROOT);
        boolean has = result.remark().isEmpty();
        for (int a = 0; a < ids.size(); a++) {
            double variance = has ? result.variances()[0][step.ordinal()][a] : Double.NaN;
            double unc = has ? result.uncs()[step.ordinal()][a] : Double.NaN;
            double sigma = variance > 0 ? Math.sqrt(variance) : Double.NaN;
            to.add(new Board(
                    track.boards(),
                    track.track(),
                    track.pixels(),
                    name,
                    ids.get(a),
                    track.events(),
                    result.afterWindows(),
                    result.afterCorrelation(),
                    result.events(),
                    variance,
                    unc,
                    sigma,
                    unc / (2 * sigma),
                    remark(result, variance, ids.size())));
            for (int b = a + 1; b < ids.size(); b++) {
                double width = has ? Math.sqrt(result.pairs()[step.ordinal()][a][b]) : Double.NaN;
                String why = !has ? result.remark() : Double.isNaN(width) ? "no core found" : "";
                double widthUnc = has ? result.pairUncs()[step.ordinal()][a][b] / (2 * width) : Double.NaN;
                pairs.add(new Pair(
                        track.boards(),
                        track.track(),
                        track.pixels(),
                        name,
                        ids.get(a),
                        ids.get(b),
                        width,
                        widthUnc,
                        why));
            }
        }
    }

    private static String remark(TrackResult result, double variance, int boards) {
        if (!result.remark().isEmpty() || variance > 0) {
            return result.remark();
        }
        return boards < 3 ? "two boards: pair widths only" : variance <= 0 ? "negative variance" : "no core found";
    }
}
