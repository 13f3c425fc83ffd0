package etroc.telescope.etroc2;

import etroc.fits.Polynomial;
import etroc.telescope.walk.JointWalkSums;
import etroc.telescope.walk.PixelWalk;
import etroc.telescope.walk.TotMoments;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The time walk that all tracks of a set share.
 *
 * @param places of each track's pixels
 * @param rounds before and after the residual cut, as far as they are known
 */
record SharedWalk(TreeMap<Integer, int[]> places, List<PixelWalk> rounds) implements Serializable {
    private static final long serialVersionUID = 1L;
    /** Where TOT is expected [ns]. */
    private static final double TOT_MEAN_NS = 4;

    private static final double TOT_SPREAD_NS = 2;

    /** Sums over a track's events. */
    public record OfTrack(int track, JointWalkSums sums) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    static SharedWalk of(List<Track> tracks) {
        TreeMap<Integer, int[]> places = new TreeMap<>();
        tracks.forEach(t -> places.put(
                t.track(), t.places().stream().mapToInt(Integer::intValue).toArray()));
        return new SharedWalk(places, List.of());
    }

    private static JointWalkSums empty(int boards, int degree) {
        return new JointWalkSums(TotMoments.about(boards, TOT_MEAN_NS, TOT_SPREAD_NS), degree, true);
    }

    static OfTrack sums(int track, TrackTimes times, int degree) {
        JointWalkSums sums = empty(times.toa().length, degree);
        sums.run(track);
        times.each(sums::add);
        return new OfTrack(track, sums);
    }

    /** With a further round, by the sums of all tracks. */
    SharedWalk and(List<OfTrack> tracks, int boards, int degree) {
        JointWalkSums all = empty(boards, degree);
        tracks.stream().sorted(Comparator.comparingInt(OfTrack::track)).forEach(t -> all.add(t.sums));
        List<PixelWalk> more = new ArrayList<>(rounds);
        more.add(PixelWalk.of(all, places));
        return new SharedWalk(places, more);
    }

    /** Times as a round corrects them; as they are while there is none. */
    TrackTimes corrected(int track, TrackTimes times, int round) {
        if (rounds.isEmpty()) {
            return times;
        }
        PixelWalk walk = rounds.get(Math.min(round, rounds.size() - 1));
        if (!walk.remark().isEmpty()) {
            return times.without(walk.remark());
        }
        int boards = times.toa().length;
        int[] own = places.getOrDefault(track, new int[boards]);
        List<Polynomial> polynomials = new ArrayList<>();
        for (int b = 0; b < boards; b++) {
            Polynomial shared = walk.polynomials().get(b);
            Map<Integer, Double> constants = walk.constants().get(b);
            double[] c = shared.coefficients().clone();
            c[0] += constants.getOrDefault(own[b], Double.NaN);
            polynomials.add(new Polynomial(
                    c,
                    shared.uncertainties(),
                    shared.variance(),
                    shared.events(),
                    shared.from(),
                    shared.to(),
                    shared.clamped(),
                    ""));
        }
        return times.with(polynomials, factor(times.size(), boards, walk));
    }

    /** A track takes the means of its pairs, and of the polynomials' coefficients its part of all events. */
    private static double factor(int events, int boards, PixelWalk walk) {
        int degree = walk.polynomials().get(0).coefficients().length - 1;
        double free = (events - 1.0) * (boards - 1);
        double left = free - (double) boards * degree * events / walk.events();
        return left > 0 ? free / left : Double.NaN;
    }
}
