package etroc.pipeline;

import etroc.settings.Settings;
import etroc.store.Output;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;

/**
 * What every job needs: session, settings, output, progress; and how long its steps took.
 *
 * @param command as the user gave it, for the manifest
 * @param durations step by step [s]
 */
public record JobContext(
        SparkSession spark,
        Settings settings,
        Output output,
        Progress progress,
        String command,
        Instant started,
        Map<String, Double> durations) {
    public JobContext(SparkSession spark, Settings settings, Output output, Progress progress, String command) {
        this(
                spark,
                settings,
                output,
                progress,
                command,
                Instant.now(),
                Collections.synchronizedMap(new LinkedHashMap<>()));
    }

    /** Runs a step under its name and notes how long it took. */
    public <T> T step(String name, Callable<T> work) {
        long start = System.nanoTime();
        T result = progress.step(name, work);
        durations.merge(name, (System.nanoTime() - start) / 1e9, Double::sum);
        return result;
    }
}
