package etroc.source.etroc2;

import etroc.layout.etroc2.ChipWord;
import java.util.Locale;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;

/** The columns of ETROC2 data: name, type, meaning, tables that have it, and where its value is. */
enum Etroc2Column {
    RUN(
            DataTypes.StringType,
            false,
            "Name of the run: place below the input and base of its files",
            "hfe",
            (v, i) -> 0),
    SPLIT(
            DataTypes.IntegerType,
            false,
            "Number of the file in the run, from 0",
            "h",
            (v, i) -> v.split(v.frame().line(i))),
    SPLIT_OF_FRAME(
            "split",
            DataTypes.IntegerType,
            false,
            "Number of the file in the run, from 0",
            "f",
            (v, i) -> v.split(v.frame().line())),
    SPLIT_OF_EVENT(
            "split",
            DataTypes.IntegerType,
            false,
            "Number of the file in which it begins, from 0",
            "e",
            (v, i) -> v.split(v.fpgaEvent().position())),
    LINE(
            DataTypes.LongType,
            false,
            "Record, word or line of the hit in the file, from 0",
            "h",
            (v, i) -> v.line(v.frame().line(i))),
    LINE_OF_FRAME(
            "line",
            DataTypes.LongType,
            false,
            "Record, word or line of its header in the file, from 0",
            "f",
            (v, i) -> v.line(v.frame().line())),
    LINE_OF_EVENT(
            "line",
            DataTypes.LongType,
            false,
            "Word of its header in the file, from 0",
            "e",
            (v, i) -> v.line(v.fpgaEvent().position())),
    EVENT(DataTypes.LongType, true, "Number of the event in the run, from 0", "hfe", (v, i) -> v.event()),
    FRAME(
            DataTypes.LongType,
            false,
            "Place of the frame's header among those of the run, from 0",
            "hf",
            (v, i) -> v.ordinal()),
    DATA_BOARD_ID(
            DataTypes.IntegerType, true, "Board: channel, or as etroc.etroc2.boards says", "hf", (v, i) -> v.board()),
    STREAM(DataTypes.IntegerType, false, "E-link 0..255 or channel 0..3", "hf", (v, i) -> v.frame().stream()),
    CHIP_ID(
            DataTypes.IntegerType,
            true,
            "Chip id of the frame's trailer, 0..131071; of the stream where the frame has none",
            "hf",
            (v, i) -> v.chip()),
    BCID(
            DataTypes.IntegerType,
            false,
            "Bunch crossing of the trigger, 25 ns each",
            "hf",
            (v, i) -> v.frame().bcid()),
    L1_COUNTER(
            DataTypes.IntegerType,
            false,
            "Trigger counter, 0..255",
            "hf",
            (v, i) -> v.frame().l1()),
    FRAME_TYPE(
            DataTypes.IntegerType,
            false,
            "0 data, 1 and 2 self-test, 3 reserved",
            "hf",
            (v, i) -> v.frame().type()),
    EA(
            DataTypes.IntegerType,
            false,
            "Error of the hit's word: 0 none, 1 corrected, 2 and 3 not correctable",
            "h",
            (v, i) -> v.ofWord(i, ChipWord::ea)),
    ROW(DataTypes.IntegerType, false, "Row, 0..15", "h", (v, i) -> v.ofWord(i, ChipWord::row)),
    COLUMN(DataTypes.IntegerType, false, "Column, 0..15", "h", (v, i) -> v.ofWord(i, ChipWord::column)),
    TIME_OF_ARRIVAL(DataTypes.IntegerType, false, "TOA code, 0..1023", "h", (v, i) -> v.ofWord(i, ChipWord::toa)),
    TIME_OVER_THRESHOLD(DataTypes.IntegerType, false, "TOT code, 0..511", "h", (v, i) -> v.ofWord(i, ChipWord::tot)),
    CALIBRATION_CODE(
            DataTypes.IntegerType,
            false,
            "CAL code, 0..511; from 512 on an error flag",
            "h",
            (v, i) -> v.ofWord(i, ChipWord::cal)),
    STATUS(DataTypes.IntegerType, true, "Status of the trailer, 6 bits", "f", (v, i) -> v.ofTrailer(ChipWord::status)),
    DATA_WORDS(
            DataTypes.IntegerType,
            false,
            "Data words of the frame",
            "f",
            (v, i) -> v.frame().dataWords()),
    HITS_DECLARED(
            DataTypes.IntegerType,
            true,
            "Hits that its trailer declares, modulo 256 for a frame",
            "f",
            (v, i) -> v.ofTrailer(ChipWord::hits)),
    COMPLETE(
            DataTypes.BooleanType,
            false,
            "Whether it has a trailer; only then its data words are hits",
            "f",
            (v, i) -> v.frame().complete() ? 1 : 0),
    FRAME_FAULTS(DataTypes.IntegerType, false, "Bits of what is wrong with the frame", "hf", (v, i) -> v.faults()),
    CRC_OK(
            DataTypes.BooleanType,
            true,
            "Whether the frame's CRC fits; null: it cannot be known",
            "hf",
            (v, i) -> v.crcOk()),
    HIT_FLAG(DataTypes.IntegerType, false, "1", "h", (v, i) -> 1),
    EVENT_NUMBER(
            DataTypes.IntegerType,
            false,
            "The firmware's number, 16 bits; wraps and may repeat",
            "e",
            (v, i) -> v.fpgaEvent().number()),
    MASK(
            DataTypes.IntegerType,
            false,
            "Channels that answer, a bit each",
            "e",
            (v, i) -> v.fpgaEvent().mask()),
    WORDS(
            DataTypes.IntegerType,
            false,
            "Chip words",
            "e",
            (v, i) -> v.fpgaEvent().words()),
    EVENT_TYPE(
            DataTypes.IntegerType,
            false,
            "Type, 2 bits",
            "e",
            (v, i) -> v.fpgaEvent().type()),
    HITS_OF_EVENT(
            "hits_declared",
            DataTypes.IntegerType,
            false,
            "Hits that its trailer declares",
            "e",
            (v, i) -> v.fpgaEvent().hitsDeclared()),
    OVERFLOW(
            DataTypes.IntegerType,
            false,
            "Overflow count",
            "e",
            (v, i) -> v.fpgaEvent().overflow()),
    HAMMING(
            DataTypes.IntegerType,
            false,
            "Hamming error count",
            "e",
            (v, i) -> v.fpgaEvent().hamming()),
    EVENT_CRC(
            DataTypes.IntegerType,
            false,
            "CRC of the event; not judged",
            "e",
            (v, i) -> v.fpgaEvent().crc()),
    FRAMES(
            DataTypes.IntegerType,
            false,
            "Frames that begin in it",
            "e",
            (v, i) -> v.fpgaEvent().frames()),
    CLOCK_FILLERS_BEFORE(
            DataTypes.LongType,
            false,
            "Clock fillers before it in the run, 25 ms each",
            "e",
            (v, i) -> v.clocksBefore());

