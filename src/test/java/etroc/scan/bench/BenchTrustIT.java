package etroc.scan.bench;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.simulate.ChipScanFlaws;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pulls of a hundred bench scans, whole and with each imperfection ({@code mvn -Ptrust verify}). */
@Tag("trust")
class BenchTrustIT {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "whole, 0, 0, 0, 0, 0, 0, 0",
        "wild CAL 1 %, 0.01, 0, 0, 0, 0, 0, 0",
        "bad frames 5 %, 0, 0.05, 0, 0, 0, 0, 0",
        "link down 10 %, 0, 0, 0.1, 0, 0, 0, 0",
        "empty 5 %, 0, 0, 0, 0.05, 0, 0, 0",
        "missing 5 %, 0, 0, 0, 0, 0.05, 0, 0",
        "aborted 5 %, 0, 0, 0, 0, 0, 0.05, 0",
        "repeated 10 %, 0, 0, 0, 0, 0, 0, 0.1"
    })
    void pullsHold(
            String what,
            double wildCal,
            double badFrames,
            double linkDown,
            double empty,
            double missing,
            double aborted,
            double repeated)
            throws Exception {
        ChipScanFlaws flaws = new ChipScanFlaws(wildCal, badFrames, 0, linkDown, empty, missing, aborted, repeated);
        BenchPulls pulls = BenchPulls.of(directory, 100, 6, flaws);
        pulls.print(what);
        pulls.of().forEach((name, s) -> {
            assertThat(s.getMean()).as(name).isBetween(-0.2, 0.2);
            assertThat(s.getStandardDeviation()).as(name).isBetween(0.8, 1.2);
        });
    }
}
