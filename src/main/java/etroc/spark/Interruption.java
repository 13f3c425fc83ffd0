package etroc.spark;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Ctrl-C and SIGTERM: Spark's jobs end, the command fails and takes back what it has half made, and only then do Spark and the file systems
 * close. Without this they close under its feet, and what it does meanwhile stays.
 */
public final class Interruption {
    /** Before Spark's hook (40) and that of Hadoop's file systems (10). */
    private static final int PRIORITY = 50;
    /** For the longest step without Spark, which draws the figures. */
    private static final long PATIENCE_SECONDS = 30;

    private static volatile boolean happened;

    private Interruption() {}

    /** Runs the command of this process; its exit code. */
    public static int letEnd(IntSupplier command) {
        CountDownLatch ended = new CountDownLatch(1);
        ShutdownHookManager.get()
                .addShutdownHook(() -> interrupt(ended), PRIORITY, PATIENCE_SECONDS + 5, TimeUnit.SECONDS);
        try {
            return command.getAsInt();
        } finally {
            ended.countDown();
        }
    }

    /** Runs while the JVM shuts down, also when it does so because the command has ended. */
    private static void interrupt(CountDownLatch ended) {
        if (ended.getCount() == 0) {
            return;
        }
        happened = true;
        if (SparkSession.getDefaultSession().isDefined()) {
            SparkContext spark = SparkSession.getDefaultSession().get().sparkContext();
            if (!spark.isStopped()) {
                spark.cancelAllJobs(); // which interrupts tasks; stopping alone lets them write on
                spark.stop();
            }
        }
        try {
            if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("etroc: interrupted, but still at work; etroc prune removes what it leaves");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether a signal is ending this process. */
    public static boolean happened() {
        return happened;
    }

    /** Goes no further if a signal is ending this process. */
    public static void check() {
        if (happened) {
            throw new CancellationException("interrupted");
        }
    }
}
