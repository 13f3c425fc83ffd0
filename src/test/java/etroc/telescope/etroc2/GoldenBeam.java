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
import etroc.telescope.etroc2.Etroc2Settings.Role;
import etroc.telescope.walk.TimeWalkSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/** The golden telescope as the reader gives it, its rows shuffled. */
final class GoldenBeam {
    private static final Etroc2Settings SETTINGS = new Etroc2Settings(
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
            0.6827,
            new QinjSettings(0, null, null, QinjSettings.Count.TRIGGER_BITS, null));

    private GoldenBeam() {}

    static Etroc2Telescope telescope(Path ofCase, int partitions) {
        return Etroc2Telescope.of(
                new BeamInput(read(ofCase, "hits", partitions), read(ofCase, "frames", partitions)), SETTINGS);
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

    private static Dataset<Row> read(Path ofCase, String table, int partitions) {
        return SharedSession.get()
                .read()
                .format("etroc2")
                .option("table", table)
                .load(ofCase.resolve("input/run_1").toString())
                .repartition(partitions, functions.rand(partitions));
    }
}
