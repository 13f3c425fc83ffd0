package etroc.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.SharedSession;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** What is told of a run, and what its Spark jobs are called. */
class ProgressSparkTest {
    @Test
    void aStepWithinAnotherGivesTheNameBack() {
        SparkSession spark = SharedSession.get();
        StringWriter out = new StringWriter();
        Progress progress = new Progress(spark, new PrintWriter(out), false, false);
        List<String> names = new ArrayList<>();
        progress.step("publish", () -> {
            progress.step("draw", () -> names.add(spark.sparkContext().getLocalProperty("spark.job.description")));
            return names.add(spark.sparkContext().getLocalProperty("spark.job.description"));
        });
        assertThat(names).containsExactly("draw", "publish");
        assertThat(spark.sparkContext().getLocalProperty("spark.job.description"))
                .isNull();
        assertThat(out.toString().lines().map(l -> l.substring(0, 7).strip())).containsExactly("draw", "publish");
    }
}
