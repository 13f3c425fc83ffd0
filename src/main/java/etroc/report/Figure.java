package etroc.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A figure, of whatever it is drawn with.
 *
 * @param id name of its files
 * @param section of the page
 * @param x title of the axis, with unit
 * @param y title of the axis, with unit
 * @param notes entries, fit values, chi2/ndf: a line each
 * @param empty why there is nothing to see; empty if there is
 */
public record Figure(
        String id,
        String section,
        String title,
        String x,
        String y,
        List<Series> series,
        List<String> notes,
        String empty) {
    public Figure {
        series = List.copyOf(series);
        notes = List.copyOf(notes);
    }

    /** A figure that says in words why it shows nothing. */
    public static Figure empty(String id, String section, String title, String why) {
        return new Figure(id, section, title, "", "", List.of(), List.of(), why);
    }

    /** Numbers of the colours of the series: what is named {@code A: ...} belongs to what is named {@code A}, as a fit to its points. */
    List<Integer> inks() {
        List<String> owners = new ArrayList<>();
        List<Integer> inks = new ArrayList<>();
        for (Series one : series) {
            int of = owners.indexOf(one.name().replaceFirst(": .*", ""));
            if (of < 0) {
                owners.add(one.name());
                of = owners.size() - 1;
            }
            inks.add(of);
        }
        return inks;
    }

    boolean isEmpty() {
        return series.isEmpty();
    }
}