    /** What stands for no value. */
    static final long NULL = Long.MIN_VALUE;

    private final String columnName;

    @SuppressWarnings("ImmutableEnumChecker") // Spark's types are immutable, without saying so
    private final DataType type;

    private final boolean nullable;
    private final String about;
    private final String tables;

    @SuppressWarnings("ImmutableEnumChecker") // a function without state
    private final FrameView.Value value;

    Etroc2Column(DataType type, boolean nullable, String about, String tables, FrameView.Value value) {
        this("", type, nullable, about, tables, value);
    }

    Etroc2Column(
            String columnName, DataType type, boolean nullable, String about, String tables, FrameView.Value value) {
        this.columnName = columnName.isEmpty() ? name().toLowerCase(Locale.ROOT) : columnName;
        this.type = type;
        this.nullable = nullable;
        this.about = about;
        this.tables = tables;
        this.value = value;
    }

    DataType type() {
        return type;
    }

    long of(FrameView view, int word) {
        return value.of(view, word);
    }

    boolean isOf(Etroc2Kind kind) {
        return tables.indexOf(kind.letter()) >= 0;
    }

    String columnName() {
        return columnName;
    }

    StructField field() {
        return new StructField(
                columnName,
                type,
                nullable,
                new MetadataBuilder().putString("comment", about).build());
    }
}
