package etroc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import etroc.CommandRun;
import etroc.Sqlite;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A standalone cluster of a master and workers on loopback, and real submits of the application jar in both deploy modes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StandaloneClusterIT {
    private static final List<String> TABLES = List.of(
            "combined_etroc1_data", "dac_vs_charge", "s_curve_fits", "cutflow", "runs", "quality", "malformed_lines");

    @TempDir
    static Path directory;

    private final List<Process> processes = new ArrayList<>();
    private int port;
    private int webPort;
    private Path scan;
    private Map<String, List<String>> expected = Map.of();

    @BeforeAll
    void start() throws Exception {
        port = freePort();
        webPort = freePort();
        spark("org.apache.spark.deploy.master.Master", "--port", port, "--webui-port", webPort);
        worker();
        worker();
        scan = directory.resolve("scan");
        CommandRun.ok("simulate", "scan", scan, "--seed", 4, "--charges", "14,20,26", "--step", 12, "--lines", 6000);
        Path local = directory.resolve("local");
        CommandRun.ok("scan", scan, "-o", local, "-q");
        expected = tables(local);
        waitForWorkers(2);
    }

    @AfterAll
    void stop() {
        processes.forEach(p -> {
            p.descendants().forEach(ProcessHandle::destroyForcibly);
            p.destroyForcibly();
        });
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Process worker() throws IOException {
        return spark(
                "org.apache.spark.deploy.worker.Worker",
                "--cores",
                2,
                "--memory",
                "3g",
                "--webui-port",
                freePort(),
                "--work-dir",
                directory.resolve("work" + processes.size()),
                "spark://127.0.0.1:" + port);
    }

    /** A daemon of Spark, from the jars of the distribution. */
    private Process spark(String main, Object... arguments) throws IOException {
        Path dist = SubmitProcess.distribution();
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx256m"));
        command.add("@" + dist.resolve("conf/java-options"));
        command.addAll(List.of("-cp", dist.resolve("jars") + "/*", main, "--host", "127.0.0.1"));
        Stream.of(arguments).map(Object::toString).forEach(command::add);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        directory.resolve("daemon" + processes.size() + ".txt").toFile());
        builder.environment().put("SPARK_HOME", dist.toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private void waitForWorkers(int count) throws Exception {
        URI state = URI.create("http://127.0.0.1:" + webPort + "/json/");
        for (int i = 0; i < 600; i++) {
            try (var in = state.toURL().openStream()) {
                if (new JsonMapper().readTree(in).get("aliveworkers").asInt() == count) {
                    return;
                }
            } catch (IOException e) {
                // the master is still starting
            }
            Thread.sleep(100);
        }
        throw new AssertionError(
                "no cluster of " + count + " workers: " + Files.readString(directory.resolve("daemon0.txt")));
    }

    private static Map<String, List<String>> tables(Path out) throws Exception {
        Map<String, List<String>> tables = new TreeMap<>();
        for (String table : TABLES) {
            tables.put(table, Sqlite.lines(out, table, List.of("*")));
        }
        return tables;
    }

    private Object[] submit(String mode, Object... command) {
        return Stream.concat(
                        Stream.of(
                                "--master",
                                "spark://127.0.0.1:" + port,
                                "--deploy-mode",
                                mode,
                                "--driver-memory",
                                "700m",
                                "--executor-memory",
                                "600m",
                                "--conf",
                                "spark.driver.host=127.0.0.1",
                                "--conf",
                                "spark.ui.enabled=false",
                                "--"),
                        Stream.of(command))
                .toArray();
    }

    @Test
    void clientMode() throws Exception {
        Path out = directory.resolve("client");
        SubmitProcess.Finished run = SubmitProcess.run(directory, submit("client", "scan", scan, "-o", out));
        assertThat(run.exit()).as(run.output()).isZero();
        assertThat(tables(out)).isEqualTo(expected);
    }

    @Test
    void clusterModeHasTheDriversExitCode() throws Exception {
        Path out = directory.resolve("cluster");
        SubmitProcess.Finished run = SubmitProcess.run(directory, submit("cluster", "scan", scan, "-o", out));
        assertThat(run.exit()).as(run.output()).isZero();
        assertThat(tables(out)).isEqualTo(expected);
        SubmitProcess.Finished absent = SubmitProcess.run(
                directory, submit("cluster", "scan", directory.resolve("absent"), "-o", directory.resolve("x")));
        assertThat(absent.exit()).as(absent.output()).isEqualTo(2);
        SubmitProcess.Finished again = SubmitProcess.run(directory, submit("cluster", "scan", scan, "-o", out));
        assertThat(again.exit()).as(again.output()).isEqualTo(1);
    }

    @Test
    void aWorkerThatIsKilledCostsOnlyTime() throws Exception {
        Process victim = worker();
        waitForWorkers(3);
        Path out = directory.resolve("worker-killed");
        Path output = directory.resolve("worker-killed.txt");
        Process run = SubmitProcess.start(output, submit("client", "scan", scan, "-o", out));
        while (!Files.exists(out.resolve("hits")) && run.isAlive()) {
            Thread.sleep(20);
        }
        List<ProcessHandle> executors = victim.descendants().toList();
        victim.destroyForcibly();
        executors.forEach(ProcessHandle::destroyForcibly);
        assertThat(executors).as("the worker had an executor").isNotEmpty();
        assertThat(run.waitFor()).as(Files.readString(output)).isZero();
        assertThat(tables(out)).isEqualTo(expected);
    }
}
