package etroc.telescope;

import etroc.store.Table;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where slices of a run stand on the axis of a drift: by the middle of their time stamps, or by their number where the data have none.
 *
 * @param start of the first slice; null: there are no time stamps, or all are the same
 */
record SliceTimes(@Nullable LocalDateTime start) {
    private static final double SECONDS_AN_HOUR = 3600;

    static SliceTimes of(List<Table.Row> drift) {
        List<LocalDateTime> times = drift.stream()
                .filter(r -> !r.text("time_from").isEmpty())
                .map(r -> LocalDateTime.parse(r.text("time_from")))
                .sorted()
                .toList();
        boolean differ = !times.isEmpty() && times.get(0).isBefore(times.get(times.size() - 1));
        return new SliceTimes(differ ? times.get(0) : null);
    }

    /** Title of the axis, with unit. */
    String title() {
        return start == null
                ? "slice of the events, in their order"
                : "time since " + start.toString().replace('T', ' ') + " [h]";
    }

    /** Place of a slice. */
    double of(Table.Row slice) {
        if (start == null || slice.text("time_from").isEmpty()) {
            return slice.number("slice");
        }
        LocalDateTime from = LocalDateTime.parse(slice.text("time_from"));
        Duration half = Duration.between(from, LocalDateTime.parse(slice.text("time_to")))
                .dividedBy(2);
        return Duration.between(Objects.requireNonNull(start), from.plus(half)).toSeconds() / SECONDS_AN_HOUR;
    }
}
