package etroc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import etroc.Beam;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A standalone cluster of a master and workers on loopback, and real submits of the application jar in both deploy modes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StandaloneClusterIT {
    private static final List<String> DATASETS = List.of("scan", "beam");

    @TempDir
    static Path directory;

    private final List<Process> processes = new ArrayList<>();
    private int port;
    private int webPort;
    private Path scan;

    @BeforeAll
    void start() throws Exception {
        port = freePort();
        webPort = freePort();
        spark("org.apache.spark.deploy.master.Master", "--port", port, "--webui-port", webPort);
        worker();
        worker();
        scan = directory.resolve("scan");
        CommandRun.ok("simulate", "scan", scan, "--seed", 4, "--charges", "14,20,26", "--step", 12, "--lines", 6000);
        Beam.simulate(directory.resolve("beam"), 4, 3000);
        CommandRun.ok("campaign", campaign("local"), "-q");
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

    /** A scan and a telescope run at once. */
    private static Path campaign(String output) throws IOException {
        return Files.writeString(directory.resolve(output + ".conf"), """
                etroc.report.formats = []
                campaign { output = %s, parallel = 2, datasets = [
                  { name = scan, kind = scan, inputs = [scan] }
                  { name = beam, kind = telescope, inputs = [beam] }
                ] }""".formatted(output));
    }

    private static void assertSameAsLocal(String output) throws Exception {
        for (String dataset : DATASETS) {
            Sqlite.assertSame(database("local", dataset), database(output, dataset));
        }
    }

    private static Path database(String output, String dataset) throws IOException {
        return Sqlite.latest(directory.resolve(output).resolve(dataset)).resolve("results.sqlite");
    }

    private Object[] submit(String mode, Object... command) {
        return Stream.concat(
                        Stream.of(
                                "--master",
                                "spark://127.0.0.1:" + port,
                                "--deploy-mode=" + mode,
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
        SubmitProcess.Finished run = SubmitProcess.run(directory, submit("client", "campaign", campaign("client")));
        assertThat(run.exit()).as(run.output()).isZero();
        assertSameAsLocal("client");
    }

    @Test
    void clusterModeHasTheDriversExitCode() throws Exception {
        SubmitProcess.Finished run = SubmitProcess.run(directory, submit("cluster", "campaign", campaign("cluster")));
        assertThat(run.exit()).as(run.output()).isZero();
        assertSameAsLocal("cluster");
        SubmitProcess.Finished absent = SubmitProcess.run(
                directory, submit("cluster", "scan", directory.resolve("absent"), "-o", directory.resolve("x")));
        assertThat(absent.exit()).as(absent.output()).isEqualTo(2);
        SubmitProcess.Finished again =
                SubmitProcess.run(directory, submit("cluster", "scan", scan, "-o", directory.resolve("cluster/scan")));
        assertThat(again.exit()).as(again.output()).isEqualTo(1);
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files).noneMatch(p -> p.getFileName().toString().startsWith("_exit-status"));
        }
    }

    @Test
    void aWorkerThatIsKilledCostsOnlyTime() throws Exception {
        Process victim = worker();
        waitForWorkers(3);
        Path output = directory.resolve("killed.txt");
        Process run = SubmitProcess.start(output, submit("client", "campaign", campaign("killed")));
        while (!Files.exists(directory.resolve("killed/beam/hits")) && run.isAlive()) {
            Thread.sleep(20);
        }
        List<ProcessHandle> executors = victim.descendants().toList();
        victim.destroyForcibly();
        executors.forEach(ProcessHandle::destroyForcibly);
        assertThat(executors).as("the worker had an executor").isNotEmpty();
        assertThat(run.waitFor()).as(Files.readString(output)).isZero();
        assertSameAsLocal("killed");
    }
}
