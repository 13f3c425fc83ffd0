package etroc.pipeline;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/**
 * Says what is going on: a line when a step begins and ends, and on a terminal how many of its tasks are done. Gives the step's name to
 * its Spark jobs.
 */
public final class Progress implements AutoCloseable {
    private final SparkSession spark;
    private final PrintWriter out;
    private final boolean quiet;
    private final boolean terminal;
    private final String prefix;
    private final TaskCount listener = new TaskCount();

    /**
     * @param quiet whether to print nothing
     * @param terminal whether {@code out} is one, so that a line can be overwritten
     */
    public Progress(SparkSession spark, PrintWriter out, boolean quiet, boolean terminal) {
        this(spark, out, quiet, terminal, "");
    }

    private Progress(SparkSession spark, PrintWriter out, boolean quiet, boolean terminal, String prefix) {
        this.spark = spark;
        this.out = out;
        this.quiet = quiet;
        this.terminal = terminal;
        this.prefix = prefix;
        spark.sparkContext().addSparkListener(listener);
    }

    /** The progress of one of several jobs that run at the same time: its lines and Spark jobs begin with its name. */
    public static Progress named(SparkSession spark, PrintWriter out, boolean quiet, String name) {
        return new Progress(spark, out, quiet, false, name + ": ");
    }

    /** Runs one step under its name; the second line of the log has what {@code result} says of it. */
    public <T> T step(String name, Callable<T> work) {
        long start = System.nanoTime();
        spark.sparkContext().setJobGroup("etroc " + prefix, prefix + name, true);
        listener.begin(name);
        try {
            T result = work.call();
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            say(String.format(Locale.ROOT, "%-44s %6.2f s", name, took.toMillis() / 1000.0));
            return result;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(name + ": " + e.getMessage(), e);
        } finally {
            spark.sparkContext().clearJobGroup();
        }
    }

    /** A remark for the user. */
    public void say(String text) {
        if (!quiet) {
            out.println((terminal ? "\r\033[K" : "") + prefix + text);
            out.flush();
        }
    }

    @Override
    public void close() {
        spark.sparkContext().removeSparkListener(listener);
    }

    private final class TaskCount extends SparkListener {
        private String step = "";
        private int tasks;
        private int done;

        synchronized void begin(String name) {
            step = name;
            tasks = 0;
            done = 0;
            show();
        }

        @Override
        public synchronized void onStageSubmitted(SparkListenerStageSubmitted e) {
            tasks += e.stageInfo().numTasks();
            show();
        }

        @Override
        public synchronized void onTaskEnd(SparkListenerTaskEnd e) {
            done++;
            show();
        }

        @Override
        public synchronized void onStageCompleted(SparkListenerStageCompleted e) {
            show();
        }

        private void show() {
            if (terminal && !quiet) {
                out.print("\r\033[K" + step + (tasks > 0 ? "  " + done + " of " + tasks + " tasks" : " ..."));
                out.flush();
            }
        }
    }
}
