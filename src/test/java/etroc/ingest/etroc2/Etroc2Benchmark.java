package etroc.ingest.etroc2;

import com.sun.management.OperatingSystemMXBean;
import etroc.cli.Main;
import etroc.spark.Sessions;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.SparkSession;

/**
 * KCU records to Parquet hits: surveyed, with all checks and events of counters, and written as {@code etroc ingest} writes them. Files of a million frames
 * are simulated once, so many as asked for (default 8). After {@code mvn -q package -DskipTests}:
 *
 * <pre>java @conf/java-options -Xmx4g -cp 'target/test-classes:target/dist/jars/*' etroc.ingest.etroc2.Etroc2Benchmark DIR [FILES]</pre>
 */
final class Etroc2Benchmark {
    private static final int READINGS = 4;
    private static final double MB = 1e6;

    private Etroc2Benchmark() {}

    public static void main(String[] args) throws IOException {
        Path files = Path.of(args[0]);
        make(files, args.length > 1 ? Integer.parseInt(args[1]) : 8);
        double megabytes;
        try (Stream<Path> all = Files.list(files)) {
            megabytes = all.mapToLong(f -> f.toFile().length()).sum() / MB;
        }
        Path out = Files.createTempDirectory("etroc2-benchmark");
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        try (Sessions.Open session = Sessions.open("etroc2 benchmark")) {
            SparkSession spark = session.spark();
            for (int i = 0; i < READINGS; i++) {
                long cpu = system.getProcessCpuTime();
                long start = System.nanoTime();
                StoredFrames.write(
                        spark.read().format("etroc2").load(files.toString()),
                        new org.apache.hadoop.fs.Path(
                                Files.createDirectory(out.resolve("hits" + i)).toUri()));
                double wall = (System.nanoTime() - start) / 1e9;
                double used = (system.getProcessCpuTime() - cpu) / 1e9;
                System.out.printf(
                        Locale.ROOT,
                        "%.0f MB in %.2f s: %.0f MB/s; CPU %.2f s: %.0f MB/s a core%n",
                        megabytes,
                        wall,
                        megabytes / wall,
                        used,
                        megabytes / used);
            }
        } finally {
            FileUtils.deleteDirectory(out.toFile());
        }
    }

    /** Each file is a run of four boards and 250,000 triggers. */
    private static void make(Path directory, int files) throws IOException {
        for (int f = 0; f < files; f++) {
            Path file = directory.resolve("output_run_" + f + "_rb0.dat");
            if (!Files.exists(file)) {
                Path made = directory.resolveSibling(directory.getFileName() + "-made");
                String[] command = {
                    "simulate",
                    "telescope",
                    made.toString(),
                    "--chip",
                    "etroc2",
                    "--layout",
                    "kcu",
                    "--boards",
                    "4",
                    "--events",
                    "250000",
                    "--occupancy",
                    "0.25",
                    "--seed",
                    Integer.toString(f)
                };
                PrintWriter told = new PrintWriter(System.out, true, java.nio.charset.StandardCharsets.UTF_8);
                if (Main.run(told, told, command) != 0) {
                    throw new IllegalStateException("nothing was simulated");
                }
                Files.createDirectories(directory);
                Files.move(made.resolve("output_run_0_rb0.dat"), file);
                FileUtils.deleteDirectory(made.toFile());
            }
        }
    }
}
