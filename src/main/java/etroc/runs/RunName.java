package etroc.runs;

import etroc.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a run and a split number out of a file name. Three families are known (src/docs/formats.md, "Metadata in file names"):
 *
 * <pre>
 * TDC_Data_PhaseAdj0_F9P5_QSel15_DAC428_F11P5_QSel20_DAC721_F5P9_QSel20_DAC723_Split_0.dat   charge injection
 * F9P5_F11P5_F5P9_Beam_HV235.txt                                                             beam, cosmics
 * Pixel=0_DAC_P0=450_QSel=4_PhaseAdj=090_B1_200000_07-23_16-11-02.dat                        single chip
 * Array_Data_Pixel=0_DAC_P0=418_LaserAttenuation=8500_PhaseAdj=0_B1_04-26_16-11-02.dat       the same under a laser, 85.00 %
 * </pre>
 *
 * The split number stands as {@code _Split_17}, {@code _17_Split} or, in {@code .dat} files, {@code _17}.
 */
public final class RunName {
    /** What a name may look like, for error messages. */
    public static final String PATTERN =
            "TDC_Data_PhaseAdj<n>_<pixel>_QSel<n>_DAC<n>[...up to 3 boards][_Split_<n>|_<n>_Split|_<n>].dat,"
                    + " <pixel>[_<pixel>_<pixel>][_<word>...].txt, or key=value tokens with Pixel=";

    private static final Pattern PIXEL = Pattern.compile("[A-Z]\\d+P\\d+");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final Pattern BIAS = Pattern.compile("HV(\\d+(?:\\.\\d+)?)");
    private static final int MAX_PHASE = 255;
    private static final int MAX_DAC = 1023;
    /** An attenuation is written in hundredths of a per cent. */
    private static final int PER_CENT = 100;

    /** A file name's run and its split number. */
    public record Parsed(Run run, int split) {}

    private final String fileName;
    private final ChargeFromQSel charge;

    private RunName(String fileName, ChargeFromQSel charge) {
        this.fileName = fileName;
        this.charge = charge;
    }

    /** @throws InputException if the name fits no pattern; it shows the first token that failed */
    public static Parsed parse(String fileName, ChargeFromQSel charge) {
        return new RunName(fileName, charge).parse();
    }

    /** Whether a file of this name can hold data: {@code .dat} or {@code .txt}, also compressed. */
    public static boolean isDataFile(String fileName) {
        return fileName.matches(".+\\.(dat|txt)(\\.gz)?");
    }

    private Parsed parse() {
        String base = fileName.replaceFirst("\\.gz$", "").replaceFirst("\\.(dat|txt)$", "");
        List<String> tokens = new ArrayList<>(Arrays.asList(base.split("_", -1)));
        if (base.contains("=")
                && !PIXEL.matcher(tokens.get(0)).matches()) { // free words of a beam run may hold anything
            return new Parsed(keyValueRun(base), 0);
        }
        boolean scan = tokens.size() > 2
                && tokens.get(0).equals("TDC")
                && tokens.get(1).equals("Data");
        boolean bareNumberIsSplit = scan || !fileName.contains(".txt");
        OptionalInt split = takeSplit(tokens, bareNumberIsSplit);
        String name = String.join("_", tokens);
        Run run = scan ? scanRun(name, tokens.subList(2, tokens.size())) : telescopeRun(name, tokens);
        return new Parsed(run, split.orElse(0));
    }

    private static OptionalInt takeSplit(List<String> tokens, boolean bareNumberIsSplit) {
        int n = tokens.size();
        if (n > 2 && tokens.get(n - 2).equals("Split") && isNumber(tokens.get(n - 1))) {
            return removeLast(tokens, 2, tokens.get(n - 1));
        }
        if (n > 2 && tokens.get(n - 1).equals("Split") && isNumber(tokens.get(n - 2))) {
            return removeLast(tokens, 2, tokens.get(n - 2));
        }
        if (bareNumberIsSplit && n > 1 && isNumber(tokens.get(n - 1))) {
            return removeLast(tokens, 1, tokens.get(n - 1));
        }
        return OptionalInt.empty();
    }

    private static OptionalInt removeLast(List<String> tokens, int count, String number) {
        tokens.subList(tokens.size() - count, tokens.size()).clear();
        return OptionalInt.of(Integer.parseInt(number));
    }

