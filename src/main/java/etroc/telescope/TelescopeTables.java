package etroc.telescope;

import etroc.fits.Polynomial;
import etroc.store.Table;
import etroc.telescope.calibration.Calibration;
import etroc.telescope.resolution.Resolution;
import etroc.telescope.resolution.ResolutionFormulae.Sigma;
import etroc.telescope.walk.TimeWalk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The tables of a telescope run. */
final class TelescopeTables {
    static final String BOARD_INFO = "board_info_data";

    private final List<Integer> boards;
    private final @Nullable Double bias;

    TelescopeTables(List<Integer> boards, @Nullable Double bias) {
        this.boards = boards;
        this.bias = bias;
    }

    /** Calibration of each board. */
    Table boardInfo(List<Calibration> calibrations, Map<Integer, @Nullable String> pixels) {
        Table table = Table.of(
                BOARD_INFO,
                "data_board_id:i",
                "calibration_code_mean:r",
                "calibration_code_median:r",
                "fbin_mean:r",
                "fbin_median:r",
                "calibration_code_mode:r",
                "calibration_code_spread:r",
                "hits:i",
                "hits_with_code_0:i",
                "pixel_id:t",
                "bias_voltage:r");
        calibrations.forEach(c -> table.row(
                c.board(),
                c.mean(),
                c.median(),
                Calibration.binWidth(c.mean()),
                Calibration.binWidth(c.median()),
                c.mode(),
                c.spread(),
                c.count(),
                c.zeros(),
                pixels.get(c.board()),
                bias));
        return table;
    }

    /** The calibrations that a table of {@link #boardInfo} was made from. */
    static List<Calibration> calibrations(Table boardInfo) {
        List<Calibration> calibrations = new ArrayList<>();
        for (@Nullable Object[] row : boardInfo.rows()) {
            calibrations.add(new Calibration(
                    (int) integer(boardInfo, row, "data_board_id"),
                    real(boardInfo, row, "calibration_code_mean"),
                    real(boardInfo, row, "calibration_code_median"),
                    real(boardInfo, row, "calibration_code_mode"),
                    real(boardInfo, row, "calibration_code_spread"),
                    integer(boardInfo, row, "hits"),
                    integer(boardInfo, row, "hits_with_code_0")));
        }
        return calibrations;
    }

    private static long integer(Table table, @Nullable Object[] row, String column) {
        return ((Number) Objects.requireNonNull(row[table.index(column)])).longValue();
    }

    private static double real(Table table, @Nullable Object[] row, String column) {
        Object value = row[table.index(column)];
        return value == null ? Double.NaN : ((Number) value).doubleValue();
    }

    /** What became of the hits: counts that add up. */
    Table eventSummary(
            Map<String, Long> eventsOfRun, Map<Integer, Long> hitsOfBoard, Map<Integer, Long> inEvents, long lost) {
        Table table = Table.of("event_info", "subject:t", "quantity:t", "count:i");
        eventsOfRun.forEach((run, n) -> table.row("run " + run, "events", n));
        hitsOfBoard.forEach((board, n) -> {
            long used = inEvents.getOrDefault(board, 0L);
            table.row("board " + board, "hits", n);
            table.row("board " + board, "hits in events", used);
            table.row(
                    "board " + board,
                    boards.contains(board) ? "hits in no event" : "hits in no event: board not in the pattern",
                    n - used);
        });
        table.row("all boards", "hits in no event that were part of a candidate", lost);
        return table;
    }

    /** Time-walk fits, and the fits of what they leave. */
    Table walk(TimeWalk.Solution solution, int degree) {
        List<String> columns = new ArrayList<>(List.of("twc_iteration:i", "board_id:i", "twc_applied:i"));
        for (int k = 0; k <= degree; k++) {
            columns.add("p" + k + ":r");
        }
        for (int k = 0; k <= degree; k++) {
            columns.add("p" + k + "_unc:r");
        }
        columns.addAll(List.of(
                "residual_variance_ns2:r", "events:i", "tot_min_ns:r", "tot_max_ns:r", "remark:t", "bias_voltage:r"));
        Table table = Table.of("twc_fit_info", columns.toArray(String[]::new));
        for (int k = 0; k < solution.fits().size(); k++) {
            addWalk(table, k, false, solution.fits().get(k));
            if (k < solution.checks().size()) {
                addWalk(table, k, true, solution.checks().get(k));
            }
        }
        return table;
    }

