package etroc.telescope;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import etroc.runs.Run;
import etroc.settings.SettingsReader;
import etroc.telescope.calibration.Calibration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A telescope run ({@code etroc.telescope}).
 *
 * @param events how events are built
 * @param pattern board ids of an event, in the order of the hits
 * @param window largest difference of rows in a coincidence
 * @param toaWindow largest difference of TOA codes in a coincidence; null: any
 * @param boardsRequired fewest boards of a coincidence; null: all
 * @param calibration what the TDC bin width is taken from
 * @param replicas of the bootstrap
 * @param seed of the bootstrap
 */
public record TelescopeSettings(
        Events events,
        List<Integer> pattern,
        int window,
        @Nullable Integer toaWindow,
        @Nullable Integer boardsRequired,
        Calibration.Method calibration,
        TimeWalkSettings timeWalk,
        int replicas,
        long seed) {
    /** How events are built. */
    public enum Events {
        SEQUENCE,
        COINCIDENCE
    }

    public static TelescopeSettings read(SettingsReader r) {
        List<Integer> pattern = pattern(r);
        Events events = r.choice("events", Events.class);
        if (events == Events.COINCIDENCE
                && (pattern.isEmpty() || pattern.stream().distinct().count() < pattern.size())) {
            throw r.wrong(
                    "pattern", "for events = coincidence, board ids that are all different, such as [0, 1, 3]", null);
        }
        return new TelescopeSettings(
                events,
                pattern,
                r.integer("window", 1, 1000),
                r.integerOr("none", "toa-window", 0, 1023),
                r.integerOr("all", "boards-required", 1, Math.max(1, pattern.size())),
                r.choice("calibration", Calibration.Method.class),
                TimeWalkSettings.read(r.at("time-walk")),
                r.integer("bootstrap.replicas", 0, 10_000),
                r.integer("bootstrap.seed", 0, Integer.MAX_VALUE));
    }

    private static List<Integer> pattern(SettingsReader r) {
        String possible = "a list of board ids " + Run.BOARD_IDS + ", such as [0, 1, 3]; [] makes every hit an event";
        if (!(r.value("pattern") instanceof ConfigList list)) {
            throw r.wrong("pattern", possible, null);
        }
        List<Integer> pattern = new ArrayList<>();
        for (ConfigValue v : list) {
            if (!(v.unwrapped() instanceof Integer board) || !Run.BOARD_IDS.contains(board)) {
                throw r.wrong("pattern", possible, null);
            }
            pattern.add(board);
        }
        return List.copyOf(pattern);
    }
}
