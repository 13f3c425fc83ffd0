package etroc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.CommandRun;
import etroc.SharedSession;
import etroc.Sqlite;
import etroc.spark.Sessions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Output on S3 as it is: s3a against a server in a JVM of its own, which keeps its objects in memory. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class S3ProxyIT {
    private static final List<String> SCAN_TABLES =
            List.of("combined_etroc1_data", "dac_vs_charge", "s_curve_fits", "noise_limit_data", "cutflow", "run_hits");
    private static final List<String> BEAM_TABLES = List.of("timing_info", "cutflow", "event_info", "quality");
    private static final String BUCKET = "s3a://etroc";
    private static final String OUT = BUCKET + "/scan";

    @TempDir
    static Path directory;

    private final Map<String, String> properties = new TreeMap<>();
    private Process server;
    private FileSystem s3;
    private Path scan;

    @BeforeAll
    void start() throws Exception {
        String endpoint;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            endpoint = "http://127.0.0.1:" + free.getLocalPort();
        }
        Path conf = Files.writeString(directory.resolve("s3proxy.properties"), """
                s3proxy.endpoint=%s
                s3proxy.authorization=none
                jclouds.provider=transient
                jclouds.identity=x
                jclouds.credential=x
                """.formatted(endpoint));
        server = java(List.of(), "target/s3proxy/*", "org.gaul.s3proxy.Main", "--properties", conf);
        makeBucket(URI.create(endpoint + "/etroc"));
        properties.put("fs.s3a.endpoint", endpoint);
        properties.put("fs.s3a.endpoint.region", "us-east-1");
        properties.put("fs.s3a.path.style.access", "true");
        properties.put("fs.s3a.access.key", "x");
        properties.put("fs.s3a.secret.key", "x");
        properties.forEach((k, v) -> System.setProperty("spark.hadoop." + k, v));
        SharedSession.get().stop(); // one that other tests left would not know of it
        s3 = FileSystem.get(URI.create(BUCKET), Sessions.hadoopConf());
        scan = directory.resolve("in");
        CommandRun.ok("simulate", "scan", scan, "--seed", 5, "--charges", "14,20", "--step", 10, "--lines", 100);
    }

    @AfterAll
    void stop() throws IOException {
        properties.keySet().forEach(k -> System.clearProperty("spark.hadoop." + k));
        SharedSession.get().stop();
        s3.close();
        server.destroy();
    }

    private static Process java(List<String> options, String classPath, String main, Object... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main));
        Stream.of(arguments).map(Object::toString).forEach(command::add);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Files.createTempFile(directory, "java", ".txt").toFile())
                .start();
    }

    /** A command in a process of its own. */
    private Process start(Object... arguments) throws IOException {
        List<String> options = new ArrayList<>(List.of("@conf/java-options", "-Xmx600m"));
        properties.forEach((k, v) -> options.add("-Dspark.hadoop." + k + "=" + v));
        return java(options, System.getProperty("surefire.test.class.path"), "etroc.cli.Main", arguments);
    }

    private static void makeBucket(URI bucket) throws Exception {
        HttpRequest put = HttpRequest.newBuilder(bucket)
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        for (int tries = 0; ; tries++) {
            try {
                assertThat(HttpClient.newHttpClient()
                                .send(put, HttpResponse.BodyHandlers.discarding())
                                .statusCode())
                        .isEqualTo(200);
                return;
            } catch (IOException e) { // it is starting
                if (tries == 300) {
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }

    private static org.apache.hadoop.fs.Path path(String name) {
        return new org.apache.hadoop.fs.Path(name);
    }

    private List<String> children(String place) throws IOException {
        return Stream.of(s3.listStatus(path(place)))
                .map(s -> s.getPath().getName())
                .sorted()
                .toList();
    }

    private String latest(String out) throws IOException {
        try (var in = s3.open(path(out + "/LATEST"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).trim();
        }
    }

    private Map<String, List<String>> tables(String out, String id, List<String> names) throws Exception {
        Path local = directory.resolve(id + ".sqlite");
        s3.copyToLocalFile(false, path(out + "/results/" + id + "/results.sqlite"), path(local.toString()), true);
        return Sqlite.tables(local, names);
    }

    private Map<String, List<String>> local(List<String> names, Object... command) throws Exception {
        Path out = Files.createTempDirectory(directory, "local").resolve("out");
        CommandRun.ok(
                Stream.concat(Stream.of(command), Stream.of("-o", out, "-q")).toArray());
        return Sqlite.tables(Sqlite.latest(out).resolve("results.sqlite"), names);
    }

    @Test
    @Order(1)
    void twoWritersAtOnce() throws Exception {
        Process other = start("scan", scan, "-o", OUT, "-q", "--set", "report.formats=[]");
        while (other.isAlive() && s3.globStatus(path(OUT + "/files/*")).length == 0) {
            Thread.sleep(20);
        }
        CommandRun.ok("scan", scan, "-o", OUT, "-q", "--overwrite");
        assertThat(other.waitFor()).isZero();
        assertThat(children(OUT + "/hits")).containsExactly("ingest=1", "ingest=2");
        List<String> results = children(OUT + "/results");
        assertThat(results).hasSize(2).contains(latest(OUT));
        Map<String, List<String>> expected = local(SCAN_TABLES, "scan", scan);
        for (String id : results) {
            assertThat(tables(OUT, id, SCAN_TABLES)).isEqualTo(expected);
        }
    }

    @Test
    @Order(2)
    void whatIsKilledIsNobodysAndIsDoneAgain() throws Exception {
        String cut = "scan.cut=calibration_code < 100";
        String before = latest(OUT);
        List<String> results = children(OUT + "/results");
        Process killed = start("reprocess", OUT, "-q", "--set", cut);
        while (children(OUT + "/results").size() == results.size()) {
            assertThat(killed.isAlive()).isTrue();
            Thread.sleep(20);
        }
        killed.destroyForcibly().waitFor();
        assertThat(latest(OUT)).isEqualTo(before);
        assertThat(children(OUT + "/results")).hasSize(results.size() + 1);

        CommandRun.ok("prune", OUT, "--keep", 1);
        assertThat(children(OUT + "/results")).containsExactly(before);
        assertThat(children(OUT + "/hits")).hasSize(1);
        CommandRun.ok("reprocess", OUT, "-q", "--set", cut);
        assertThat(latest(OUT)).isNotEqualTo(before);
        assertThat(tables(OUT, latest(OUT), SCAN_TABLES)).isEqualTo(local(SCAN_TABLES, "scan", scan, "--set", cut));
    }

    @Test
    @Order(3)
    void aTelescopeRun() throws Exception {
        Path input = directory.resolve("beam");
        CommandRun.ok("simulate", "telescope", input, "--events", 2000, "--seed", 6);
        String out = BUCKET + "/beam";
        CommandRun.ok("telescope", input, "-o", out, "-q");
        String id = latest(out);
        assertThat(tables(out, id, BEAM_TABLES)).isEqualTo(local(BEAM_TABLES, "telescope", input));
        assertThat(children(out + "/results/" + id + "/tables/events.parquet"))
                .contains("_checksums.json")
                .allMatch(n -> n.endsWith(".parquet") || n.equals("_checksums.json"));
        assertThat(children(out + "/events")).hasSize(1);
    }
}
