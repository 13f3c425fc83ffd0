package etroc.scan.bench;

import etroc.InputException;
import etroc.runs.ChargeFromQSel;
import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the name of a scan's folder says. Tokens count wherever they stand. Source: src/docs/formats.md, "ETROC2 scan folders".
 *
 * @param chip name of the chip; empty where none is known
 * @param column 0 to 15
 * @param row 0 to 15
 * @param charge injected charge [fC]
 * @param threshold discriminator threshold [DAC]
 * @param delay of the charge injection, in steps of 781 ps; 0 where none is named
 * @param attempt what is left of the name
 */
record BenchName(
        String chip,
        BenchKind kind,
        int column,
        int row,
        @Nullable Integer charge,
        @Nullable Integer threshold,
        int delay,
        String attempt)
        implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Pattern PIXEL = Pattern.compile("_?Pixel_C(\\d{1,2})_R(\\d{1,2})(?!\\d)");
    private static final Pattern CHARGE = Pattern.compile("_?QInj_(\\d{1,4})(?!\\d)");
    private static final Pattern THRESHOLD = Pattern.compile("_?Threshold_(\\d{1,4})(?!\\d)");
    private static final Pattern DELAY = Pattern.compile("_?QinjDelay0x([0-9A-Fa-f]{1,4})(?![0-9A-Fa-f])");
    private static final Pattern KIND = Pattern.compile("_?(NoiseOnly|BinarySearch_TurnOff|BinarySearch_TurnOn|TDC)");
    private static final Pattern WORDS = Pattern.compile("^_?VRef|_?SCurve");
    private static final int SIDE = 16;
    private static final int MAX_CODE = 31;
    private static final int MAX_DAC = 1023;

    /** Whether a folder of this name is a scan's. */
    static boolean looksLikeOne(String folder) {
        return PIXEL.matcher(folder).find() && (KIND.matcher(folder).find() || folder.contains("_VRef"));
    }

    /** A pixel's, of a file in no folder. @throws InputException if there is no such pixel */
    static BenchName ofPixel(String chip, BenchKind kind, String column, String row) {
        return new BenchName(
                chip,
                kind,
                within(column, 10, SIDE - 1, "column"),
                within(row, 10, SIDE - 1, "row"),
                null,
                null,
                0,
                "");
    }

    /** Reads a name. @throws InputException if it is not that of a scan's folder, saying why */
    static BenchName parse(String folder, ChargeFromQSel charges) {
        int at = folder.indexOf("_VRef");
        Rest rest = new Rest(at < 0 ? folder : folder.substring(at));
        Matcher pixel = rest.take(PIXEL);
        if (pixel == null) {
            throw new InputException("no token Pixel_C<column>_R<row> in '" + folder + "'");
        }
        int column = within(pixel.group(1), 10, SIDE - 1, "column");
        int row = within(pixel.group(2), 10, SIDE - 1, "row");
        Integer code = number(rest.take(CHARGE), 10, MAX_CODE, "QInj");
        Integer threshold = number(rest.take(THRESHOLD), 10, MAX_DAC, "Threshold");
        Integer delay = number(rest.take(DELAY), 16, MAX_CODE, "QinjDelay");
        Matcher kind = rest.take(KIND);
        if (kind == null) {
            throw new InputException(
                    "no token NoiseOnly, BinarySearch_TurnOff, BinarySearch_TurnOn or TDC in '" + folder + "'");
        }
        BenchKind of =
                BenchKind.valueOf(kind.group(1).replace("BinarySearch_", "").toUpperCase(Locale.ROOT));
        if ((of.needsCharge() && code == null) || (of == BenchKind.TDC && threshold == null)) {
            throw new InputException("a folder of " + kind.group(1) + " needs the token "
                    + (code == null ? "QInj_<q>" : "Threshold_<dac>") + ", which '" + folder + "' lacks");
        }
        while (rest.take(WORDS) != null) {
            // each of them goes
        }
        return new BenchName(
                at < 0 ? "" : folder.substring(0, at),
                of,
                column,
                row,
                code == null ? null : charges.charge(code),
                threshold,
                delay == null ? 0 : delay,
                rest.text.replaceFirst("^_", ""));
    }

    private static @Nullable Integer number(@Nullable Matcher token, int base, int most, String what) {
        return token == null ? null : within(token.group(1), base, most, what);
    }

    private static int within(String digits, int base, int most, String what) {
        int value = Integer.parseInt(digits, base);
        if (value > most) {
            throw new InputException(what + " " + digits + " is beyond " + Integer.toString(most, base));
        }
        return value;
    }

    /** What tokens have not been taken from. */
    private static final class Rest {
        private String text;

        Rest(String text) {
            this.text = text;
        }

        @Nullable
        Matcher take(Pattern token) {
            Matcher found = token.matcher(text);
            if (!found.find()) {
                return null;
            }
            text = text.substring(0, found.start()) + text.substring(found.end());
            return found;
        }
    }
}
