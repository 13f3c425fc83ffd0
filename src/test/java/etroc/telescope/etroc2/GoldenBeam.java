package etroc.telescope.etroc2;

import etroc.SharedSession;
import etroc.ingest.etroc2.QinjSettings;
import etroc.settings.AnyText;
import etroc.telescope.TelescopeSettings;
import etroc.telescope.calibration.Calibration;
import etroc.telescope.calibration.Saturated;
import etroc.telescope.etroc2.Etroc2Settings.Cal;
import etroc.telescope.etroc2.Etroc2Settings.Drop;
import etroc.telescope.etroc2.Etroc2Settings.Hot;
import etroc.telescope.etroc2.Etroc2Settings.NoiseTrigger;
import etroc.telescope.etroc2.Etroc2Settings.Role;
import etroc.telescope.walk.TimeWalkSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/** A telescope as the reader gives it, such as the golden one, its rows shuffled. */
final class GoldenBeam {
    private GoldenBeam() {}

    private static Etroc2Settings settings(NoiseTrigger noise) {
        return new Etroc2Settings(
                new AnyText("chip"),
                8,
                new AnyText("auto"),
                List.of(Drop.values()),
                Map.of(0, Role.TRIG, 1, Role.REF, 2, Role.DUT, 3, Role.EXTRA),
                Cal.CORE_MEAN,
                3,
                50,
                CalSlices.NONE,
                new Hot(5, 100, 0.5),
                List.of(),
                Map.of(),
                List.of(),
                1,
                100,
                new ToaWindow(100, 500, false),
                Map.of(),
                3.0,
                new Etroc2Settings.Walk(Etroc2Settings.Walk.Grouping.TRACK),
                new Etroc2Settings.Efficiency(1),
                new Etroc2Settings.Noise(noise),
                0.6827,
                new QinjSettings(0, null, null, QinjSettings.Count.TRIGGER_BITS, null));
    }

    /** The golden tables are without residual cut; few replicas are quicker. */
    static TelescopeSettings resolution() {
        return resolution(20, null);
    }

    static TelescopeSettings resolution(int replicas, @Nullable Double residualCut) {
        return new TelescopeSettings(
                TelescopeSettings.Events.SEQUENCE,
                List.of(0, 1, 3),
                3,
                8,
                null,
                null,
                Calibration.Method.SLICES,
                1000,
                Saturated.Handling.DROP,
                TelescopeSettings.Align.RUN,
                new TimeWalkSettings(TimeWalkSettings.Fit.JOINT, 2, 1, residualCut),
                new TelescopeSettings.Bootstrap(replicas, 1),
                false);
    }

    static Etroc2Telescope telescope(Path ofCase, int partitions) {
        return of(ofCase.resolve("input/run_1"), partitions, NoiseTrigger.NONE, Map.of());
    }

    /** @param options of the reader */
    static Etroc2Telescope of(Path run, int partitions, NoiseTrigger noise, Map<String, String> options) {
        return of(
                new BeamInput(read(run, "hits", partitions, options), read(run, "frames", partitions, options)), noise);
    }

    static Etroc2Telescope of(BeamInput input, NoiseTrigger noise) {
        return Etroc2Telescope.of(input, settings(noise));
    }

    /** What maps hold of a telescope. */
    static Maps maps(Etroc2Telescope telescope) {
        return Maps.of(telescope, new Maps.Steps() {
            @Override
            public <T> T step(String name, Callable<T> work) {
                try {
                    return work.call();
                } catch (Exception e) {
                    throw new IllegalStateException(name, e);
                }
            }
        });
    }

    private static Dataset<Row> read(Path run, String table, int partitions, Map<String, String> options) {
        return SharedSession.get()
                .read()
                .format("etroc2")
                .options(options)
                .option("table", table)
                .load(run.toString())
                .repartition(partitions, functions.rand(partitions))
                .cache();
    }
}
