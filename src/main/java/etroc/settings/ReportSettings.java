package etroc.settings;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How results are drawn ({@code etroc.report}).
 *
 * @param label in every figure
 * @param formats of the figures' files: png, svg, pdf; the numbers are always there as CSV
 */
public record ReportSettings(String label, List<String> formats) {
    private static final List<String> POSSIBLE = List.of("png", "svg", "pdf");

    static ReportSettings read(SettingsReader r) {
        ConfigValue value = r.value("formats");
        List<String> formats = new ArrayList<>();
        if (!(value instanceof ConfigList list)) {
            throw r.wrong("formats", "a list of " + POSSIBLE, null);
        }
        for (ConfigValue one : list) {
            String format = String.valueOf(one.unwrapped()).toLowerCase(Locale.ROOT);
            if (!POSSIBLE.contains(format)) {
                throw r.wrong("formats", "a list of " + POSSIBLE, null);
            }
            formats.add(format);
        }
        return new ReportSettings(r.text("label"), List.copyOf(formats));
    }
}
