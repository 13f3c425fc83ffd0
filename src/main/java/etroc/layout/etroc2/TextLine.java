package etroc.layout.etroc2;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Parses the lines of translated text into chip words; reused from line to line. */
final class TextLine {
    private static final int CHANNELS = 4;

    private final TextDialect dialect;
    private final TextFields fields = new TextFields();
    private int channel;
    private long word;
    private long declaredHits;
    private @Nullable String reason;

    TextLine(TextDialect dialect) {
        this.dialect = dialect;
    }

    int channel() {
        return channel;
    }

    /** The chip's word; without chip id where the dialect has none. */
    long word() {
        return word;
    }

    /** Hits that an event header declares; -1 where it does not. */
    long declaredHits() {
        return declaredHits;
    }

    /** Why the line is malformed. */
    String reason() {
        return Objects.requireNonNullElse(reason, "");
    }

    TextLineKind parse(byte[] line, int from, int to) {
        reason = null;
        fields.reset(line, from, to);
        if (!fields.hasNext()) {
            return TextLineKind.BLANK;
        }
        fields.next();
        TextLineKind kind = dialect.hasEvents() ? plain() : keyed();
        if (fields.notNumber()) {
            flaw("not a number");
        }
        return reason == null ? kind : TextLineKind.MALFORMED;
    }

    private void flaw(String text) {
        reason = reason == null ? text : reason;
    }

    private TextLineKind plain() {
        if (fields.is("D")) {
            return data();
        } else if (fields.is("H")) {
            channel(fields.number(10));
            return header(fields.number(10), fields.number(dialect.typeBase()), fields.number(10), true);
        } else if (fields.is("T")) {
            channel(fields.number(10));
            long chip = dialect.hasChip() ? fields.number(10) : 0;
            return trailer(chip, fields.number(10), fields.number(10), fields.number(10));
        } else if (fields.is("EH")) {
            return eventHeader();
        }
        return fields.is("ET") ? TextLineKind.EVENT_TRAILER : other();
    }

    private TextLineKind data() {
        channel(fields.number(10));
        long ea = fields.number(10);
        long first = fields.number(10);
        long second = fields.number(10);
        boolean columnFirst = dialect.columnFirst();
        long row = columnFirst ? second : first;
        long column = columnFirst ? first : second;
        return data(ea, column, row, fields.number(10), fields.number(10), fields.number(10));
    }

    private TextLineKind data(long ea, long column, long row, long toa, long tot, long cal) {
        noMore();
        check("EA", ea, 3);
        check("row", row, 15);
        check("column", column, 15);
        check("TOA", toa, 1023);
        check("TOT", tot, 511);
        check("CAL", cal, 1023);
        word = ChipWord.data((int) ea, (int) column, (int) row, (int) toa, (int) tot, (int) cal);
        return TextLineKind.DATA;
    }

    private TextLineKind header(long l1, long type, long bcid, boolean atEnd) {
        if (atEnd) {
            noMore();
        }
        check("L1 counter", l1, 255);
        check("type", type, 3);
        check("BCID", bcid, 4095);
        word = ChipWord.header((int) l1, (int) type, (int) bcid);
        return TextLineKind.HEADER;
    }

    /** Words may follow a trailer: a writer's opinion of the CRC. */
    private TextLineKind trailer(long chip, long status, long hits, long crc) {
        check("chip id", chip, 0x1FFFF);
        check("status", status, 63);
        check("hits", hits, 255);
        check("CRC", crc, 255);
        word = ChipWord.trailer((int) chip, (int) status, (int) hits, (int) crc);
        return TextLineKind.TRAILER;
    }

    private TextLineKind eventHeader() {
        declaredHits = -1;
        if (dialect.declaresHits()) {
            fields.number(2);
            check("event number", fields.number(10), 65535);
            declaredHits = fields.number(dialect == TextDialect.NEM_0 ? 2 : 10);
            check("hits", declaredHits, 4095);
        } else if (dialect == TextDialect.NEM_2) {
            fields.number(2);
            check("event number", fields.number(10), 65535);
            check("words", fields.number(10), 1023);
        } else {
            check("event number", fields.number(10), 65535);
            check("type", fields.number(10), 3);
            check("words", fields.number(10), 1023);
        }
        return TextLineKind.EVENT_HEADER;
    }

    private TextLineKind keyed() {
        if (!fields.is("ETROC2")) {
            return other();
        }
        channel(fields.number(10));
        fields.next();
        if (fields.is("DATA")) {
            return keyedData();
        } else if (fields.is("HEADER")) {
            return header(value("L1COUNTER", 2), value("TYPE", 2), value("BCID", 10), true);
        } else if (fields.is("TRAILER")) {
            return trailer(value("CHIPID", 16), value("STATUS", 2), value("HITS", 10), value("CRC", 2));
        } else if (fields.is("FRAMEFILLER")) {
            word = ChipWord.PREAMBLE << 24 | 2L << 22;
            return TextLineKind.CHANNEL_FILLER;
        } else if (fields.is("FIRMWAREFILLER")) {
            word = ChipWord.PREAMBLE << 24 | 3L << 22;
            return TextLineKind.CHANNEL_FILLER;
        }
        flaw("unknown line");
        return TextLineKind.MALFORMED;
    }

    private long value(String key, int base) {
        fields.next();
        if (!fields.is(key)) {
            flaw("no " + key);
        }
        return fields.number(base);
    }

    /** One version wrote the row first. */
    private TextLineKind keyedData() {
        long ea = value("EA", 2);
        fields.next();
        boolean rowFirst = fields.is("ROW");
        if (!rowFirst && !fields.is("COL")) {
            flaw("no COL");
        }
        long first = fields.number(10);
        long second = value(rowFirst ? "COL" : "ROW", 10);
        return data(
                ea,
                rowFirst ? second : first,
                rowFirst ? first : second,
                value("TOA", 10),
                value("TOT", 10),
                value("CAL", 10));
    }

    private TextLineKind other() {
        if (fields.is("BROKEN") || fields.is("THIS") || fields.startsWith("UNKNOWN")) {
            return TextLineKind.BROKEN;
        } else if (fields.is("CLOCK") || fields.is("40Hz")) {
            return TextLineKind.CLOCK;
        } else if (fields.is("FIFO")
                || fields.is("CLOCK2")
                || fields.is("FILLER")
                || fields.is("Filler:")
                || fields.is("FW")) {
            return TextLineKind.FILLER;
        } else if (!dialect.hasEvents() && isControl()) {
            return TextLineKind.OTHER;
        }
        flaw("unknown line");
        return TextLineKind.MALFORMED;
    }

    private boolean isControl() {
        return fields.is("ETROC1")
                || fields.is("NORMTRIG")
                || fields.is("RANDTRIG")
                || fields.is("FILLERTIME")
                || fields.is("MSBTIME");
    }

    private void channel(long number) {
        check("channel", number, CHANNELS - 1);
        channel = (int) number & (CHANNELS - 1);
    }

    private void check(String name, long value, int most) {
        if ((value < 0 || value > most) && !fields.notNumber()) {
            flaw(name + " " + value + " out of range");
        }
    }

    private void noMore() {
        if (fields.hasNext()) {
            flaw("too many fields");
        }
    }
}
