package etroc.app;

import etroc.store.Table;
import etroc.store.TableText;
import java.util.List;

/** What a person wants to see first of a result. */
final class Summaries {
    private static final int MAX_ROWS = 60;

    private Summaries() {}

    /** The lines and thresholds to set of a scan; resolutions and remarks of a telescope run. */
    static String of(List<Table> tables) {
        StringBuilder text = new StringBuilder();
        for (Table table : tables) {
            if (table.name().equals("timing_info")) {
                text.append("Time resolution [ns] of each board; twc_iteration -1: before time-walk correction\n");
                text.append(TableText.aligned(
                        table.select(
                                "step_name",
                                "twc_iteration",
                                "data_board_id",
                                "events",
                                "time_resolution",
                                "time_resolution_bootstrap_unc",
                                "time_resolution_core",
                                "time_resolution_core_bootstrap_unc",
                                "time_resolution_intrinsic",
                                "remark"),
                        MAX_ROWS));
            } else if (table.name().equals("remarks") && !table.rows().isEmpty()) {
                text.append('\n').append(TableText.aligned(table, MAX_ROWS));
            } else if (table.name().equals("event_info")) {
                text.append(TableText.aligned(table, MAX_ROWS)).append('\n');
            } else if (table.name().equals("dac_vs_charge")) {
                text.append(
                        "Threshold [DAC] = intercept + slope x charge [fC], and the thresholds to set above the noise region\n");
                text.append(TableText.aligned(
                        table.select(
                                "data_board_id",
                                "pixel_id",
                                "method",
                                "noise_min_dac",
                                "noise_max_dac",
                                "intercept",
                                "intercept_unc",
                                "slope",
                                "slope_unc",
                                "min_charge",
                                "charge_0",
                                "suggested_threshold_0",
                                "charge_1",
                                "suggested_threshold_1",
                                "remark"),
                        MAX_ROWS));
            }
        }
        return text.toString();
    }
}
