package etroc.app;

import etroc.store.Table;
import etroc.store.TableText;
import java.util.List;

/** What a person wants to see first of a result. */
final class Summaries {
    private static final int MAX_ROWS = 60;

    private Summaries() {}

    /** The scan's lines and thresholds to set. */
    static String scan(List<Table> tables) {
        StringBuilder text = new StringBuilder();
        for (Table table : tables) {
            if (table.name().equals("dac_vs_charge")) {
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
