package etroc.report;

import etroc.store.Table;
import java.util.ArrayList;
import java.util.List;

/** The results that are looked for first, with uncertainties, rounded. */
public final class Summary {
    private Summary() {}

    /** Of all tables of a result. */
    public static List<Table> of(List<Table> tables) {
        return of(new Tables(tables));
    }

    static List<Table> of(Tables tables) {
        List<Table> summary = new ArrayList<>();
        if (tables.has("dac_vs_charge")) {
            summary.add(thresholds(tables));
        }
        if (tables.has("timing_info")) {
            summary.add(resolutions(tables));
        } else if (tables.has("board_info_data")) {
            summary.add(calibrations(tables));
        }
        return summary;
    }

    private static Table thresholds(Tables tables) {
        Table table = Table.of(
                "thresholds",
                "board:t",
                "pixel:t",
                "phase:t",
                "method:t",
                "noise region [DAC]:t",
                "intercept [DAC]:t",
                "slope [DAC/fC]:t",
                "suggested thresholds:t",
                "remark:t");
        for (Table.Row r : tables.rows("dac_vs_charge")) {
            List<String> suggested = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                if (!r.text("suggested_threshold_" + i).isEmpty()) {
                    suggested.add(r.text("suggested_threshold_" + i) + " for " + r.text("charge_" + i) + " fC");
                }
            }
            table.row(
                    r.text("data_board_id"),
                    r.text("pixel_id"),
                    r.text("phase_adjust"),
                    r.text("method"),
                    Rounded.of(r.real("noise_min_dac"), null) + " to " + Rounded.of(r.real("noise_max_dac"), null),
                    Rounded.of(r.real("intercept"), r.real("intercept_unc")),
                    Rounded.of(r.real("slope"), r.real("slope_unc")),
                    String.join(", ", suggested),
                    r.text("remark"));
        }
        return table;
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
