package etroc.telescope;

import etroc.fits.Chi2;
import etroc.fits.Polynomial;
import etroc.report.Bins;
import etroc.report.Figure;
import etroc.report.Rounded;
import etroc.report.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Figures of the time-walk correction.
 *
 * @param profiles of the planes' time differences
 * @param tests of the profiles after the correction
 */
record WalkFigures(List<PlaneCell> planes, List<ProfileBin> profiles, List<TwcFit> fits, List<ClosureRow> tests) {
    private static final String WALK = "Time walk";

    /** Time differences of a board against TOT, before ({@code iteration} -1) or after the correction. */
    Figure walk(int board, int iteration) {
        String id = "walk-board-" + board + (iteration < 0 ? "-before" : "-after");
        String title =
                "Time against TOT, board " + board + (iteration < 0 ? ", before correction" : ", after correction");
        List<PlaneCell> plane = planes.stream()
                .filter(c -> c.variableY().equals("time_delta_ns")
                        && c.dataBoardId() == board
                        && c.twcIteration() == iteration)
                .toList();
        if (plane.isEmpty()) {
            return Figure.empty(id, WALK, title, why(board));
        }
        List<ProfileBin> profile = profiles.stream()
                .filter(p -> p.variableX().equals(ProfileBin.TOT)
                        && p.dataBoardId() == board
                        && p.twcIteration() == iteration
                        && p.count() > 1)
                .toList();
        List<Series> series = new ArrayList<>(List.of(
                TelescopeFigures.cells(plane),
                Series.Points.of(
                        "mean of a TOT bin", profile, WalkFigures::center, ProfileBin::mean, ProfileBin::meanUnc)));
        double[] x = Bins.bulk(plane, PlaneCell::xLow, PlaneCell::xHigh, PlaneCell::count);
        double[] y = Bins.bulk(plane, PlaneCell::yLow, PlaneCell::yHigh, PlaneCell::count);
        List<String> notes = new ArrayList<>(TelescopeFigures.beyond(plane, x, y));
        if (iteration < 0 && !profile.isEmpty()) {
            correction(board, profile, series, notes);
        } else {
            notes.addAll(tested(board, ProfileBin.TOT));
        }
        return new Figure(
                        id,
                        WALK,
                        title,
                        TelescopeFigures.title("time_over_threshold_ns"),
                        TelescopeFigures.title("time_delta_ns"),
                        series,
                        notes,
                        "")
                .within(x[0], x[1], y[0], y[1]);
    }

    /** Corrected time differences of a board against the time of the particle. */
    Figure closure(int board) {
        String id = "closure-board-" + board;
        String title = "Time against the particle's time, board " + board + ", after correction";
        List<ProfileBin> profile = profiles.stream()
                .filter(p -> p.variableX().equals(ProfileBin.PARTICLE_TIME) && p.dataBoardId() == board)
                .toList();
        if (profile.isEmpty()) {
            return Figure.empty(id, WALK, title, "it needs three boards and a correction");
        }
        Series means =
                Series.Points.of("mean of a bin", profile, WalkFigures::center, ProfileBin::mean, ProfileBin::meanUnc);
        return new Figure(
                id,
                WALK,
                title,
                "time of the particle [ns]",
                TelescopeFigures.title("time_delta_ns"),
                List.of(means),
                tested(board, ProfileBin.PARTICLE_TIME),
                "");
    }

    private List<String> tested(int board, String variable) {
        return tests.stream()
                .filter(t -> t.dataBoardId() == board && t.variable().equals(variable) && t.chi2() >= 0)
                .map(t -> String.format(
                        Locale.ROOT,
                        "chi2/ndf %.1f/%d against constant (probability %.2g)",
                        t.chi2(),
                        t.ndf(),
                        Chi2.probability(t.chi2(), t.ndf())))
                .toList();
    }

    private static double center(ProfileBin bin) {
        return (bin.xLow() + bin.xHigh()) / 2;
    }

    private String why(int board) {
        return fits.stream()
                .filter(f -> f.boardId() == board && !f.remark().isEmpty())
                .map(TwcFit::remark)
                .findFirst()
                .orElse("no correction, or the analysis ended before it was judged");
    }

    /** The correction, shifted to the mean of the profile: the other boards' corrections are in the times too. */
    private void correction(int board, List<ProfileBin> profile, List<Series> series, List<String> notes) {
        List<TwcFit> own = fits.stream()
                .filter(f ->
                        f.boardId() == board && !f.twcApplied() && f.remark().isEmpty())
                .toList();
        if (own.isEmpty()) {
            return;
        }
        Polynomial fit = own.get(own.size() - 1).polynomial();
        double shift = 0;
        double weights = 0;
        for (ProfileBin bin : profile) {
            shift += bin.count() * (bin.mean() - fit.at(center(bin)));
            weights += bin.count();
        }
        double mean = shift / weights;
        series.add(Series.Line.of(
                "correction, shifted to the mean",
                center(profile.get(0)),
                center(profile.get(profile.size() - 1)),
                tot -> fit.at(tot) + mean));
        for (int k = 0; k < fit.coefficients().length; k++) {
            notes.add("p" + k + " = " + Rounded.of(fit.coefficients()[k], fit.uncertainties()[k]));
        }
    }
}
