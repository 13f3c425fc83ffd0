package etroc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.CommandRun;
import etroc.SharedSession;
import etroc.Sqlite;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials in Spark's configuration and in addresses reach nothing that is published. */
class SecretsSparkTest {
    @TempDir
    Path directory;

    @Test
    void noCredentialIsPublished() throws Exception {
        Path input = directory.resolve("beam");
        Path out = directory.resolve("out");
        CommandRun.ok("simulate", "telescope", input, "--events", 100, "--seed", 6);
        CommandRun.ok("ingest", input, "-o", out, "-q", "--set", "input.partitions=1");
        assertThat(SharedSession.get().sparkContext().getConf().get(SharedSession.SECRET_KEY))
                .contains(SharedSession.SECRET);
        try (Stream<Path> files = Files.walk(out)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(SharedSession.SECRET);
            }
        }
        assertThat(CommandRun.ok("show", out, "--provenance").out())
                .contains("spark.app.name")
                .doesNotContain(SharedSession.SECRET);
        assertThat(Sqlite.lines(out, "provenance", List.of("*")).toString()).doesNotContain(SharedSession.SECRET);
    }

    @Test
    void passwordsInAddressesAreMasked() {
        assertThat(Execution.masked("etroc ingest sftp://me:hunter2@host/a -o s3a://ID:K%2Fey@bucket/b --set a=b@c"))
                .isEqualTo("etroc ingest sftp://***@host/a -o s3a://***@bucket/b --set a=b@c");
    }
}
