package etroc.campaign;

import etroc.FailureText;
import etroc.campaign.Campaign.Entry;
import etroc.campaign.Campaign.Outcome;
import etroc.campaign.Campaign.Status;
import etroc.campaign.Campaign.Worker;
import etroc.pipeline.Pipeline;
import etroc.store.Prune;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The datasets of a campaign that have something to be done.
 *
 * @param keep results to keep of each; null: all
 * @param said receives a line for each dataset that is through
 */
record CampaignRun(List<Entry> work, @Nullable Integer keep, Worker worker, Consumer<String> said) {
    /** One after the other, so many at a time. */
    List<Outcome> all(int parallel) throws InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(parallel);
        try {
            ExecutorCompletionService<Outcome> finished = new ExecutorCompletionService<>(threads);
            work.forEach(e -> finished.submit(() -> run(e)));
            RemainingTime remaining =
                    new RemainingTime(work.stream().mapToLong(CampaignRun::cost).sum());
            for (int i = 1; i <= work.size(); i++) {
                Outcome outcome = finished.take().get();
                outcomes.add(outcome);
                remaining.done(cost(outcome));
                said.accept(line(outcome, i, work.size()) + (i < work.size() ? "; " + remaining.text() : ""));
            }
            return outcomes;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    /** Bytes that a dataset has to read, and some for its start. */
    private static long cost(Entry entry) {
        long start = 4_000_000;
        Pipeline run = entry.run();
        return start + (run == null ? 0 : run.plan().inputs().bytes());
    }

    private long cost(Outcome outcome) {
        return work.stream()
                .filter(e -> e.dataset().equals(outcome.dataset()))
                .mapToLong(CampaignRun::cost)
                .sum();
    }

    private static String line(Outcome o, int number, int of) {
        Throwable failure = o.failure();
        return String.format(
                Locale.ROOT,
                "[%d/%d] %s %s in %.1f s%s",
                number,
                of,
                o.dataset().name(),
                o.status().name().toLowerCase(Locale.ROOT),
                o.seconds(),
                failure == null ? "" : ": " + FailureText.of(failure));
    }

    private Outcome run(Entry entry) {
        long start = System.nanoTime();
        Status status;
        Throwable failure = null;
        try {
            status = worker.run(entry.dataset(), entry.output(), Objects.requireNonNull(entry.run()))
                    ? Status.DONE
                    : Status.UNCHANGED;
            if (keep != null) {
                new Prune(entry.output()).keep(keep, true);
            }
        } catch (Throwable e) { // also what Spark throws unannounced, and errors: the others go on
            status = Status.FAILED;
            failure = e;
        }
        return new Outcome(entry.dataset(), entry.output(), status, (System.nanoTime() - start) / 1e9, failure);
    }
}
