package etroc.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.CommandRun;
import etroc.SharedSession;
import etroc.layout.HitText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Parquet that the ingest writes by hand, read by Spark, against the data source that reads the text. */
class HitIngestSparkTest {
    @TempDir
    Path directory;

    @Test
    void parquetHoldsWhatTheTextDoes() throws Exception {
        Random random = new Random(8);
        Path input = Files.createDirectories(directory.resolve("in"));
        for (int run = 0; run < 40; run++) {
            StringBuilder lines = new StringBuilder();
            for (int i = random.nextInt(3) * 400; i > 0; i--) {
                lines.append(HitText.split(
                        new int[] {0, 1, 3}[random.nextInt(3)],
                        random.nextInt(1024),
                        random.nextInt(512),
                        random.nextInt(1024),
                        random.nextInt(2)));
            }
            // two boards in the name: hits of the third have no settings
            Files.writeString(
                    input.resolve("TDC_Data_PhaseAdj" + run % 3 + "_F9P5_QSel" + run
                            + "_DAC428_F11P5_QSel20_DAC721_Split_" + run % 4 + ".dat"),
                    lines);
        }
        Files.writeString(
                input.resolve("F9P5_F11P5_F5P9_Beam_HV235.txt"),
                HitText.beam(0, 1, 2, 3, 1, "2022-04-08 01:00:00")
                        + HitText.beam(3, 4, 5, 6, 1, "2022-04-08 01:00:07"));
        Path out = directory.resolve("out");
        for (int partitions : new int[] {1, 5}) {
            CommandRun.ok("ingest", input, "-o", out, "-q", "--overwrite", "--set", "input.partitions=" + partitions);
            Dataset<Row> text = SharedSession.get()
                    .read()
                    .format("etroc1")
                    .load(input.toString())
                    .filter("hit_flag = 1");
            Dataset<Row> parquet = SharedSession.get()
                    .read()
                    .parquet(out.resolve("hits").toString())
                    .select(text.columns()[0], java.util.Arrays.copyOfRange(text.columns(), 1, text.columns().length));
            assertThat(parquet.count()).isEqualTo(text.count()).isGreaterThan(1000);
            assertThat(parquet.exceptAll(text).count()).isZero();
            assertThat(text.exceptAll(parquet).count()).isZero();
            // what Spark pushes into Parquet meets statistics written by hand
            assertThat(parquet.filter("bias_voltage = 235").count()).isEqualTo(2);
            assertThat(parquet.filter("phase_adjust is null").count()).isEqualTo(2);
            assertThat(parquet.filter("phase_adjust = 1 and split = 2").count())
                    .isEqualTo(text.filter("phase_adjust = 1 and split = 2").count());
            assertThat(parquet.filter("run like '%QSel7_%'").count())
                    .isEqualTo(text.filter("run like '%QSel7_%'").count());
        }
    }
}
