package etroc.spark;

import etroc.UsageException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/** Makes the session. */
public final class Sessions {
    private static final String MASTER = "spark.master";
    private static final String LOOPBACK = "127.0.0.1";
    private static final String COMMIT = "spark.sql.sources.commitProtocolClass";
    /** Jobs that are started at the same time share the cores; else the first has them all. */
    public static final Map<String, String> FAIR = Map.of("spark.scheduler.mode", "FAIR");

    /** A bar on a terminal says how many tasks are done. */
    public static final Map<String, String> BAR = Map.of("spark.ui.showConsoleProgress", "true");

    private Sessions() {}

    /**
     * A session to work in. Closing it stops Spark, unless Spark was there before: a shell's or a notebook's goes on.
     *
     * @param made whether it was made for whoever closes it
     */
    public record Open(SparkSession spark, boolean made) implements AutoCloseable {
        @Override
        public void close() {
            if (made) {
                spark.stop();
            }
        }
    }

    /** The jobs of this thread share the cores with those of other threads as {@code pool}. */
    public static void usePool(SparkSession spark, String pool) {
        spark.sparkContext().setLocalProperty("spark.scheduler.pool", pool);
    }

    /** Whether spark-submit started this program: then a session has to be made, or a cluster takes its absence for a failure. */
    public static boolean submitted() {
        return System.getProperty(MASTER) != null;
    }

    /** Hadoop's configuration with what Spark's says of it ({@code spark.hadoop.*}), for what is done before there is a session. */
    public static Configuration hadoopConf() {
        return SparkHadoopUtil.get().newConfiguration(new SparkConf());
    }

    /**
     * The session of this application: one that is there, else a new one; under spark-submit with its master and configuration, else
     * {@code local[*]}. A local one listens on the loopback interface only.
     *
     * @param name application name
     */
    public static Open open(String name) {
        return open(name, Map.of());
    }

    /**
     * The same with more Spark properties, where the session is not there yet: {@link #FAIR}, {@link #BAR}, another master than {@code local[*]}.
     */
    public static Open open(String name, Map<String, String> properties) {
        Option<SparkSession> there = SparkSession.getDefaultSession();
        boolean made = there.isEmpty() || there.get().sparkContext().isStopped();
        SparkSession.Builder builder = SparkSession.builder().appName(name);
        String master = properties.getOrDefault(MASTER, System.getProperty(MASTER, "local[*]"));
        if (made && (master.equals("local") || master.startsWith("local["))) {
            local(builder.master(master));
        }
        properties.forEach(builder::config);
        SparkSession spark = builder
                // a page of Parquet that is not as it was written is an error, no other number
                .config("spark.hadoop.parquet.page.verify-checksum.enabled", "true")
                // results do not depend on where a laptop is
                .config("spark.sql.session.timeZone", "UTC")
                // HotSpot interprets larger methods for ever: 63 cuts in one pass took eight times as long
                .config("spark.sql.codegen.hugeMethodLimit", 8000)
                .getOrCreate();
        Open open = new Open(spark, made);
        if (Interruption.happened()) { // while Spark started
            open.close();
            Interruption.check();
        }
        SparkSession.setActiveSession(spark); // a thread that found the default one has none; adaptive plans ask for it
        if (!spark.sparkContext().getConf().contains(COMMIT)) {
            spark.conf().set(COMMIT, "etroc.store.InPlaceCommit");
        }
        // tables of an analysis are small; 200 empty shuffle tasks cost half a second each time
        if (!spark.sparkContext().getConf().contains("spark.sql.shuffle.partitions")) {
            spark.conf().set("spark.sql.shuffle.partitions", shufflePartitions(spark));
        }
        return open;
    }

    /** All in this process: nothing that another machine could speak to. */
    private static void local(SparkSession.Builder builder) {
        String ui = System.getProperty("spark.ui.enabled", "false");
        if (Boolean.parseBoolean(ui) && System.getenv("SPARK_LOCAL_IP") == null) {
            throw new UsageException("spark.ui.enabled=true: Spark's pages would be open to every machine;"
                    + " set SPARK_LOCAL_IP=127.0.0.1 in the environment, or the address that they may have");
        }
        builder.config("spark.ui.enabled", ui)
                .config("spark.driver.host", LOOPBACK)
                .config("spark.driver.bindAddress", LOOPBACK)
                // a task that runs out of memory fails the command with a message; on a cluster it ends its executor
                .config("spark.executor.killOnFatalError.depth", "0");
    }

    private static String shufflePartitions(SparkSession spark) {
        return Integer.toString(Math.max(4, 4 * spark.sparkContext().defaultParallelism()));
    }
}
