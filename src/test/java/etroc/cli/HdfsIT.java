package etroc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.Beam;
import etroc.CommandRun;
import etroc.Sqlite;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Input and output on a real HDFS of three datanodes, one of which dies. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HdfsIT {
    private static final List<String> TABLES =
            List.of("combined_etroc1_data", "dac_vs_charge", "s_curve_fits", "noise_limit_data", "cutflow", "run_hits");

    @TempDir
    static Path directory;

    private MiniDFSCluster cluster;
    private FileSystem hdfs;
    private Path scan;

    @BeforeAll
    void start() throws Exception {
        Configuration conf = new Configuration();
        conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, directory.resolve("hdfs").toString());
        conf.set("dfs.replication", "2");
        cluster = new MiniDFSCluster.Builder(conf).numDataNodes(3).build();
        cluster.waitActive();
        hdfs = cluster.getFileSystem();
        scan = directory.resolve("scan");
        CommandRun.ok("simulate", "scan", scan, "--seed", 2, "--charges", "14,20,26", "--step", 12, "--lines", 6000);
        hdfs.copyFromLocalFile(path(scan.toString()), path("/scan"));
    }

    @AfterAll
    void stop() {
        cluster.shutdown();
    }

    private static org.apache.hadoop.fs.Path path(String name) {
        return new org.apache.hadoop.fs.Path(name);
    }

    private String uri(String name) {
        return hdfs.getUri() + name;
    }

    /** The newest result's database, copied. */
    private Path database(String out) throws Exception {
        String id;
        try (var in = hdfs.open(path(out + "/LATEST"))) {
            id = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).trim();
        }
        Path local = directory.resolve(id + ".sqlite");
        hdfs.copyToLocalFile(path(out + "/results/" + id + "/results.sqlite"), path(local.toString()));
        return local;
    }

    private Map<String, List<String>> localTables(String name, Object... more) throws Exception {
        Path out = directory.resolve(name);
        CommandRun.ok(Stream.concat(Stream.of("scan", scan, "-o", out, "-q"), Stream.of(more))
                .toArray());
        return Sqlite.tables(Sqlite.latest(out).resolve("results.sqlite"), TABLES);
    }

    /** Runs a command that has to succeed; the datanode is gone from the time of the first hits on. */
    private void whileADatanodeStops(String command, String input, String out) throws Exception {
        CompletableFuture<CommandRun> running =
                CompletableFuture.supplyAsync(() -> CommandRun.of(command, uri(input), "-o", uri(out)));
        while (!hdfs.exists(path(out + "/hits")) && !running.isDone()) {
            Thread.sleep(20);
        }
        MiniDFSCluster.DataNodeProperties node = cluster.stopDataNode(0);
        assertThat(running.isDone())
                .as("the command was still running when the datanode stopped")
                .isFalse();
        CommandRun run = running.get();
        assertThat(run.exit()).as(run.err()).isZero();
        cluster.restartDataNode(node);
        cluster.waitActive();
    }

    @Test
    void aTelescopeRunSurvivesTheLossOfADatanode() throws Exception {
        Path beam = Beam.simulate(directory.resolve("beam"), 3, 3000);
        Path local = directory.resolve("beam-local");
        CommandRun.ok("telescope", beam, "-o", local, "-q");
        hdfs.copyFromLocalFile(path(beam.toString()), path("/beam"));
        whileADatanodeStops("telescope", "/beam", "/beam-out");
        Sqlite.assertSame(Sqlite.latest(local).resolve("results.sqlite"), database("/beam-out"));
    }

    @Test
    void aScanSurvivesTheLossOfADatanode() throws Exception {
        Map<String, List<String>> expected = localTables("local");
        whileADatanodeStops("scan", "/scan", "/out");
        assertThat(Sqlite.tables(database("/out"), TABLES)).isEqualTo(expected);
        assertThat(hdfs.listStatus(path("/out/hits"))).hasSize(1);
        assertThat(hdfs.listStatus(path("/out/results"))).hasSize(1);

        assertThat(CommandRun.ok("reprocess", uri("/out")).out()).contains("nothing to do");
        assertThat(CommandRun.ok("show", uri("/out")).out()).contains("s-curve");
        CommandRun.ok("reprocess", uri("/out"), "-q", "--set", "scan.cut=calibration_code < 140");
        assertThat(Sqlite.tables(database("/out"), TABLES))
                .isEqualTo(localTables("other", "--set", "scan.cut=calibration_code < 140"));
        CommandRun.ok("prune", uri("/out"), "--keep", 1);
        assertThat(hdfs.listStatus(path("/out/results"))).hasSize(1);
        CommandRun.ok("scan", uri("/scan"), "-o", uri("/out"), "-q", "--overwrite");
        assertThat(Sqlite.tables(database("/out"), TABLES)).isEqualTo(expected);
    }
}
