package etroc.report;

import etroc.Possible;
import java.util.List;

/**
 * How results are drawn ({@code etroc.report}).
 *
 * @param label in every figure; {@code auto}: the chip
 * @param formats of the figures' files; the numbers are always there as CSV
 */
public record ReportSettings(
        String label,

        @Possible(
                or = "none",
                oneOf = {"png", "svg", "pdf"})
        List<String> formats) {}
