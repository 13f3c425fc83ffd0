package etroc.telescope.etroc2;

import com.typesafe.config.ConfigValue;
import java.util.Locale;

/**
 * Slices of a run in which pixels are calibrated.
 *
 * @param bySplit a slice for each file of a run
 * @param events of a slice, counted in its run; 0: not so
 */
public record CalSlices(boolean bySplit, long events) {
    /** One calibration for all runs. */
    public static final CalSlices NONE = new CalSlices(false, 0);

    static CalSlices of(String name, ConfigValue value) {
        String text = String.valueOf(value.unwrapped()).toLowerCase(Locale.ROOT);
        if (text.equals("none")) {
            return NONE;
        } else if (text.equals("split")) {
            return new CalSlices(true, 0);
        } else if (text.matches("[1-9]\\d{0,9}")) {
            return new CalSlices(false, Long.parseLong(text));
        }
        throw new IllegalArgumentException("none, split, or a number of events from 1 up");
    }

    /** Whether there are any. */
    boolean any() {
        return bySplit || events > 0;
    }
}
