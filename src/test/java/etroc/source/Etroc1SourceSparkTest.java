package etroc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import etroc.SharedSession;
import etroc.layout.HitText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Etroc1SourceSparkTest {
    private static final String RUN = "TDC_Data_PhaseAdj7_F9P5_QSel15_DAC428_F11P5_QSel20_DAC721_F5P9_QSel21_DAC723";

    @TempDir
    Path directory;

    private StringBuilder lines;

    @BeforeEach
    void someLines() {
        Random random = new Random(3);
        lines = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            lines.append(HitText.split(
                    new int[] {0, 1, 3}[random.nextInt(3)],
                    random.nextInt(1024), // some of four digits: odd lines of 18 bytes
                    random.nextInt(512),
                    random.nextInt(300),
                    random.nextInt(2)));
        }
    }

    private Dataset<Row> read(Object... options) {
        var reader = SharedSession.get().read().format("etroc1");
        for (int i = 0; i < options.length; i += 2) {
            reader.option(options[i].toString(), options[i + 1].toString());
        }
        return reader.load(directory.toString());
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text, StandardCharsets.ISO_8859_1);
    }

    /** All rows as text, by an oracle that knows nothing of chunks and slices. */
    private List<String> expected() {
        String[] all = lines.toString().split("\n");
        return java.util.stream.IntStream.range(0, all.length)
                .mapToObj(i -> i + " " + all[i].trim().replaceAll(" +", " "))
                .toList();
    }

    private static List<String> found(Dataset<Row> hits) {
        return hits
                .orderBy("split", "line")
                .selectExpr(
                        "concat_ws(' ', line, data_board_id, time_of_arrival, time_over_threshold, calibration_code, hit_flag)")
                .collectAsList()
                .stream()
                .map(r -> r.getString(0))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 40})
    void linesKeepTheirNumbersInAnyNumberOfPartitions(int partitions) throws IOException {
        write(RUN + "_Split_0.dat", lines.toString());
        Dataset<Row> hits = read("partitions", partitions);
        assertThat(hits.rdd().getNumPartitions()).isBetween(partitions - 1, partitions + 1);
        assertThat(found(hits)).isEqualTo(expected());
    }

    @Test
    void metadataIsThatOfTheHitsBoard() throws IOException {
        write(RUN + "_Split_3.dat", " 3 393  29 144 1\n 0 393  29 144 0\n");
        List<Row> rows = read().orderBy("line").collectAsList();
        assertThat(rows.get(0).mkString(",")).isEqualTo(RUN + ",3,0,3,393,29,144,1,null,7,F5P9,21,723,null");
        assertThat(rows.get(1).mkString(",")).isEqualTo(RUN + ",3,1,0,393,29,144,0,null,7,F9P5,15,428,null");
    }

    @Test
    void readsGzipCrlfWordsAndBeamByLooking() throws IOException {
        try (OutputStream out =
                new GZIPOutputStream(Files.newOutputStream(directory.resolve(RUN + "_Split_0.dat.gz")))) {
            out.write(lines.toString().getBytes(StandardCharsets.US_ASCII));
        }
        write(RUN + "_Split_1.dat", " 0 393  29 144 1\r\n 1   1   2   3 0\r\n");
        write(RUN + "_2.dat", "0\n1221091671\n0\n2550136832\n38912");
        write(
                "F9P5_F11P5_F5P9_Beam_HV235.txt",
                "min file index: 0, max file index: 1\n0 165 106 146 1 2022-04-08 01:00:00\n");
        write(RUN + "_Split_4.dat", "");
        write(".hidden.dat", "garbage");
        write("truth.csv", "garbage");
        Dataset<Row> hits = read();
        assertThat(found(hits.filter("split = 0 and bias_voltage is null"))).isEqualTo(expected());
        assertThat(found(hits.filter("split = 1"))).containsExactly("0 0 393 29 144 1", "1 1 1 2 3 0");
        assertThat(found(hits.filter("split = 2"))).containsExactly("1 1 268 70 171 1", "4 0 19 0 0 0");
        Row beam = hits.filter("bias_voltage = 235").head();
        assertThat(beam.<Long>getAs("line")).isEqualTo(1);
        assertThat(beam.getAs("datetime").toString()).isEqualTo("2022-04-08T01:00");
    }

    @Test
    void prunesColumnsAndTakesFiltersOver() throws IOException {
        write(RUN + "_Split_0.dat", lines.toString());
        Dataset<Row> filtered = read().filter(
                        "hit_flag = 1 and calibration_code < 200 and time_of_arrival in (1, 2, 3) "
                                + "and data_board_id <> 3 and time_over_threshold * 2 > 100");
        assertThat(filtered.groupBy().count().queryExecution().optimizedPlan().toString())
                .contains("time_over_threshold")
                .doesNotContain("calibration_code#", "(hit_flag");
        long count = expected().stream()
                .map(l -> l.split(" "))
                .filter(f -> f[5].equals("1")
                        && Integer.parseInt(f[4]) < 200
                        && f[2].matches("[123]")
                        && !f[1].equals("3")
                        && Integer.parseInt(f[3]) > 50)
                .count();
        assertThat(filtered.count()).isEqualTo(count);
        assertThat(read().count()).isEqualTo(5000);
    }

    @Test
    void columnsOfTheReadingNumberRowsBeforeAnyFilter() throws IOException {
        write(RUN + "_Split_0.dat", lines.toString());
        write(RUN + "_Split_1.dat", " 0   1   2   3 0\n 0   1   2   3 1\n");
        List<String> hits = expected().stream().filter(l -> l.endsWith(" 1")).toList();
        for (int partitions : new int[] {1, 7}) {
            Dataset<Row> all = read("partitions", partitions);
            assertThat(all.columns()).doesNotContain("file_index", "row");
            assertThat(all.filter("row <> line").count()).isZero();
            Dataset<Row> some = read("partitions", partitions, "hits-only", true)
                    .filter("time_of_arrival < 100 and split = 0")
                    .orderBy("row");
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < hits.size(); i++) {
                if (Integer.parseInt(hits.get(i).split(" ", -1)[2]) < 100) {
                    expected.add("0 " + i + " " + hits.get(i).split(" ", -1)[0]);
                }
            }
            assertThat(some.selectExpr("concat_ws(' ', file_index, row, line)").collectAsList())
                    .extracting(r -> r.getString(0))
                    .isEqualTo(expected);
            assertThat(read("partitions", partitions, "hits-only", true)
                            .filter("file_index = 1")
                            .selectExpr("row * 10 + line")
                            .collectAsList())
                    .extracting(r -> r.getLong(0))
                    .containsExactly(1L);
        }
    }

    @Test
    void qualityIsARowAFile() throws IOException {
        write(RUN + "_Split_0.dat", lines + " 0 393  29 144 7\n\n 0 393  29\n");
        write(RUN + "_Split_1.dat", "");
        write(
                "F9P5_F11P5_F5P9_Beam_HV235.txt",
                "min file index: 0, max file index: 1\n0 165 106 146 1 2022-04-08 01:00:00\n");
        List<Row> rows = read("table", "quality", "partitions", 7, "malformed-lines", 1)
                .orderBy("file_index")
                .collectAsList();
        assertThat(rows).extracting(r -> r.getAs("layout")).containsExactly("beam", "split", "");
        assertThat(rows).extracting(r -> r.getAs("lines")).containsExactly(1L, 5003L, 0L);
        assertThat(rows).extracting(r -> r.getAs("header_lines")).containsExactly(1L, 0L, 0L);
        assertThat(rows).extracting(r -> r.getAs("malformed")).containsExactly(0L, 2L, 0L);
        assertThat(rows).extracting(r -> r.getAs("idle_words")).containsExactly(0L, 1L, 0L);
        long hits = expected().stream().filter(l -> l.endsWith(" 1")).count();
        assertThat(rows.get(1).<Long>getAs("hits")).isEqualTo(hits);
        assertThat(rows.get(1).<Long>getAs("no_hit_lines")).isEqualTo(5000 - hits);
        assertThat(rows.get(1).getList(rows.get(1).fieldIndex("rows_by_board")).stream()
                        .mapToLong(n -> (Long) n)
                        .sum())
                .isEqualTo(5000);
        CRC32C crc = new CRC32C();
        crc.update(Files.readAllBytes(directory.resolve(RUN + "_Split_0.dat")));
        assertThat(rows.get(1).<String>getAs("crc32c")).isEqualTo(HexFormat.of().toHexDigits((int) crc.getValue()));
        assertThat(rows.get(1).getList(rows.get(1).fieldIndex("first_malformed")))
                .hasToString("[[5000, 0 393  29 144 7,hit flag is not 0 or 1]]");
    }

    /** Neither the file's name tells its layout, nor the first lines of a slice that begins in the junk. */
    @Test
    void theLayoutOfAFileIsDecidedOnce() throws IOException {
        String name = "F9P5_F11P5_F5P9_run.txt";
        String junk = "zzzz\n".repeat(4000);
        write(name, lines + junk + lines);
        for (int partitions : new int[] {1, 2, 7, 40}) {
            assertThat(read("partitions", partitions).count()).isEqualTo(10_000);
            assertThat(read("partitions", partitions, "mode", "DROPMALFORMED")
                            .filter("line >= 9000 and line < 9010")
                            .count())
                    .isEqualTo(10);
            Dataset<Row> corrupt = read("partitions", partitions, "columnNameOfCorruptRecord", "bad")
                    .filter("bad is not null")
                    .selectExpr("min(line)", "max(line)", "count(*)");
            assertThat(corrupt.head().mkString(" ")).isEqualTo("5000 8999 4000");
            assertThatThrownBy(() ->
                            read("partitions", partitions, "mode", "FAILFAST").count())
                    .hasStackTraceContaining("in layout split");
        }
        write(name, lines + lines.toString() + "zzzz\n");
        assertThatThrownBy(() -> read("partitions", 7, "mode", "FAILFAST").count())
                .hasStackTraceContaining(name + ", line 10001: not a number, found 'zzzz'");
    }

    @Test
    void namesAreNoPatternsAndMayHoldAnything() throws IOException {
        List<String> names = List.of("[a]", "{b,c}", "12:30:00", "x y%20#?*");
        for (int i = 0; i < names.size(); i++) {
            write("F9P5_F11P5_F5P9_Beam_" + names.get(i) + ".txt", "0 165 106 146 1 2022-04-08 01:00:0" + i + "\n");
        }
        assertThat(read().orderBy("datetime").collectAsList())
                .extracting(r -> r.getAs("run"))
                .containsExactlyElementsOf(
                        names.stream().map(n -> "F9P5_F11P5_F5P9_Beam_" + n).toList());
        assertThat(SharedSession.get()
                        .read()
                        .format("etroc1")
                        .load(directory
                                .resolve("F9P5_F11P5_F5P9_Beam_12:30:00.txt")
                                .toString())
                        .count())
                .isEqualTo(1);
    }

    @Test
    void modesTreatMalformedLinesAsSparkUsersKnow() throws IOException {
        write(
                RUN + "_Split_0.dat",
                " 0 393  29 144 1\n 0 393  29 144 7\n 0 393  29\n 2 393  29 144 1\n 1 393  29 144 1");
        assertThat(read().count()).isEqualTo(2);
        assertThat(read("mode", "DROPMALFORMED").count()).isEqualTo(2);
        Dataset<Row> corrupt = read("columnNameOfCorruptRecord", "_corrupt_record");
        assertThat(corrupt.filter("_corrupt_record is not null").orderBy("line").collectAsList())
                .extracting(r -> r.getAs("line")
                        + r.<String>getAs("_corrupt_record")
                        + r.getAs("hit_flag")
                        + r.getAs("pixel_id"))
                .containsExactly("1 0 393  29 144 7nullnull", "2 0 393  29nullnull", "3 2 393  29 144 1nullnull");
        assertThat(corrupt.count()).isEqualTo(5);
        assertThat(corrupt.filter("hit_flag = 1").count()).isEqualTo(2);
        assertThatThrownBy(() -> read("mode", "FAILFAST").count())
                .hasStackTraceContaining(
                        RUN + "_Split_0.dat, line 2: hit flag is not 0 or 1, found ' 0 393  29 144 7'");
    }

    @Test
    void aLineOfTenMegabytesAndGarbageAreMalformedLines() throws IOException {
        write(RUN + "_Split_0.dat", lines + "7".repeat(10_000_000) + "\n" + " 0 393  29 144 1\n\u0000\u00ff\u0001\n");
        Dataset<Row> corrupt = read("columnNameOfCorruptRecord", "bad", "partitions", 3)
                .filter("bad is not null")
                .orderBy("line");
        assertThat(corrupt.collectAsList())
                .extracting(r -> r.getAs("line") + r.<String>getAs("bad").substring(0, 4))
                .containsExactly("50007777", "5002\\x00");
        assertThat(read().filter("line = 5001").count()).isEqualTo(1);
    }

    @Test
    void unknownOptionsAreNamed() {
        assertThatThrownBy(() -> read("mode", "LOOSE").count())
                .hasMessageContaining("'LOOSE'")
                .hasMessageContaining("failfast");
        assertThatThrownBy(() -> read("layout", "etroc9").count()).hasStackTraceContaining("auto, split, words, beam");
    }
}
