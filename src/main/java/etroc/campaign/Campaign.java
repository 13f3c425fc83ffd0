package etroc.campaign;

import etroc.FailureText;
import etroc.InputException;
import etroc.UsageException;
import etroc.pipeline.Analyses;
import etroc.pipeline.Job;
import etroc.pipeline.Pipeline;
import etroc.pipeline.Plan;
import etroc.settings.Problems;
import etroc.store.Output;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.jspecify.annotations.Nullable;

/** Many datasets, each brought up to date in an output of its own; one that fails does not stop the others. */
public final class Campaign {
    private final CampaignSettings settings;
    private final Analyses analyses;
    private final Configuration conf;
    private final List<Entry> entries = new ArrayList<>();

    /** A dataset and what is to be done with it. */
    record Entry(
            DatasetSettings dataset,
            Output output,
            @Nullable Pipeline run,
            @Nullable Exception failure) {}

    /**
     * Which datasets take part.
     *
     * @param only globs over names; none: all
     * @param since those with a file written since then; null: all
     */
    public record Selection(List<String> only, @Nullable Instant since) {}

    /** How it went. */
    public enum Status {
        /** A new result was published. */
        DONE,
        /** The newest result has these inputs, settings and program. */
        UNCHANGED,
        FAILED,
        /** Left out by {@code --only} or {@code --since}. */
        NOT_SELECTED
    }

    /**
     * What became of a dataset.
     *
     * @param seconds that it took
     */
    public record Outcome(
            DatasetSettings dataset,
            Output output,
            Status status,
            double seconds,
            @Nullable Throwable failure) {}

    /** Analyses one dataset. */
    public interface Worker {
        /** @return whether there was something to do */
        boolean run(DatasetSettings dataset, Output output, Pipeline run) throws IOException;
    }

    /**
     * Plans a campaign: lists the inputs of all datasets, checks their cuts, and compares with their newest results.
     *
     * @throws UsageException with everything that is wrong with the campaign file
     */
    public Campaign(CampaignSettings settings, Selection selection, Analyses analyses, Configuration conf)
            throws IOException {
        this.analyses = analyses;
        this.settings = settings;
        this.conf = conf;
        checkSelection(selection);
        Problems problems = new Problems();
        for (DatasetSettings dataset : settings.datasets()) {
            entries.add(plan(dataset, selection, problems));
        }
        problems.check("campaign file " + settings.file());
    }

    private void checkSelection(Selection selection) {
        for (String glob : selection.only()) {
            if (settings.datasets().stream().noneMatch(d -> matches(glob, d.name()))) {
                throw new UsageException("--only " + glob + ": no dataset has such a name; there are "
                        + String.join(
                                ", ",
                                settings.datasets().stream()
                                        .map(DatasetSettings::name)
                                        .toList()));
            }
        }
    }

    private static boolean matches(String glob, String name) {
        return FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(Path.of(name));
    }

    private Entry plan(DatasetSettings dataset, Selection selection, Problems problems) throws IOException {
        Output output = new Output(settings.output() + "/" + dataset.name(), conf);
        boolean named =
                selection.only().isEmpty() || selection.only().stream().anyMatch(glob -> matches(glob, dataset.name()));
        if (!named) {
            return new Entry(dataset, output, null, null);
        }
        try {
            for (String input : dataset.inputs()) {
                checkExists(input);
            }
            Job job = Job.of(dataset.kind(), dataset.inputs(), dataset.settings(), dataset.until(), conf);
            Plan plan = analyses.plan(job, conf);
            Instant since = selection.since();
            boolean late = since == null || !plan.inputs().newest().isBefore(since);
            return new Entry(dataset, output, late ? new Pipeline(output, plan, false) : null, null);
        } catch (UsageException e) {
            problems.add(dataset.origin(), "dataset '" + dataset.name() + "': " + e.getMessage());
            return new Entry(dataset, output, null, e);
        } catch (InputException e) {
            return new Entry(dataset, output, null, e);
        }
    }

    private void checkExists(String input) throws IOException {
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(input);
        FileStatus[] found = path.getFileSystem(conf).globStatus(path);
        if ((found == null || found.length == 0) && !path.getFileSystem(conf).exists(path)) {
            throw new UsageException("input '" + input + "' matches nothing");
        }
    }

    /** For each dataset what would be done, and why. */
    public String describe() {
        StringBuilder text = new StringBuilder();
        for (Entry entry : entries) {
            text.append("dataset ").append(entry.dataset.name()).append('\n');
            Pipeline run = entry.run;
            if (run != null) {
                text.append(run.describe().indent(2));
            } else {
                Exception failure = entry.failure;
                text.append(failure == null ? "  not selected\n" : "  cannot: " + FailureText.of(failure) + "\n");
            }
        }
        return text.toString();
    }

    /** Whether any dataset has something to be done. */
    public boolean hasWork() {
        return entries.stream().anyMatch(e -> e.run != null && !e.run.upToDate());
    }

    /**
     * Brings the datasets up to date, as many at a time as asked for.
     *
     * @param said receives a line for each dataset that is through
     * @return an outcome for each dataset, in the order of the file
     */
    public List<Outcome> run(int parallel, Worker worker, Consumer<String> said) throws InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        List<Entry> work = new ArrayList<>();
        for (Entry entry : entries) {
            Pipeline run = entry.run;
            if (run == null) {
                Status status = entry.failure == null ? Status.NOT_SELECTED : Status.FAILED;
                outcomes.add(new Outcome(entry.dataset, entry.output, status, 0, entry.failure));
            } else if (run.upToDate()) {
                outcomes.add(new Outcome(entry.dataset, entry.output, Status.UNCHANGED, 0, null));
            } else {
                work.add(entry);
            }
        }
        outcomes.forEach(o -> {
            if (o.failure() != null) {
                said.accept(o.dataset().name() + " failed: " + FailureText.of(o.failure()));
            }
        });
        outcomes.addAll(new CampaignRun(work, settings.keep(), worker, said).all(parallel));
        List<String> order =
                settings.datasets().stream().map(DatasetSettings::name).toList();
        outcomes.sort(Comparator.comparingInt(o -> order.indexOf(o.dataset().name())));
        return outcomes;
    }
}
