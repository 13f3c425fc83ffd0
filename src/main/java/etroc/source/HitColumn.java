package etroc.source;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns of a hit, in the order of the schema. */
public enum HitColumn {
    RUN("run", DataTypes.StringType, false, "Name of the run: file name without split number and ending"),
    SPLIT("split", DataTypes.IntegerType, false, "Number of the file within its run"),
    LINE("line", DataTypes.LongType, false, "Line within the file, from 0; a header is line 0"),
    BOARD("data_board_id", DataTypes.IntegerType, false, "Board id: 0, 1, 3"),
    TOA("time_of_arrival", DataTypes.IntegerType, false, "TOA code, 0..1023"),
    TOT("time_over_threshold", DataTypes.IntegerType, false, "TOT code, 0..511"),
    CAL("calibration_code", DataTypes.IntegerType, false, "CAL code, 0..1023: TDC bins in 3.125 ns"),
    HIT_FLAG("hit_flag", DataTypes.IntegerType, false, "1 for a hit"),
    DATETIME("datetime", DataTypes.TimestampNTZType, true, "Time stamp of the raw file, beam summary text only"),
    PHASE("phase_adjust", DataTypes.IntegerType, true, "Phase adjustment, 0..255"),
    PIXEL("pixel_id", DataTypes.StringType, true, "Pixel of the hit's board, for example F9P5"),
    CHARGE("board_injected_charge", DataTypes.IntegerType, true, "Injected charge of the hit's board [fC]"),
    THRESHOLD(
            "board_discriminator_threshold",
            DataTypes.IntegerType,
            true,
            "Discriminator threshold of the hit's board [DAC counts]"),
    BIAS("bias_voltage", DataTypes.DoubleType, true, "Sensor bias [V]");

    /** Variables of a hit that cuts may use, in the spelling of users' tables. */
    public static final List<HitColumn> CODES = List.of(TOA, TOT, CAL, HIT_FLAG);

    private final String columnName;

    @SuppressWarnings("ImmutableEnumChecker") // Spark's types are immutable, without saying so
    private final DataType type;

    private final boolean nullable;
    private final String description;

    HitColumn(String columnName, DataType type, boolean nullable, String description) {
        this.columnName = columnName;
        this.type = type;
        this.nullable = nullable;
        this.description = description;
    }

    public String columnName() {
        return columnName;
    }

    public DataType type() {
        return type;
    }

    /** What it means and in which unit, as the comment of a column. */
    public Metadata comment() {
        return new MetadataBuilder().putString("comment", description).build();
    }

    /** Whether the reader fills it from the line, not from the file's name. */
    boolean ofLine() {
        return this == BOARD || CODES.contains(this);
    }

    static HitColumn named(String name) {
        return Arrays.stream(values())
                .filter(c -> c.columnName.equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no column of hits: " + name));
    }

    static boolean isName(String name) {
        return Arrays.stream(values()).anyMatch(c -> c.columnName.equalsIgnoreCase(name));
    }

    /**
     * The schema of hits.
     *
     * @param withCorruptRecords whether lines that are no record are rows too, of which nothing but run, split and line is known
     */
    public static StructType schema(boolean withCorruptRecords) {
        return new StructType(Arrays.stream(values())
                .map(c -> new StructField(
                        c.columnName, c.type, c.nullable || (withCorruptRecords && c.ofLine()), c.comment()))
                .toArray(StructField[]::new));
    }
}
