package etroc.telescope.etroc2;

import etroc.SharedSession;
import etroc.ingest.etroc2.QinjSettings;
import etroc.settings.AnyText;
import etroc.telescope.etroc2.Etroc2Settings.Cal;
import etroc.telescope.etroc2.Etroc2Settings.Drop;
import etroc.telescope.etroc2.Etroc2Settings.Hot;
import etroc.telescope.etroc2.Etroc2Settings.NoiseTrigger;
import etroc.telescope.etroc2.Etroc2Settings.Role;
import etroc.telescope.resolution.Draws;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

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
                new Hot(5, 100, 0.5),
                List.of(),
                List.of(),
                1,
                100,
                List.of(100, 500),
                3.0,
                new Etroc2Settings.Efficiency(1),
                new Etroc2Settings.Noise(noise),
                0.6827,
                new QinjSettings(0, null, null, QinjSettings.Count.TRIGGER_BITS, null));
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
        return Etroc2Telescope.of(input, settings(noise), new Draws(1, 20, false));
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
