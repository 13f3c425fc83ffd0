package etroc.cli;

import static etroc.cli.SimulateScanCommand.check;

import etroc.UsageException;
import java.util.Arrays;

/** Numbers of an option with colons between. */
final class ColonNumbers {
    private ColonNumbers() {}

    /** Whether it is one of 0, 1 .. end - 1. */
    static boolean isWhole(double number, int end) {
        return number == Math.rint(number) && number >= 0 && number < end;
    }

    /** The numbers, so many as expected. @throws UsageException if they are not */
    static double[] of(String option, String text, int count) {
        try {
            double[] numbers = Arrays.stream(text.split(":", -1))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            check(
                    numbers.length == count && Arrays.stream(numbers).allMatch(Double::isFinite),
                    option + " takes " + count + " numbers with colons between, found " + text);
            return numbers;
        } catch (NumberFormatException e) {
            throw new UsageException(option + " takes " + count + " numbers with colons between, found " + text, e);
        }
    }
}
