package etroc.layout;

import org.jspecify.annotations.Nullable;

/** Reads blank-separated unsigned integers from a line of bytes. */
final class NumberScanner {
    private static final int MAX_DIGITS = 10;

    private byte[] buffer = new byte[0];
    private int position;
    private int end;
    private @Nullable Malformation problem;

    void reset(byte[] line, int from, int to) {
        buffer = line;
        position = from;
        end = to;
        problem = null;
    }

    /** What was wrong with the numbers so far, or null. */
    @Nullable
    Malformation problem() {
        return problem;
    }

    /** The next number; after the last one or at something else -1, and {@link #problem} tells. */
    long next() {
        skipBlanks();
        if (position == end) {
            return failed(Malformation.WRONG_COLUMN_COUNT);
        }
        long value = 0;
        int digits = 0;
        while (position < end && buffer[position] != ' ') {
            int digit = buffer[position++] - '0';
            if (digit < 0 || digit > 9 || ++digits > MAX_DIGITS) {
                return failed(Malformation.NOT_A_NUMBER);
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** The next number, values beyond an int as the largest int: out of every range all the same. */
    int nextInt() {
        return (int) Math.min(next(), Integer.MAX_VALUE);
    }

    /** Position of the next non-blank byte. */
    int position() {
        skipBlanks();
        return position;
    }

    /** Notes a problem if anything but blanks is left. */
    void expectEnd() {
        skipBlanks();
        if (position < end && problem == null) {
            problem = Malformation.WRONG_COLUMN_COUNT;
        }
    }

    private void skipBlanks() {
        while (position < end && buffer[position] == ' ') {
            position++;
        }
    }

    private long failed(Malformation reason) {
        if (problem == null) {
            problem = reason;
        }
        return -1;
    }
}
