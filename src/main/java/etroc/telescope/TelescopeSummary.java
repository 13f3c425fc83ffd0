package etroc.telescope;

import etroc.report.Rounded;
import etroc.store.Table;
import etroc.store.Tables;
import java.util.List;

/** The results of a telescope run that are looked for first, with uncertainties, rounded. */
public final class TelescopeSummary {
    private TelescopeSummary() {}

    /** Resolutions; without them, calibrations. */
    public static List<Table> of(Tables tables) {
        return List.of(tables.has("timing_info") ? resolutions(tables) : calibrations(tables));
    }

    private static Table resolutions(Tables tables) {
        Table table = Table.of(
                "resolutions",
                "step:t",
                "iteration:t",
                "board:t",
                "events:i",
                "time resolution [ps]:t",
                "Gaussian core [ps]:t",
                "without quantisation [ps]:t",
                "remark:t");
        for (Table.Row r : tables.rows("timing_info")) {
            table.row(
                    r.text("step_name"),
                    r.integer("twc_iteration") < 0 ? "uncorrected" : r.text("twc_iteration"),
                    r.text("data_board_id"),
                    r.get("events"),
                    picoseconds(r, "time_resolution", "time_resolution_bootstrap_unc"),
                    picoseconds(r, "time_resolution_core", "time_resolution_core_bootstrap_unc"),
                    picoseconds(r, "time_resolution_intrinsic", "time_resolution_bootstrap_unc"),
                    r.text("remark"));
        }
        return table;
    }

    private static String picoseconds(Table.Row row, String value, String unc) {
        return Rounded.of(1000 * row.number(value), 1000 * row.number(unc));
    }

    private static Table calibrations(Tables tables) {
        Table table = Table.of("calibrations", "board:t", "hits:i", "mean calibration code:t", "bin width [ps]:t");
        for (Table.Row r : tables.rows("board_info_data")) {
            double unc = r.number("calibration_code_spread") / Math.sqrt(r.number("hits"));
            table.row(
                    r.text("data_board_id"),
                    r.get("hits"),
                    Rounded.of(r.real("calibration_code_mean"), unc),
                    Rounded.of(1000 * r.number("fbin_mean"), null));
        }
        return table;
    }
}
