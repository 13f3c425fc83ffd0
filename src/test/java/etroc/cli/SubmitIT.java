package etroc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.Sqlite;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that users start, in processes of its own: on the local installation, and through spark-submit. */
class SubmitIT {
    @TempDir
    Path directory;

    private SubmitProcess.Finished etroc(Object... arguments) throws Exception {
        return SubmitProcess.run(directory, arguments);
    }

    @Test
    void localAndSparkSubmitGiveTheSameTablesAndExitCodes() throws Exception {
        Path scan = directory.resolve("scan");
        assertThat(etroc("simulate", "scan", scan, "--charges", "15,25", "--step", 5, "--lines", 250)
                        .exit())
                .isZero();
        Path local = directory.resolve("local");
        SubmitProcess.Finished first = etroc("scan", scan, "-o", local);
        assertThat(first.exit()).as(first.output()).isZero();
        assertThat(first.output()).contains("read files", "write hits", "suggested thresholds", "results: ");

        Path submitted = directory.resolve("submitted");
        SubmitProcess.Finished second = etroc(
                "--master",
                "local[1]",
                "--conf",
                "spark.driver.host=127.0.0.1",
                "--conf",
                "spark.ui.enabled=false",
                "--",
                "scan",
                scan,
                "-o",
                submitted);
        assertThat(second.exit()).as(second.output()).isZero();
        for (String table : List.of("combined_etroc1_data", "dac_vs_charge", "s_curve_fits", "quality")) {
            assertThat(Sqlite.lines(submitted, table, List.of("*")))
                    .isEqualTo(Sqlite.lines(local, table, List.of("*")));
        }

        assertThat(etroc("show", local).output()).contains("s-curve");
        assertThat(etroc("scan", scan, "-o", local, "--set", "nothing=1").exit())
                .isEqualTo(1);
        SubmitProcess.Finished absent =
                etroc("--master", "local[1]", "--", "scan", directory.resolve("absent"), "-o", directory.resolve("x"));
        assertThat(absent.exit()).isEqualTo(2);
        assertThat(absent.output()).contains("does not exist").doesNotContain("\tat ");
    }
}
