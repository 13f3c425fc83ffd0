package etroc.cli;

import etroc.UsageException;
import etroc.spark.Sessions;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many cores of this machine a command takes. */
final class Cores {
    @Option(names = "--cores", paramLabel = "N", description = "Cores of this machine to use; without it all of them.")
    @Nullable
    Integer cores;

    /**
     * Spark's properties for it.
     *
     * @throws UsageException for less than one, and where a cluster's master decides
     */
    Map<String, String> properties() {
        if (cores == null) {
            return Map.of();
        }
        if (cores < 1) {
            throw new UsageException("--cores " + cores + ": at least 1");
        }
        if (Sessions.submitted()) {
            throw new UsageException("--cores is for this machine; with --master give local[" + cores
                    + "], or --executor-cores of spark-submit");
        }
        return Map.of("spark.master", "local[" + cores + "]");
    }
}
