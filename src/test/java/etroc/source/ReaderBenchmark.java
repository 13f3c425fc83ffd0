package etroc.source;

import etroc.layout.HitText;
import etroc.spark.Sessions;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.apache.spark.sql.SparkSession;

/**
 * The reader against Spark's text source with substring expressions, in one session: hits per run and board of 1,800 files of 9,000 lines,
 * which are made once. After {@code mvn -q package -DskipTests}:
 *
 * <pre>java @conf/java-options -Xmx4g -cp 'target/test-classes:target/dist/jars/*' etroc.source.ReaderBenchmark DIR</pre>
 */
final class ReaderBenchmark {
    private static final int FILES = 1800;
    private static final int LINES = 9000;
    private static final int READINGS = 5;
    private static final String TEXT_SQL =
            "select element_at(split(input_file_name(), '/'), -1) run, substr(value, 1, 2) board, count(*) n"
                    + " from lines where substr(value, 16, 1) = '1' group by 1, 2";
    private static final String ETROC_SQL =
            "select run, data_board_id board, count(*) n from hits where hit_flag = 1 group by run, data_board_id";

    private ReaderBenchmark() {}

    public static void main(String[] args) throws IOException {
        Path files = Path.of(args[0]);
        make(files);
        try (Sessions.Open session = Sessions.open("reader benchmark")) {
            SparkSession spark = session.spark();
            spark.read().text(files.toString()).createOrReplaceTempView("lines");
            spark.read().format("etroc1").load(files.toString()).createOrReplaceTempView("hits");
            double etroc = best(spark, ETROC_SQL);
            double text = best(spark, TEXT_SQL);
            System.out.printf(
                    Locale.ROOT,
                    "etroc1 %.2f s, text with substring %.2f s: ratio %.1f (best of %d readings each, hot)%n",
                    etroc,
                    text,
                    text / etroc,
                    READINGS);
        }
    }

    /** A query is planned anew each time: Spark would use the shuffle of the last time again. */
    private static double best(SparkSession spark, String sql) {
        double best = Double.MAX_VALUE;
        for (int i = 0; i < READINGS; i++) {
            long start = System.nanoTime();
            long rows = spark.sql(sql).collectAsList().size();
            best = Math.min(best, (System.nanoTime() - start) / 1e9);
            if (rows == 0) {
                throw new IllegalStateException("the benchmark's files have no hits");
            }
        }
        return best;
    }

    private static void make(Path directory) throws IOException {
        Files.createDirectories(directory);
        Random random = new Random(1);
        for (int f = 0; f < FILES; f++) {
            Path file = directory.resolve("TDC_Data_PhaseAdj0_F9P5_QSel" + (5 + 5 * (f / 300)) + "_DAC"
                    + (400 + f % 300) + "_F11P5_QSel20_DAC721_F5P9_QSel20_DAC723_Split_0.dat");
            if (Files.exists(file)) {
                continue;
            }
            try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
                for (int i = 0; i < LINES; i++) {
                    out.write(
                            random.nextInt(10) > 0
                                    ? HitText.split(
                                            0,
                                            100 + random.nextInt(400),
                                            20 + random.nextInt(130),
                                            140 + random.nextInt(10),
                                            1)
                                    : HitText.split(0, 0, 0, 134, 0));
                }
            }
        }
    }
}
