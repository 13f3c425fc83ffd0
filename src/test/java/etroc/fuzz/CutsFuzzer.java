package etroc.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.UsageException;
import etroc.cuts.CutColumns;
import etroc.cuts.CutSettings;
import etroc.cuts.Cuts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Cut tables of both kinds, and SQL cuts. Cuts that can be applied, or one line that says where they are wrong. */
public final class CutsFuzzer {
    private static final Configuration CONF = new Configuration(false);
    private static final StructType VARIABLES = new StructType()
            .add("time_of_arrival", DataTypes.IntegerType)
            .add("calibration_code", DataTypes.IntegerType)
            .add("time_of_arrival_ns", DataTypes.DoubleType)
            .add("datetime", DataTypes.TimestampNTZType);
    private static final CutColumns COLUMNS = CutColumns.ofEvents(
            List.of(0, 1, 3),
            VARIABLES,
            new StructType().add("run", DataTypes.StringType).add("event", DataTypes.LongType));

    private CutsFuzzer() {}

    /** The first byte says what the others are: SQL, a table of cuts on codes, or one on times. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        if (data.length == 0) {
            return;
        }
        byte[] content = Arrays.copyOfRange(data, 1, data.length);
        Path table = Files.createTempFile("fuzz", ".csv");
        try {
            Files.write(table, content);
            int what = (data[0] & 0xFF) % 3;
            List<CutSettings.Source> sources = what == 0
                    ? List.of(new CutSettings.Source("", new String(content, StandardCharsets.UTF_8), "", "--set"))
                    : List.of(CutSettings.Source.table(table.toUri().toString()));
            Cuts cuts = what == 2 ? Cuts.ofTimes(sources, false, CONF) : Cuts.ofEvents(sources, false, CONF);
            assertThat(cuts.text()).isNotEmpty();
            cuts.check(COLUMNS)
                    .entries()
                    .forEach(e -> assertThat(e.cut().sql().isEmpty()).isEqualTo(e.line() != null));
        } catch (UsageException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n\tat ");
        } finally {
            Files.delete(table);
        }
    }
}
