package etroc.telescope.etroc2;

import etroc.SharedSession;
import etroc.ingest.etroc2.QinjSettings;
import etroc.settings.AnyText;
import etroc.telescope.etroc2.Etroc2Settings.Cal;
import etroc.telescope.etroc2.Etroc2Settings.Drop;
import etroc.telescope.etroc2.Etroc2Settings.Hot;
import etroc.telescope.etroc2.Etroc2Settings.Role;
import etroc.telescope.resolution.Draws;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

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
            new Hot(5, 100, 0.5),
            List.of(),
            List.of(),
            1,
            100,
            List.of(100, 500),
            3.0,
            new Etroc2Settings.Efficiency(1),
            0.6827,
            new QinjSettings(0, null, null, QinjSettings.Count.TRIGGER_BITS, null));

    private GoldenBeam() {}

    static Etroc2Telescope telescope(Path ofCase, int partitions) {
        return Etroc2Telescope.of(
                new BeamInput(read(ofCase, "hits", partitions), read(ofCase, "frames", partitions)),
                SETTINGS,
                new Draws(1, 20, false));
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
