package etroc.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import etroc.About;
import etroc.InputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {
    enum Method {
        LAST_HIT {
            @Override
            public String toString() {
                return "last-hit";
            }
        }
    }

    record Pixel(
            @About("board id") int dataBoardId, @Nullable String pixelId) {}

    record Setting(
            @Nullable Integer boardInjectedCharge, @Nullable Double pulseHeight) {}

    record Line(
            Pixel pixel,
            @About("how") Method method,
            boolean isLowerLimit,
            long hits,
            @About("slope [DAC/fC]") double slope,
            @Nullable Double t50,

            @About(value = "next whole charges [fC]", length = 3)
            List<Integer> charge,

            @About(value = "coefficients", name = "p#") List<Double> p,
            Map<Integer, Setting> settings,
            String remark) {}

    private static final List<Line> ROWS = List.of(
            new Line(
                    new Pixel(0, "F9P5"),
                    Method.LAST_HIT,
                    true,
                    12_345_678_901L,
                    Double.NaN,
                    null,
                    List.of(4, 5),
                    List.of(1.5, -0.25),
                    Map.of(0, new Setting(14, 0.1), 3, new Setting(null, 0.2)),
                    "a \"remark\",\nin two lines"),
            new Line(new Pixel(3, null), Method.LAST_HIT, false, 0, 2.5, 3.5, List.of(), List.of(), Map.of(), ""));

    @TempDir
    Path directory;

    private final Table table = Table.of("lines", Line.class, ROWS);

    @Test
    void componentsAreColumns() {
        assertThat(table.columns())
                .extracting(Table.Column::name)
                .containsExactly(
                        "data_board_id",
                        "pixel_id",
                        "method",
                        "is_lower_limit",
                        "hits",
                        "slope",
                        "t50",
                        "charge_0",
                        "charge_1",
                        "charge_2",
                        "p0",
                        "p1",
                        "board_injected_charge_0",
                        "pulse_height_0",
                        "board_injected_charge_3",
                        "pulse_height_3",
                        "remark");
        assertThat(table.rows().get(0))
                .startsWith(0L, "F9P5", "last-hit", 1L, 12_345_678_901L, null, null, 4L, 5L, null, 1.5);
        assertThat(Table.of("lines", Line.class, List.of()).columns())
                .as("without rows, lists have the columns they always have")
                .extracting(Table.Column::name)
                .containsExactly(
                        "data_board_id",
                        "pixel_id",
                        "method",
                        "is_lower_limit",
                        "hits",
                        "slope",
                        "t50",
                        "charge_0",
                        "charge_1",
                        "charge_2",
                        "remark");
    }

    @Test
    void recordsComeBackFromSqlite() throws Exception {
        Path file = directory.resolve("results.sqlite");
        SqliteStore.write(file, List.of(table));
        assertThat(SqliteStore.read(file, "lines").as(Line.class)).isEqualTo(ROWS);
    }

    @Test
    void aTableOfAnotherVersionSaysSo() {
        Table old = Table.of("lines", Pixel.class, List.of(new Pixel(0, "F9P5")));
        assertThatThrownBy(() -> old.as(Line.class))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("table lines has no column method");
    }

    @Test
    void whatNoColumnHoldsIsRefused() {
        record Wrong(float[] many) {}
        assertThatThrownBy(() -> Table.of("wrong", Wrong.class, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void parquetKnowsWhatColumnsAre() throws Exception {
        org.apache.hadoop.fs.Path file =
                new org.apache.hadoop.fs.Path(directory.resolve("lines.parquet").toUri());
        Configuration conf = new Configuration();
        ParquetStore.write(file, table, conf);
        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(file, conf))) {
            StructType schema = (StructType) DataType.fromJson(
                    reader.getFileMetaData().getKeyValueMetaData().get("org.apache.spark.sql.parquet.row.metadata"));
            assertThat(schema.apply("slope").getComment().get()).isEqualTo("slope [DAC/fC]");
            assertThat(schema.fieldNames())
                    .containsExactly(
                            table.columns().stream().map(Table.Column::name).toArray(String[]::new));
        }
    }

    @Test
    void csvQuotesWhatNeedsIt() {
        record Row(String text, double number, @Nullable Long count) {}
        List<Row> rows = List.of(
                new Row("plain", 1.5, 3L),
                new Row("a,b", Double.NaN, null),
                new Row("say \"yes\"", 0, 0L),
                new Row("#  two\nlines ", 1e-9, -1L));
        assertThat(TableText.csv(Table.of("rows", Row.class, rows))).isEqualTo("""
                text,number,count
                plain,1.5,3
                "a,b",,
                "say ""yes""\",0.0,0
                "#  two
                lines ",1.0E-9,-1
                """);
    }
}
