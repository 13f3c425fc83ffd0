package etroc.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.CommandRun;
import etroc.SharedSession;
import etroc.Sqlite;
import etroc.layout.HitText;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hits in Parquet against the text that they are from, as the data source reads it in one piece. */
class HitIngestSparkTest {
    private static final String RUN = "TDC_Data_PhaseAdj%d_F9P5_QSel%d_DAC428_F11P5_QSel20_DAC721_Split_%d.dat";

    @TempDir
    Path directory;

    private Path input;
    private final Random random = new Random(8);

    @BeforeEach
    void files() throws IOException {
        input = Files.createDirectories(directory.resolve("in"));
        for (int run = 0; run < 40; run++) {
            // two boards in the name: hits of the third have no settings
            write(RUN.formatted(run % 3, run, run % 4), lines(random.nextInt(3) * 400));
        }
        write(
                "F9P5_F11P5_F5P9_Beam_HV235.txt",
                "min file index: 0, max file index: 1\n"
                        + HitText.beam(0, 1, 2, 3, 1, "2022-04-08 01:00:00")
                        + HitText.beam(3, 4, 5, 6, 1, "2022-04-08 01:00:07").repeat(3000));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(input.resolve(name), text);
    }

    private String lines(int count) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append(HitText.split(
                    new int[] {0, 1, 3}[random.nextInt(3)],
                    random.nextInt(1024),
                    random.nextInt(512),
                    random.nextInt(1024),
                    random.nextInt(2)));
        }
        return lines.toString();
    }

    private static SparkSession spark() {
        return SharedSession.get();
    }

    private Dataset<Row> text(boolean hitsOnly) {
        return spark().read().format("etroc1").option("hits-only", hitsOnly).load(input.toString());
    }

    /** Hits of an output as a user reads them: Parquet files joined with the files that they are from. */
    private static Dataset<Row> parquet(Path out) {
        Dataset<Row> hits = spark().read().parquet(out.resolve("hits").toString());
        Dataset<Row> files = spark().read().parquet(out.resolve("files").toString());
        return hits.join(
                files.drop("hits", "layout", "lines"),
                scala.jdk.javaapi.CollectionConverters.asScala(List.of("ingest", "file_index", "data_board_id"))
                        .toSeq());
    }

    /** A hit flag that is 1 for all is not stored. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void parquetHoldsWhatTheTextDoes(boolean keepAll) throws Exception {
        Path out = directory.resolve("out");
        CommandRun.ok(
                "ingest", input, "-o", out, "-q", "--set", "input.partitions=5", "--set", "input.keep-all=" + keepAll);
        Dataset<Row> text = keepAll ? text(false) : text(true).drop("hit_flag");
        Dataset<Row> parquet = parquet(out);
        Dataset<Row> same = parquet.selectExpr(Arrays.stream(text.schema().fields())
                .map(f -> "cast(" + f.name() + " as " + f.dataType().sql() + ") " + f.name())
                .toArray(String[]::new));
        assertThat(same.count()).isEqualTo(text.count()).isGreaterThan(10_000);
        assertThat(same.exceptAll(text).count()).isZero();
        assertThat(text.exceptAll(same).count()).isZero();
        // what Spark pushes into Parquet
        assertThat(parquet.filter("bias_voltage = 235").count()).isEqualTo(3001);
        assertThat(parquet.filter("row = 0").count())
                .isEqualTo(text.select("run", "split").distinct().count());
        assertThat(parquet.filter("line between 100 and 199").count())
                .isEqualTo(text.filter("line between 100 and 199").count());
        Dataset<Row> hits = spark().read().parquet(out.resolve("hits").toString());
        assertThat(List.of(hits.columns()).contains("hit_flag")).isEqualTo(keepAll);
        assertThat(hits.dtypes())
                .extracting(t -> t._1() + " " + t._2())
                .contains("data_board_id ByteType", "calibration_code ShortType", "row LongType", "line LongType");
        assertThat(hits.schema().apply("time_of_arrival").getComment().get()).contains("TOA code");
    }

    /** Rows, their numbers and what is counted are the same for any number of partitions, and in whatever order files are listed. */
    @Test
    void partitionsAndOrderOfTheListingDoNotMatter() throws Exception {
        write(RUN.formatted(7, 99, 0), lines(3000) + "junk\n" + " 0 1\n".repeat(20) + lines(3000) + "more junk\n");
        List<Path> outs =
                Stream.of(1, 2, 7, 64).map(n -> directory.resolve("out" + n)).toList();
        for (int i = 0; i < outs.size(); i++) {
            CommandRun.ok(
                    "ingest",
                    input,
                    "-o",
                    outs.get(i),
                    "-q",
                    "--set",
                    "input.partitions=" + List.of(1, 2, 7, 64).get(i),
                    "--set",
                    "input.max-malformed-fraction=1",
                    "--set",
                    "input.malformed-lines-kept=15");
        }
        Path shuffled = directory.resolve("shuffled");
        System.setProperty("spark.hadoop.fs.shuffled.impl", ShuffledFileSystem.class.getName());
        try {
            CommandRun.ok(
                    "ingest",
                    "shuffled://" + input,
                    "-o",
                    shuffled,
                    "-q",
                    "--set",
                    "input.max-malformed-fraction=1",
                    "--set",
                    "input.malformed-lines-kept=15");
        } finally {
            System.clearProperty("spark.hadoop.fs.shuffled.impl");
        }
        String[] hits = {
            "file_index",
            "row",
            "line",
            "data_board_id",
            "time_of_arrival",
            "time_over_threshold",
            "calibration_code",
            "datetime"
        };
        List<String> quality = List.of("run", "split", "bytes", "crc32c", "layout", "lines", "hits", "malformed");
        Dataset<Row> first = spark().read().parquet(outs.get(0).resolve("hits").toString());
        assertThat(first.groupBy("file_index")
                        .agg(
                                org.apache.spark.sql.functions.expr("max(row) + 1 n"),
                                org.apache.spark.sql.functions.expr("count(distinct row) m"))
                        .filter("n <> m")
                        .count())
                .isZero();
        assertThat(Sqlite.lines(outs.get(0), "malformed_lines", List.of("line", "text")))
                .hasSize(15)
                .contains("3000,junk", "3001, 0 1");
        for (Path other :
                Stream.concat(outs.stream().skip(1), Stream.of(shuffled)).toList()) {
            Dataset<Row> theirs = spark().read().parquet(other.resolve("hits").toString());
            assertThat(first.selectExpr(hits).exceptAll(theirs.selectExpr(hits)).count())
                    .isZero();
            assertThat(theirs.count()).isEqualTo(first.count());
            assertThat(Sqlite.lines(other, "quality", quality))
                    .isEqualTo(Sqlite.lines(outs.get(0), "quality", quality))
                    .hasSize(42);
            assertThat(Sqlite.lines(other, "malformed_lines", List.of("line", "text", "reason")))
                    .isEqualTo(Sqlite.lines(outs.get(0), "malformed_lines", List.of("line", "text", "reason")));
        }
    }

    @Test
    void namesOfOutputsAreNoPatterns() throws Exception {
        Path scan = directory.resolve("scan");
        Path beam = directory.resolve("beam");
        Path out = directory.resolve("out[1]{a,b}");
        CommandRun.ok("simulate", "scan", scan, "--seed", 5, "--charges", "14,20", "--step", 40, "--lines", 20);
        CommandRun.ok("scan", scan, "-o", out, "-q");
        Path first = Files.list(scan)
                .filter(f -> f.toString().endsWith(".dat"))
                .sorted()
                .findFirst()
                .orElseThrow();
        Files.copy(first, scan.resolve(first.getFileName().toString().replace("_Split_0", "_Split_1")));
        assertThat(CommandRun.ok("reprocess", out).err()).contains("files are ingested already");
        CommandRun.ok("simulate", "telescope", beam, "--events", 100, "--seed", 2);
        CommandRun.ok("telescope", beam, "-o", directory.resolve("beam[1]"), "-q", "--until", "cuts");
    }

    /** What the second reading finds has to be what the first counted. */
    @Test
    void aFileThatChangesBetweenTheReadingsIsAnError() throws Exception {
        Path out = directory.resolve("out");
        System.setProperty("spark.hadoop.fs.changing.impl", ChangingFileSystem.class.getName());
        try {
            ChangingFileSystem.opened.set(-1); // the first look tells which chip it is
            CommandRun run = CommandRun.of("ingest", "changing://" + input, "-o", out, "-q");
            assertThat(run.exit()).isEqualTo(3);
            assertThat(run.err()).contains("arrived in");
        } finally {
            System.clearProperty("spark.hadoop.fs.changing.impl");
        }
        assertThat(out.resolve("LATEST")).doesNotExist();
        for (String place : List.of("hits", "files")) {
            try (Stream<Path> left = Files.list(out.resolve(place))) {
                assertThat(left).isEmpty();
            }
        }
    }

    /** A hit flag of the beam file becomes 0 after the first reading. */
    public static final class ChangingFileSystem extends RawLocalFileSystem {
        private static final AtomicInteger opened = new AtomicInteger();

        @Override
        public URI getUri() {
            return URI.create("changing:///");
        }

        @Override
        public String getScheme() {
            return "changing";
        }

        @Override
        public FSDataInputStream open(org.apache.hadoop.fs.Path path, int bufferSize) throws IOException {
            if (path.getName().contains("Beam") && opened.getAndIncrement() > 0) {
                Path file = Path.of(path.toUri().getPath());
                Files.writeString(file, Files.readString(file).replace("0 1 2 3 1 ", "0 1 2 3 0 "));
            }
            return super.open(path, bufferSize);
        }
    }

    /** Lists in an order that changes from time to time. */
    public static final class ShuffledFileSystem extends RawLocalFileSystem {
        @Override
        public URI getUri() {
            return URI.create("shuffled:///");
        }

        @Override
        public String getScheme() {
            return "shuffled";
        }

        @Override
        public FileStatus[] listStatus(org.apache.hadoop.fs.Path path) throws FileNotFoundException, IOException {
            FileStatus[] statuses = super.listStatus(path);
            Collections.shuffle(Arrays.asList(statuses));
            return statuses;
        }
    }
}
