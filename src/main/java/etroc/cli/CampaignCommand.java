package etroc.cli;

import etroc.UsageException;
import etroc.campaign.Campaign;
import etroc.campaign.CampaignPage;
import etroc.campaign.CampaignSettings;
import etroc.campaign.CampaignTables;
import etroc.campaign.DatasetSettings;
import etroc.pipeline.Pipeline;
import etroc.pipeline.Progress;
import etroc.report.Page;
import etroc.spark.Interruption;
import etroc.spark.Sessions;
import etroc.store.Output;
import etroc.store.SqliteStore;
import etroc.store.Table;
import etroc.store.TableText;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code etroc campaign FILE.conf}. */
@Command(
        name = "campaign",
        description =
                "Brings many datasets up to date: only what changed runs, and what a killed campaign finished stays.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Writes an output for each dataset, and campaign.sqlite and campaign.html beside them. A dataset that fails does",
            "not stop the others; the exit code is then the largest of those of the datasets that failed.",
            "conf/campaign.conf is an annotated example. -v prints the steps of each dataset, too.",
            "",
            "Examples:",
            "  etroc campaign conf/campaign.conf --dry-run",
            "  etroc campaign conf/campaign.conf --parallel 2 --only 'beam-*' --since 2026-11-01"
        })
final class CampaignCommand implements Callable<Integer> {
    private static final int MAX_ROWS = 1000;

    @Parameters(paramLabel = "FILE.conf", description = "The campaign.")
    File file = new File("");

    @Option(names = "--parallel", paramLabel = "N", description = "How many datasets at a time; wins over the file.")
    @Nullable
    Integer parallel;

    @Option(names = "--only", paramLabel = "GLOB", description = "Only datasets whose name matches. Repeatable.")
    List<String> only = new ArrayList<>();

    @Option(
            names = "--since",
            paramLabel = "DATE|PERIOD",
            description = "Only datasets with a file written since 2026-11-01, or in the last P7D (7 days).")
    @Nullable
    String since;

    @Mixin
    Cores cores = new Cores();

    @Option(names = "--dry-run", description = "Say for each dataset what would be done, and why, and do nothing.")
    boolean dryRun;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print only the table at the end, and errors.")
    boolean quiet;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        CampaignSettings settings = CampaignSettings.load(file, Sections.class);
        if (!dryRun) {
            say("etroc campaign: " + settings.datasets().size() + " datasets of " + file + " to " + settings.output()
                    + " ...");
        }
        int threads = parallel == null ? settings.parallel() : parallel;
        if (threads < 1) {
            throw new UsageException("--parallel " + threads + ": at least 1 dataset at a time");
        }
        Configuration conf = Sessions.hadoopConf();
        Campaign campaign =
                new Campaign(settings, new Campaign.Selection(only, instant(since)), new KnownAnalyses(), conf);
        PrintWriter out = spec.commandLine().getOut();
        if (dryRun) {
            out.print(campaign.describe());
            out.flush();
            return 0;
        }
        Output output = new Output(settings.output(), conf);
        List<Campaign.Outcome> outcomes = campaign.hasWork() || Sessions.submitted()
                ? runWithSession(campaign, settings, threads)
                : campaign.run(threads, (d, o, r) -> false, this::say);
        Interruption.check(); // what was not done has not failed
        List<Table> tables = CampaignTables.of(outcomes);
        publish(output, settings.name(), tables);
        out.print("\n"
                + TableText.aligned(
                        tables.get(0).select("dataset", "status", "seconds", "hits", "key_results", "message"),
                        MAX_ROWS));
        out.println("\ntables and page: " + output.root().toUri().getPath() + "/campaign.{sqlite,html}");
        out.flush();
        return exitCode(outcomes);
    }

    private static @Nullable Instant instant(@Nullable String since) {
        if (since == null) {
            return null;
        }
        try {
            LocalDate day = since.startsWith("P")
                    ? LocalDate.now(ZoneOffset.UTC).minus(Period.parse(since))
                    : LocalDate.parse(since);
            return day.atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw new UsageException(
                    "--since " + since + " is no date such as 2026-11-01 and no period such as P7D", e);
        }
    }

    private void say(String line) {
        if (!quiet) {
            spec.commandLine().getErr().println(line);
            spec.commandLine().getErr().flush();
        }
    }

    private List<Campaign.Outcome> runWithSession(Campaign campaign, CampaignSettings settings, int threads)
            throws IOException, InterruptedException {
        Map<String, String> properties = new HashMap<>(cores.properties());
        properties.putAll(threads > 1 ? Sessions.FAIR : Map.of());
        try (Sessions.Open session = Sessions.open("etroc campaign " + settings.name(), properties)) {
            return campaign.run(threads, (dataset, output, run) -> analyse(session.spark(), dataset, run), this::say);
        }
    }

    private boolean analyse(SparkSession spark, DatasetSettings dataset, Pipeline run) throws IOException {
        Sessions.usePool(spark, dataset.name());
        Progress progress =
                Progress.named(spark, spec.commandLine().getErr(), !Main.of(spec).verbose || quiet, dataset.name());
        return run.run(spark, progress, Execution.command(spec)).isPresent();
    }

    private static void publish(Output output, String name, List<Table> tables) throws IOException {
        output.replace("campaign.sqlite", SqliteStore.bytes(tables));
        output.replace(Page.BUNDLE, Page.bundle());
        output.replace(
                "campaign.html", CampaignPage.of(name, tables, Instant.now()).getBytes(StandardCharsets.UTF_8));
    }

    private static int exitCode(List<Campaign.Outcome> outcomes) {
        int code = 0;
        for (Campaign.Outcome outcome : outcomes) {
            Throwable failure = outcome.failure();
            code = Math.max(code, failure == null ? 0 : Failures.exitCode(failure));
        }
        return code;
    }
}
