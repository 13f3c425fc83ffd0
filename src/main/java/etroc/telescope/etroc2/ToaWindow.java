package etroc.telescope.etroc2;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import java.io.Serializable;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Window of TOA on the reference board; both ends belong to it.
 *
 * @param first code, or time [ns]
 * @param inNs whether it is of times
 */
public record ToaWindow(double first, double last, boolean inNs) implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String NUMBER = " *(-?\\d+(?:\\.\\d+)?) *";
    private static final Pattern TIMES = Pattern.compile(NUMBER + "\\.\\." + NUMBER + "ns *");
    private static final int LAST_CODE = 1023;
    private static final String POSSIBLE =
            "first and last TOA code of 0 to 1023, such as [100, 500], or times such as \"2..10 ns\"";

    static ToaWindow of(String name, ConfigValue value) {
        Matcher times = TIMES.matcher(String.valueOf(value.unwrapped()));
        ToaWindow window;
        if (value instanceof ConfigList list) {
            List<Integer> codes = list.stream()
                    .map(c -> c.unwrapped() instanceof Integer i && i >= 0 && i <= LAST_CODE ? i : Integer.valueOf(-1))
                    .toList();
            check(codes.size() == 2 && !codes.contains(-1));
            window = new ToaWindow(codes.get(0), codes.get(1), false);
        } else {
            check(times.matches());
            window = new ToaWindow(Double.parseDouble(times.group(1)), Double.parseDouble(times.group(2)), true);
        }
        check(window.first <= window.last);
        return window;
    }

    private static void check(boolean possible) {
        if (!possible) {
            throw new IllegalArgumentException(POSSIBLE);
        }
    }

    /** Whether a hit lies in it. */
    boolean holds(double code, double timeNs) {
        double value = inNs ? timeNs : code;
        return value >= first && value <= last;
    }

    /** Whether a hit lies in the half from the middle on. */
    boolean isLate(double code, double timeNs) {
        return (inNs ? timeNs : code) >= (first + last) / 2;
    }
}
