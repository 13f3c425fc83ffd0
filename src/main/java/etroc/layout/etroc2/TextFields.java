package etroc.layout.etroc2;

import java.nio.charset.StandardCharsets;

/** The fields of a line, which blanks separate, read one after the other. */
final class TextFields {
    private static final long TOO_LARGE = 1L << 40;

    private byte[] line = {};
    private int position;
    private int end;
    private int from;
    private int to;
    private boolean notNumber;

    void reset(byte[] bytes, int start, int limit) {
        line = bytes;
        position = start;
        end = limit;
        notNumber = false;
        while (end > position && (line[end - 1] == ' ' || line[end - 1] == '\r')) {
            end--;
        }
        skipBlanks();
    }

    private void skipBlanks() {
        while (position < end && line[position] == ' ') {
            position++;
        }
    }

    boolean hasNext() {
        return position < end;
    }

    /** Goes to the next field; past the last one it is empty. */
    void next() {
        from = position;
        while (position < end && line[position] != ' ') {
            position++;
        }
        to = position;
        skipBlanks();
    }

    /** Whether the field is this word. */
    boolean is(String word) {
        if (word.length() != to - from) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (line[from + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the field begins so. */
    boolean startsWith(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (from + i >= to || line[from + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Length of the field. */
    int length() {
        return to - from;
    }

    /** Goes to the next field and reads a number of this base, or of base 2 or 16 where it begins with {@code 0b} or {@code 0x}. */
    long number(int usualBase) {
        next();
        return value(usualBase);
    }

    /** The field as a number. */
    private long value(int usualBase) {
        int base = startsWith("0b") ? 2 : startsWith("0x") ? 16 : usualBase;
        boolean marked = base != usualBase || startsWith("0b") || startsWith("0x");
        int first = marked ? from + 2 : from;
        notNumber |= first >= to;
        long value = 0;
        for (int i = first; i < to; i++) {
            int digit = Character.digit((char) (line[i] & 0xFF), base);
            notNumber |= digit < 0;
            value = Math.min(value * base + digit, TOO_LARGE);
        }
        return value;
    }

    /** Whether a field that should be a number was none. */
    boolean notNumber() {
        return notNumber;
    }

    /** The field as text, for messages. */
    String text() {
        return new String(line, from, Math.min(to - from, 40), StandardCharsets.ISO_8859_1);
    }
}
