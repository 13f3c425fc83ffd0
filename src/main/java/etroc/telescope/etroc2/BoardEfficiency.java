package etroc.telescope.etroc2;

import etroc.About;
import etroc.telescope.etroc2.Etroc2Settings.Role;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.function.ToIntFunction;

/** A row of the table {@code efficiency}. */
@About(
        "a board: efficiency_map summed, and summed without the outermost predicted rows and columns, which lose hits by alignment")
public record BoardEfficiency(
        @About("board") int dataBoardId,
        Found found,
        Inner inner,
        @About("what is odd, or empty") String remark) {
    static final String TABLE = "efficiency";

    /** Without the smallest and largest row and column that are predicted. */
    public record Inner(
            @About("denominator without the outermost predicted rows and columns")
            long denominatorInner,

            @About("found_near of these") long foundNearInner,
            @About("found_near_inner / denominator_inner") double efficiencyInner,
            @About("lower end of its interval") double lowInner,
            @About("upper end") double highInner) {
        static Inner of(List<Efficiency> map, double coverage) {
            IntSummaryStatistics rows = predicted(map, Efficiency::row);
            IntSummaryStatistics columns = predicted(map, Efficiency::column);
            Found sum = Found.sum(
                    map.stream()
                            .filter(e -> e.row() > rows.getMin() && e.row() < rows.getMax())
                            .filter(e -> e.column() > columns.getMin() && e.column() < columns.getMax())
                            .map(Efficiency::found)
                            .toList(),
                    coverage);
            return new Inner(sum.denominator(), sum.foundNear(), sum.efficiency(), sum.low(), sum.high());
        }

        private static IntSummaryStatistics predicted(List<Efficiency> map, ToIntFunction<Efficiency> place) {
            return map.stream()
                    .filter(e -> e.found().denominator() > 0)
                    .mapToInt(place)
                    .summaryStatistics();
        }
    }

    /** Of every board. */
    static List<BoardEfficiency> of(
            Etroc2Telescope telescope, Frames frames, List<HitCount> counts, List<Efficiency> map) {
        double coverage = telescope.settings().interval();
        List<BoardEfficiency> rows = new ArrayList<>();
        for (int board : telescope.singles().boards()) {
            List<Efficiency> own =
                    map.stream().filter(e -> e.dataBoardId() == board).toList();
            Found sum = Found.sum(own.stream().map(Efficiency::found).toList(), coverage);
            List<String> remarks = remarks(telescope, frames, counts, board);
            if (sum.denominator() == 0 && remarks.isEmpty()) {
                remarks.add("no events");
            }
            rows.add(new BoardEfficiency(board, sum, Inner.of(own, coverage), String.join("; ", remarks)));
        }
        return rows;
    }

    /** Why the number may not be an efficiency. */
    private static List<String> remarks(Etroc2Telescope telescope, Frames frames, List<HitCount> counts, int board) {
        List<String> remarks = new ArrayList<>();
        if (telescope.singles().boards().size() <= Efficiencies.FEWEST_OTHERS) {
            remarks.add("fewer than two other boards");
            return remarks;
        }
        int unwritten = frames.withoutEmpty().size();
        if (unwritten > 0) {
            remarks.add("without " + unwritten + " run" + (unwritten == 1 ? "" : "s")
                    + " in which no frame is empty: frames without hits were not written");
        }
        if (telescope.settings().roles().get(board) == Role.TRIG) {
            remarks.add("board triggers");
        } else if (unwritten == 0 && HitCount.always(counts, board)) {
            remarks.add("board triggers? every event has a hit on it");
        }
        telescope.tracks().get(0).alignment().stream()
                .map(Alignment::remark)
                .filter(r -> r.startsWith(Alignment.NOT_ALIGNED))
                .findFirst()
                .ifPresent(r -> remarks.add("boards are " + r));
        return remarks;
    }
}
