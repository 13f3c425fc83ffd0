package etroc.telescope;

import etroc.Possible;
import etroc.runs.Run;
import etroc.telescope.calibration.Calibration;
import etroc.telescope.calibration.Saturated;
import etroc.telescope.walk.TimeWalkSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A telescope run ({@code etroc.telescope}).
 *
 * @param events how events are built
 * @param pattern board ids of an event, in the order of the hits
 * @param window largest difference of rows in a coincidence
 * @param emulatorWindow largest difference of lines of an event and a frame of an ETROC2 that was read beside
 * @param toaWindow largest difference of TOA codes in a coincidence; null: any
 * @param boardsRequired fewest boards of a coincidence; null: all
 * @param calibration what the TDC bin width is taken from
 * @param calibrationSlice numbers of events in a slice of the calibration
 * @param saturatedCodes what becomes of hits with a code at an end stop
 * @param align whether {@code joint} has constants for every run
 * @param systematics whether the analysis is repeated with what it may choose changed
 */
public record TelescopeSettings(
        Events events,
        @Possible(or = "none") List<Integer> pattern,
        @Possible(min = 1, max = 1000) int window,
        @Possible(min = 1, max = 999) int emulatorWindow,

        @Possible(min = 0, max = 1023, or = "none") @Nullable
        Integer toaWindow,

        @Possible(min = 1, or = "all") @Nullable Integer boardsRequired,
        Calibration.Method calibration,
        @Possible(min = 2, max = 1_000_000_000) int calibrationSlice,
        Saturated.Handling saturatedCodes,
        Align align,
        TimeWalkSettings timeWalk,
        Bootstrap bootstrap,
        boolean systematics) {
    /** ETROC1 boards of a telescope with an emulator of ETROC2, which is channel 0. */
    public static final List<Integer> WITH_EMULATOR = List.of(1, 2, 3);

    /** How events are built. */
    public enum Events {
        SEQUENCE,
        COINCIDENCE
    }

    /** Whether the delays of the boards may differ from run to run. */
    public enum Align {
        RUN,
        NONE
    }

    /**
     * Uncertainties of the resolution.
     *
     * @param replicas 0: none
     */
    public record Bootstrap(
            @Possible(min = 0, max = 10_000) int replicas,
            @Possible(min = 0, max = Integer.MAX_VALUE) long seed) {}

    public TelescopeSettings {
        check(
                Run.BOARD_IDS.containsAll(pattern) || WITH_EMULATOR.containsAll(pattern),
                "pattern is " + pattern + "; possible: board ids " + Run.BOARD_IDS
                        + ", such as [0, 1, 3], or of mixed word lines " + WITH_EMULATOR
                        + "; [] makes every hit an event");
        boolean isSet = !pattern.isEmpty() && pattern.stream().distinct().count() == pattern.size();
        check(
                events != Events.COINCIDENCE || isSet,
                "pattern is " + pattern
                        + "; possible for events = coincidence: board ids that are all different, such as [0, 1, 3]");
        check(
                boardsRequired == null || boardsRequired <= Math.max(1, pattern.size()),
                "boards-required is " + boardsRequired + "; possible: all or a number of boards of the pattern "
                        + pattern);
    }

    private static void check(boolean possible, String otherwise) {
        if (!possible) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
