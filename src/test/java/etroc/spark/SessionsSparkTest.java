package etroc.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import etroc.SharedSession;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** What a session does for its commands. */
class SessionsSparkTest {
    @Test
    void aSessionThatWasThereGoesOn() {
        SparkSession there = SharedSession.get();
        try (Sessions.Open session = Sessions.open("other")) {
            assertThat(session.spark().sparkContext()).isSameAs(there.sparkContext());
        }
        assertThat(there.sparkContext().isStopped()).isFalse();
    }

    /** Spark's default is to end the JVM, which locally is that of the command. */
    @Test
    void aTaskWithoutMemoryFailsItsJobAndNothingElse() {
        SparkSession spark = SharedSession.get();
        assertThatThrownBy(() -> spark.range(2)
                        .map(
                                (MapFunction<Long, Long>) i -> {
                                    throw new OutOfMemoryError("Java heap space");
                                },
                                Encoders.LONG())
                        .count())
                .hasStackTraceContaining("OutOfMemoryError: Java heap space");
        assertThat(spark.range(3).count()).isEqualTo(3);
    }
}