    private static boolean isNumber(String token) {
        return NUMBER.matcher(token).matches();
    }

    private Run scanRun(String name, List<String> tokens) {
        int phase = numberAfter("PhaseAdj", token(tokens, 0), MAX_PHASE);
        List<BoardSetting> boards = new ArrayList<>();
        for (int i = 1; i < tokens.size(); i += 3) {
            if (boards.size() == Run.BOARD_IDS.size()) {
                throw odd(tokens.get(i), "the end of the name: there are three boards at most");
            }
            boards.add(new BoardSetting(
                    Run.BOARD_IDS.get(boards.size()),
                    pixel(tokens.get(i)),
                    charge.charge(numberAfter("QSel", token(tokens, i + 1), Integer.MAX_VALUE)),
                    numberAfter("DAC", token(tokens, i + 2), MAX_DAC)));
        }
        if (boards.isEmpty()) {
            throw odd("", "a pixel such as F9P5");
        }
        return new Run(name, phase, boards, null);
    }

    private Run telescopeRun(String name, List<String> tokens) {
        List<BoardSetting> boards = new ArrayList<>();
        @Nullable Double bias = null;
        for (String token : tokens) {
            if (boards.size() < Run.BOARD_IDS.size() && PIXEL.matcher(token).matches()) {
                boards.add(new BoardSetting(Run.BOARD_IDS.get(boards.size()), token, null, null));
                continue;
            }
            if (boards.isEmpty()) {
                throw odd(token, "TDC_Data or a pixel such as F9P5");
            }
            Matcher matcher = BIAS.matcher(token);
            if (matcher.matches()) {
                bias = Double.valueOf(matcher.group(1));
            }
        }
        return new Run(name, null, boards, bias);
    }

    private Run keyValueRun(String base) {
        String pixel = value(base, "Pixel", "the token Pixel=<n>");
        if (pixel == null) {
            throw odd(base.split("_", -1)[0], "the token Pixel=<n>");
        }
        @Nullable Integer threshold = number(base, "DAC(?:_P\\d+)?", MAX_DAC);
        @Nullable Integer qsel = number(base, "QSel", Integer.MAX_VALUE);
        @Nullable Integer phase = number(base, "PhaseAdj", MAX_PHASE);
        @Nullable Integer attenuation = number(base, "LaserAttenuation", 100 * PER_CENT);
        BoardSetting board =
                new BoardSetting(Run.BOARD_IDS.get(0), pixel, qsel == null ? null : charge.charge(qsel), threshold);
        return new Run(base, phase, List.of(board), null, attenuation == null ? null : attenuation / (double) PER_CENT);
    }

    private @Nullable Integer number(String base, String key, int most) {
        String expected = "a number" + upTo(most);
        String text = value(base, key, expected);
        if (text != null && Integer.parseInt(text) > most) {
            throw odd(text, expected);
        }
        return text == null ? null : Integer.valueOf(text);
    }

    private static String upTo(int most) {
        return most == Integer.MAX_VALUE ? "" : " from 0 to " + most;
    }

    private @Nullable String value(String base, String key, String expected) {
        Matcher matcher = Pattern.compile("(?:^|_)" + key + "=([^_]*)").matcher(base);
        if (!matcher.find()) {
            return null;
        }
        if (!isNumber(matcher.group(1))) {
            throw odd(matcher.group().replaceFirst("^_", ""), expected);
        }
        return matcher.group(1);
    }

    private String token(List<String> tokens, int i) {
        return i < tokens.size() ? tokens.get(i) : "";
    }

    private String pixel(String token) {
        if (!PIXEL.matcher(token).matches()) {
            throw odd(token, "a pixel such as F9P5");
        }
        return token;
    }

    private int numberAfter(String key, String token, int most) {
        if (token.startsWith(key) && isNumber(token.substring(key.length()))) {
            int number = Integer.parseInt(token.substring(key.length()));
            if (number <= most) {
                return number;
            }
        }
        throw odd(token, key + "<n>" + upTo(most));
    }

    private InputException odd(String token, String expected) {
        String found = token.isEmpty() ? "the end of the name" : "'" + token + "'";
        return new InputException("file name '" + fileName + "' does not say which run it is: found " + found
                + " where " + expected + " belongs; a name is " + PATTERN);
    }
}
