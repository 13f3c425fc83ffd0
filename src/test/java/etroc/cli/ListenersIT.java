package etroc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import etroc.CommandRun;
import etroc.Listeners;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a session of this machine is asked for, it listens on the loopback interface only. */
class ListenersIT {
    @TempDir
    static Path directory;

    @BeforeAll
    static void simulate() {
        assumeTrue(Listeners.known(), "no /proc/net");
        CommandRun.ok("simulate", "scan", directory.resolve("in"), "--charges", "15", "--step", 20, "--lines", 50);
    }

    /** Ingests in a process of its own, without the environment that would tell Spark an address. @return what it listened on */
    private static Set<String> listeners(String name, String options, String... before) throws Exception {
        Path output = directory.resolve(name + ".txt");
        Object[] ingest = {"ingest", directory.resolve("in"), "-o", directory.resolve(name)};
        ProcessBuilder builder = SubmitProcess.builder(
                output, Stream.of(before, ingest).flatMap(Arrays::stream).toArray());
        builder.environment().remove("SPARK_LOCAL_IP");
        builder.environment().put("JAVA_OPTS", options);
        Process process = builder.start();
        Set<String> all = new TreeSet<>();
        while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
            all.addAll(Listeners.of(process.pid()));
        }
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        return all;
    }

    @Test
    void throughSparkSubmitWithItsPages() throws Exception {
        assertThat(listeners("submit", "", "--master", "local[1]", "--conf", "spark.ui.enabled=true", "--"))
                .isNotEmpty()
                .isSubsetOf(Listeners.LOOPBACK);
    }

    @Test
    void withAMasterOfItsOwn() throws Exception {
        assertThat(listeners("property", "-Dspark.master=local[1]"))
                .isNotEmpty()
                .isSubsetOf(Listeners.LOOPBACK);
    }
}
