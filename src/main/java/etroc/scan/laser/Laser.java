package etroc.scan.laser;

import etroc.InputException;
import etroc.UsageException;
import etroc.cuts.CutSettings;
import etroc.ingest.Ingest;
import etroc.ingest.Ingested;
import etroc.pipeline.Context;
import etroc.pipeline.Job;
import etroc.pipeline.Plan;
import etroc.pipeline.Stage;
import etroc.runs.BoardSetting;
import etroc.runs.Inventory;
import etroc.runs.Run;
import etroc.scan.ScanSettings;
import etroc.store.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A scan of a single board under a laser: the list of its stages (src/docs/bench-laser.md). */
public final class Laser {
    private final Job job;
    private final Inventory inventory;

    private Laser(Job job, Inventory inventory) {
        this.job = job;
        this.inventory = inventory;
    }

    /** Whether any run's name says that it was taken under a laser. */
    public static boolean recognises(Inventory inventory) {
        return inventory.runs().stream().anyMatch(r -> r.laserAttenuation() != null);
    }

    /**
     * Plans a scan.
     *
     * @throws InputException if a run's name lacks attenuation, pixel or threshold
     * @throws UsageException if there are cuts, which such a scan does not use
     */
    public static Plan plan(Job job, Inventory inventory, Plan.Report report) {
        inventory.runs().forEach(Laser::checkRun);
        CutSettings cuts = job.read("cuts", CutSettings.class);
        if (!cuts.events().isEmpty() || !cuts.times().isEmpty()) {
            throw new UsageException(
                    "a laser scan takes no cuts: its hits are those with a calibration code at most 3 from"
                            + " the most frequent one of their run; remove --cuts, --time-cuts and etroc.cuts");
        }
        Laser laser = new Laser(job, inventory);
        if (laser.settings().triggerJitter() != null && laser.settings().triggerBoard() == null) {
            throw new UsageException(
                    "etroc.scan.laser.trigger-jitter is given without trigger-board; possible: both, or none");
        }
        Stage points = Stage.of("points", LaserHits.class, laser::points).dependingOn(job, "scan.laser");
        Stage curves = Stage.of("curves", LaserCurve.class, laser::curves).dependingOn(job, "scan.noise");
        return new Plan(
                job,
                List.of(Ingest.stage(job, inventory), points, curves),
                Ingest.inputs(inventory),
                "laser      " + inventory.runs().size() + " points\n",
                report);
    }

    private static void checkRun(Run run) {
        boolean complete = run.laserAttenuation() != null
                && run.boards().stream().allMatch(b -> b.pixel() != null && b.threshold() != null);
        if (!complete) {
            throw new InputException(
                    "run '" + run.name()
                            + "' is no run of a laser scan, as others here are: its name lacks LaserAttenuation=, Pixel= or DAC=");
        }
    }

    private void points(Context context) throws IOException {
        List<LaserPoint> points;
        if (context.unchanged()) {
            points = context.earlier(LaserPoint.TABLE).as(LaserPoint.class);
        } else {
            LaserSettings settings = settings();
            Ingested ingested = context.find(Ingested.class);
            int board = board(ingested, settings);
            LaserHits hits =
                    context.step("times and jitter", () -> LaserHits.of(ingested, board, settings.triggerBoard()));
            points = points(hits, board, settings);
        }
        context.leave(Points.class, new Points(points));
        context.table(Table.of(LaserPoint.TABLE, LaserPoint.class, points));
        points.stream()
                .filter(p -> !p.remark().isEmpty())
                .collect(Collectors.groupingBy(LaserPoint::remark, TreeMap::new, Collectors.counting()))
                .forEach((remark, n) -> context.remark("point", n + " of " + points.size() + " points: " + remark));
    }

    /** What the stage leaves. */
    private record Points(List<LaserPoint> all) {}

    private LaserSettings settings() {
        return job.read("scan", ScanSettings.class).laser();
    }

    /** The board under the laser: the one that has hits and does not trigger; 0 where no file has any. */
    private static int board(Ingested ingested, LaserSettings settings) {
        TreeSet<Integer> boards = new TreeSet<>();
        ingested.quality().forEach(q -> {
            for (int b = 0; b < q.rowsByBoard().size(); b++) {
                if (q.rowsByBoard().get(b) > 0) {
                    boards.add(b);
                }
            }
        });
        Integer trigger = settings.triggerBoard();
        TreeSet<Integer> others = new TreeSet<>(boards);
        if (trigger != null) {
            others.remove(trigger);
        }
        if (others.size() > 1) {
            throw new InputException("the laser runs have hits of the boards " + boards + ", trigger-board is "
                    + (trigger == null ? "none" : trigger)
                    + "; possible: one board, or two of which etroc.scan.laser.trigger-board names the reference");
        }
        if (others.isEmpty() && !boards.isEmpty()) {
            throw new InputException("the laser runs have hits of no board but the trigger board " + boards.first()
                    + "; set etroc.scan.laser.trigger-board = none");
        }
        return others.isEmpty() ? 0 : others.first();
    }

    private List<LaserPoint> points(LaserHits hits, int board, LaserSettings settings) {
        List<Run> runs = inventory.runs();
        List<LaserPoint> points = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            Run run = runs.get(i);
            BoardSetting setting = run.boards().get(0);
            LaserKey key = new LaserKey(
                    board,
                    Objects.requireNonNull(setting.pixel()),
                    run.phase(),
                    Objects.requireNonNull(run.laserAttenuation()));
            int threshold = Objects.requireNonNull(setting.threshold());
            points.add(LaserPoint.of(run.name(), key, threshold, hits, i, settings));
        }
        points.sort(LaserPoint.ORDER);
        return points;
    }

    private void curves(Context context) {
        List<LaserPoint> points = context.find(Points.class).all();
        ScanSettings settings = job.read("scan", ScanSettings.class);
        List<LaserCurve> curves = context.step(
                "curves",
                () -> points.isEmpty()
                        ? List.of()
                        : LaserCurve.of(
                                points, settings.noise(points.get(0).curve().dataBoardId())));
        context.table(Table.of(LaserCurve.TABLE, LaserCurve.class, curves));
        curves.stream()
                .filter(c -> !c.remark().isEmpty())
                .forEach(c -> context.remark(
                        "curve", c.curve().pixelText() + ", " + c.curve().laserAttenuation() + " %: " + c.remark()));
    }
}
