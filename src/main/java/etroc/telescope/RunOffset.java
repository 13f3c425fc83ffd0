package etroc.telescope;

import etroc.About;
import etroc.telescope.walk.RunDelays;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A row of the table {@code run_offsets}. */
@About("the delay of a board in a run, which etroc.telescope.align = run takes out")
record RunOffset(
        @About("run") String run,
        @About("board") int dataBoardId,

        @About("delay relative to the board's mean over all events; the delays of a run's boards sum to 0 [ns]")
        double offsetNs,

        @About("its uncertainty [ns]") double offsetNsUnc,
        @About("events of the run in the fit") long events) {
    static final String TABLE = "run_offsets";
    /** Fewer sigma are no remark: with thousands of runs one in a thousand analyses would have it by chance. */
    private static final double SIGNIFICANT = 5;

    static List<RunOffset> of(RunDelays delays, List<String> runs, List<Integer> boards) {
        List<RunOffset> rows = new ArrayList<>();
        delays.ofRuns().forEach((run, delay) -> {
            for (int i = 0; i < boards.size(); i++) {
                rows.add(new RunOffset(runs.get(run), boards.get(i), delay.value()[i], delay.unc()[i], delay.events()));
            }
        });
        return rows;
    }

    private double significance() {
        return Math.abs(offsetNs) / offsetNsUnc;
    }

    /** Says that delays differ between runs, where they do. */
    static Optional<String> remark(List<RunOffset> offsets) {
        List<RunOffset> significant =
                offsets.stream().filter(o -> o.significance() > SIGNIFICANT).toList();
        return significant.stream()
                .max(Comparator.comparingDouble(o -> Math.abs(o.offsetNs)))
                .map(o -> String.format(
                        Locale.ROOT,
                        "delays of the boards differ from run to run and are taken out: most for board %d in run %s,"
                                + " %.1f +- %.1f ps (%d of %d in run_offsets are above %.0f sigma)",
                        o.dataBoardId,
                        o.run,
                        1000 * o.offsetNs,
                        1000 * o.offsetNsUnc,
                        significant.size(),
                        offsets.size(),
                        SIGNIFICANT));
    }
}
