package etroc.telescope;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where slices of runs stand on the axis of a drift: by the middle of their time stamps, or by their number where the data have none.
 *
 * @param start of the first slice; null: there are no time stamps, or all are the same
 */
record SliceTimes(@Nullable LocalDateTime start) {
    private static final double SECONDS_AN_HOUR = 3600;

    static SliceTimes of(List<DriftSlice> drift) {
        List<LocalDateTime> times = drift.stream()
                .flatMap(s -> Stream.ofNullable(s.timeFrom()))
                .map(LocalDateTime::parse)
                .sorted()
                .toList();
        boolean differ = !times.isEmpty() && times.get(0).isBefore(times.get(times.size() - 1));
        return new SliceTimes(differ ? times.get(0) : null);
    }

    /** Title of the axis, with unit. */
    String title() {
        return start == null
                ? "slice of the runs' events, in their order"
                : "time since " + start.toString().replace('T', ' ') + " [h]";
    }

    /**
     * Place of a slice.
     *
     * @param number among all
     */
    double of(DriftSlice slice, int number) {
        String first = slice.timeFrom();
        if (start == null || first == null) {
            return number;
        }
        LocalDateTime from = LocalDateTime.parse(first);
        Duration half = Duration.between(from, LocalDateTime.parse(Objects.requireNonNull(slice.timeTo())))
                .dividedBy(2);
        return Duration.between(start, from.plus(half)).toSeconds() / SECONDS_AN_HOUR;
    }
}
