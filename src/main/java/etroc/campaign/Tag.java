package etroc.campaign;

import com.typesafe.config.ConfigValue;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a dataset was taken at, such as a bias voltage.
 *
 * @param text as it was written
 * @param number its value, in the unit of its column; null for a text
 */
public record Tag(String text, @Nullable Double number) {
    /** A unit: what a value in it is multiplied by and then shifted by. */
    private record Unit(double factor, double shift) {}

    private static final double KELVIN = -273.15;
    /** Tags whose unit is fixed: [V] and [degC]. */
    private static final Map<String, Map<String, Unit>> UNITS = Map.of(
            "bias_voltage", Map.of("V", new Unit(1, 0), "mV", new Unit(1e-3, 0), "kV", new Unit(1e3, 0)),
            "temperature",
                    Map.of(
                            "C", new Unit(1, 0),
                            "degC", new Unit(1, 0),
                            "K", new Unit(1, KELVIN)));

    private static final Pattern QUANTITY = Pattern.compile("([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)\\s*(\\S*)");
    /** Tag that says when data were taken: {@code 2026-11-01}. */
    public static final String DATE = "date";

    /** Name of a tag's column in the campaign's tables. */
    public static String column(String tag) {
        return switch (tag) {
            case "bias_voltage" -> "bias_voltage_v";
            case "temperature" -> "temperature_c";
            default -> tag;
        };
    }

    /** @throws IllegalArgumentException if the value makes no sense for this tag; the message says what is possible */
    static Tag of(String name, ConfigValue value) {
        Object plain = value.unwrapped();
        String text = String.valueOf(plain);
        if (plain instanceof Number number) {
            return new Tag(text, number.doubleValue());
        }
        if (!(plain instanceof String)) {
            throw new IllegalArgumentException("a number, a quantity or a text");
        }
        if (name.equals(DATE)) {
            try {
                return new Tag(LocalDate.parse(text).toString(), null);
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException("a date such as 2026-11-01", e);
            }
        }
        Map<String, Unit> units = UNITS.get(name);
        return units == null ? new Tag(text, null) : quantity(text, units);
    }

    private static Tag quantity(String text, Map<String, Unit> units) {
        String possible = "a number, or one with a unit of "
                + String.join(", ", units.keySet().stream().sorted().toList());
        Matcher matcher = QUANTITY.matcher(text);
        Unit unit = matcher.matches() ? units.get(matcher.group(2)) : null;
        if (unit == null) {
            throw new IllegalArgumentException(possible);
        }
        return new Tag(text, Double.parseDouble(matcher.group(1)) * unit.factor + unit.shift);
    }
}
