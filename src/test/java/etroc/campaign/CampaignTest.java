package etroc.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.cli.Sections;
import etroc.pipeline.Plan;
import etroc.pipeline.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a campaign goes on, whatever its datasets do. */
class CampaignTest {
    @TempDir
    Path directory;

    @SuppressWarnings("unchecked") // as Scala code throws checked exceptions that no signature tells of
    private static <E extends Exception> void raise(Throwable failure) throws E {
        throw (E) failure;
    }

    @Test
    void anErrorOrAnUndeclaredExceptionFailsItsDatasetOnly() throws Exception {
        Files.createDirectory(directory.resolve("in"));
        Path file = Files.writeString(directory.resolve("campaign.conf"), """
                campaign {
                  output = out
                  datasets = [
                    { name = memory, kind = scan, inputs = [in] }
                    { name = spark, kind = scan, inputs = [in] }
                    { name = fine, kind = scan, inputs = [in] }
                  ]
                }
                """);
        Campaign campaign = new Campaign(
                CampaignSettings.load(file.toFile(), Sections.class),
                new Campaign.Selection(List.of(), null),
                (job, conf) -> new Plan(
                        job,
                        List.of(Stage.of("ingest", Campaign.class, context -> {})),
                        new Plan.Inputs(1, 10, Instant.EPOCH, ""),
                        "",
                        (title, tables, place) -> ""),
                new Configuration());
        List<String> said = new ArrayList<>();
        List<Campaign.Outcome> outcomes = campaign.run(
                2,
                (dataset, output, run) -> {
                    if (dataset.name().equals("memory")) {
                        throw new OutOfMemoryError("Java heap space");
                    }
                    if (dataset.name().equals("spark")) {
                        CampaignTest.<RuntimeException>raise(new SparkException("no such path"));
                    }
                    return true;
                },
                said::add);
        assertThat(outcomes)
                .extracting(Campaign.Outcome::status)
                .containsExactly(Campaign.Status.FAILED, Campaign.Status.FAILED, Campaign.Status.DONE);
        assertThat(said)
                .anyMatch(line -> line.contains("memory failed") && line.contains("OutOfMemoryError"))
                .anyMatch(line -> line.contains("spark failed") && line.contains("no such path"));
    }
}