    private void addWalk(Table table, int iteration, boolean applied, List<Polynomial> fits) {
        for (int i = 0; i < boards.size(); i++) {
            Polynomial p = fits.get(i);
            List<@Nullable Object> row = new ArrayList<>(Arrays.asList(iteration, boards.get(i), applied));
            Arrays.stream(p.coefficients()).forEach(row::add);
            Arrays.stream(p.uncertainties()).forEach(row::add);
            row.addAll(Arrays.asList(p.variance(), p.events(), p.from(), p.to(), p.remark(), bias));
            table.row(row.toArray());
        }
    }

    /** A step of the cuts. */
    record Step(int order, String name) {}

    /** An empty table of resolutions. */
    static Table timing() {
        return Table.of(
                "timing_info",
                "data_board_id:i",
                "time_delta_width:r",
                "time_diff_width:r",
                "time_delta_width_unc:r",
                "time_diff_width_unc:r",
                "step_order:i",
                "step_name:t",
                "twc_iteration:i",
                "time_resolution:r",
                "time_resolution_unc:r",
                "time_resolution_new:r",
                "time_resolution_new_unc:r",
                "events:i",
                "time_diff_core_mean:r",
                "time_diff_core_width:r",
                "time_resolution_bootstrap_unc:r",
                "time_resolution_low:r",
                "time_resolution_high:r",
                "time_resolution_core:r",
                "time_resolution_core_unc:r",
                "time_resolution_core_bootstrap_unc:r",
                "time_resolution_core_low:r",
                "time_resolution_core_high:r",
                "time_resolution_intrinsic:r",
                "fbin:r",
                "remark:t",
                "bias_voltage:r");
    }

    /** An empty table of correlations. */
    static Table correlations() {
        return Table.of(
                "resolution_correlation",
                "step_order:i",
                "step_name:t",
                "twc_iteration:i",
                "data_board_id:i",
                "other_board_id:i",
                "correlation:r");
    }

    /** Adds the resolutions of a step and iteration. */
    void addTiming(
            Table timing, Table correlations, Step step, int iteration, List<Resolution> rows, double[] binWidths) {
        for (Resolution r : rows) {
            double bin = binWidths[r.board()];
            timing.row(
                    boards.get(r.board()),
                    r.deltaWidth(),
                    r.pairWidth(),
                    r.deltaWidthUnc(),
                    r.pairWidthUnc(),
                    step.order(),
                    step.name(),
                    iteration,
                    value(r.threeBoard()),
                    unc(r.threeBoard()),
                    value(r.nBoard()),
                    unc(r.nBoard()),
                    r.events(),
                    r.core().mean(),
                    r.core().width(),
                    r.bootstrap()[0],
                    r.bootstrap()[1],
                    r.bootstrap()[2],
                    value(r.threeBoardCore()),
                    unc(r.threeBoardCore()),
                    r.bootstrapCore()[0],
                    r.bootstrapCore()[1],
                    r.bootstrapCore()[2],
                    r.nBoard() == null ? null : Math.sqrt(r.nBoard().variance() - bin * bin / 12),
                    bin,
                    r.remark(),
                    bias);
            for (int j = 0; j < r.correlation().length; j++) {
                if (j != r.board()) {
                    correlations.row(
                            step.order(),
                            step.name(),
                            iteration,
                            boards.get(r.board()),
                            boards.get(j),
                            r.correlation()[j]);
                }
            }
        }
    }

    private static @Nullable Double value(@Nullable Sigma sigma) {
        return sigma == null ? null : sigma.value();
    }

    private static @Nullable Double unc(@Nullable Sigma sigma) {
        return sigma == null ? null : sigma.unc();
    }
}
