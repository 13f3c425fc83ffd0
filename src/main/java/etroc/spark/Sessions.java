package etroc.spark;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;

/** Makes the session. */
public final class Sessions {
    private static final String COMMIT = "spark.sql.sources.commitProtocolClass";

    private Sessions() {}

    /** The jobs of this thread share the cores with those of other threads as {@code pool}. */
    public static void usePool(SparkSession spark, String pool) {
        spark.sparkContext().setLocalProperty("spark.scheduler.pool", pool);
    }

    /** Whether spark-submit started this program: then a session has to be made, or a cluster takes its absence for a failure. */
    public static boolean submitted() {
        return System.getProperty("spark.master") != null;
    }

    /** Hadoop's configuration with what Spark's says of it ({@code spark.hadoop.*}), for what is done before there is a session. */
    public static Configuration hadoopConf() {
        return SparkHadoopUtil.get().newConfiguration(new SparkConf());
    }

    /**
     * The session of this application: under spark-submit with its master and configuration, else {@code local[*]}.
     *
     * @param name application name
     */
    public static SparkSession open(String name) {
        return open(name, false);
    }

    /**
     * The session of this application.
     *
     * @param fair whether jobs that are started at the same time share the cores; else the first has them all
     */
    public static SparkSession open(String name, boolean fair) {
        SparkSession.Builder builder = SparkSession.builder().appName(name);
        if (fair) {
            builder.config("spark.scheduler.mode", "FAIR");
        }
        if (!submitted()) {
            builder.master("local[*]")
                    .config("spark.ui.enabled", System.getProperty("spark.ui.enabled", "false"))
                    .config("spark.driver.host", "127.0.0.1")
                    .config("spark.driver.bindAddress", "127.0.0.1");
        }
        SparkSession spark = builder
                // results do not depend on where a laptop is
                .config("spark.sql.session.timeZone", "UTC")
                .getOrCreate();
        if (!spark.sparkContext().getConf().contains(COMMIT)) {
            spark.conf().set(COMMIT, "etroc.store.InPlaceCommit");
        }
        // tables of an analysis are small; 200 empty shuffle tasks cost half a second each time
        if (!spark.sparkContext().getConf().contains("spark.sql.shuffle.partitions")) {
            spark.conf().set("spark.sql.shuffle.partitions", shufflePartitions(spark));
        }
        return spark;
    }

    private static String shufflePartitions(SparkSession spark) {
        return Integer.toString(Math.max(4, 4 * spark.sparkContext().defaultParallelism()));
    }
}
