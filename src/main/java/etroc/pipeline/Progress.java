package etroc.pipeline;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Says what is going on: a line when a step ends, on a terminal also when it begins. Gives the step's name to its Spark jobs. */
public final class Progress {
    private static final String GROUP = "spark.jobGroup.id";
    private static final String DESCRIPTION = "spark.job.description";

    private final SparkContext spark;
    private final PrintWriter out;
    private final boolean quiet;
    private final boolean terminal;
    private final String prefix;

    /**
     * @param quiet whether to print nothing
     * @param terminal whether {@code out} is one, where Spark's own bar of tasks is written over
     */
    public Progress(SparkSession spark, PrintWriter out, boolean quiet, boolean terminal) {
        this(spark, out, quiet, terminal, "");
    }

    private Progress(SparkSession spark, PrintWriter out, boolean quiet, boolean terminal, String prefix) {
        this.spark = spark.sparkContext();
        this.out = out;
        this.quiet = quiet;
        this.terminal = terminal;
        this.prefix = prefix;
    }

    /** The progress of one of several jobs that run at the same time: its lines and Spark jobs begin with its name. */
    public static Progress named(SparkSession spark, PrintWriter out, boolean quiet, String name) {
        return new Progress(spark, out, quiet, false, name + ": ");
    }

    /** Runs one step, which may be part of another, under its name, and says how long it took. */
    public <T> T step(String name, Callable<T> work) {
        if (spark.isStopped()) {
            throw new CancellationException(name + ": Spark was stopped");
        }
        long start = System.nanoTime();
        @Nullable String group = spark.getLocalProperty(GROUP);
        @Nullable String description = spark.getLocalProperty(DESCRIPTION);
        spark.setJobGroup("etroc " + prefix, prefix + name, true);
        if (terminal) {
            print("\r\033[K" + name + " ...");
        }
        try {
            T result = work.call();
            say(String.format(Locale.ROOT, "%-44s %6.2f s", name, (System.nanoTime() - start) / 1e9));
            return result;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(name + ": " + e.getMessage(), e);
        } finally {
            spark.setLocalProperty(GROUP, group);
            spark.setLocalProperty(DESCRIPTION, description);
        }
    }

    /** A remark for the user. */
    public void say(String text) {
        print((terminal ? "\r\033[K" : "") + prefix + text + System.lineSeparator());
    }

    private void print(String text) {
        if (!quiet) {
            out.print(text);
            out.flush();
        }
    }
}
