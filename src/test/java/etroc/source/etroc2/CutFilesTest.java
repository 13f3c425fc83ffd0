package etroc.source.etroc2;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.Golden;
import etroc.layout.etroc2.Etroc2Layout;
import etroc.layout.etroc2.Frame;
import etroc.layout.etroc2.HeaderEvents;
import etroc.layout.etroc2.LayoutCounts;
import etroc.layout.etroc2.TextDialect;
import etroc.runs.DataFile;
import etroc.runs.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file that ends at any byte of its last events: the frames before are the same, and all is counted. */
class CutFilesTest {
    private static final int BYTES = 200;
    private static final Configuration CONF = new Configuration();

    @TempDir
    Path directory;

    private record Read(List<String> frames, LayoutCounts counts) {}

    private Read read(byte[] bytes, Etroc2Layout layout, TextDialect dialect) throws IOException {
        Path file = Files.write(directory.resolve("file_0.dat"), bytes);
        DataFile data = new DataFile(file.toString(), bytes.length, 0, new Run("run", null, List.of(), null), 0);
        StreamRun run = new StreamRun(0, "run", layout, dialect, List.of(data));
        List<String> frames = new ArrayList<>();
        PieceSink sink = new PieceSink() {
            @Override
            public void frame(Frame frame, long event, Places places) {
                if (frame.complete()) {
                    frames.add(event + " " + places.line(frame.line()) + " " + frame.stream() + " " + frame.l1() + " "
                            + frame.dataWords() + " " + frame.trailer());
                }
            }

            @Override
            public void error(String kind, String text, long place, Places places) {}
        };
        Piece piece = new Piece(run, 0, 0, 0, bytes.length);
        try (Decoding decoding = Decoding.of(piece, 0, HeaderEvents.NONE, sink, CONF)) {
            decoding.finish();
            return new Read(frames, decoding.counts().whole());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "KCU, etroc2-kcu/input/output_run_500_rb0.dat",
        "FPGA, etroc2-fpga/input/clean/file_0.bin",
        "FPGA_TEXT, etroc2-fpga/input/clean-lines/TDC_Data_0.dat",
        "NEM, etroc2-text/input/nem-1/TDC_Data_translated_0.nem",
        "MIXED, etroc2-emulator/input/TDC_Data_0.dat"
    })
    void atEveryByte(Etroc2Layout layout, String golden) throws IOException {
        byte[] bytes = Golden.read(Golden.mini(golden.split("/", 2)[0]).resolve(golden.split("/", 2)[1]));
        TextDialect dialect = layout == Etroc2Layout.NEM ? TextDialect.NEM_1 : null;
        Read whole = read(bytes, layout, dialect);
        int before = -1;
        for (int length = Math.max(0, bytes.length - BYTES); length <= bytes.length; length++) {
            Read cut = read(Arrays.copyOf(bytes, length), layout, dialect);
            assertThat(cut.counts.conserved()).as("%d bytes", length).isTrue();
            // a trailer's last digits may be missing, which only its CRC tells
            int same = Math.max(0, cut.frames.size() - (layout == Etroc2Layout.NEM ? 1 : 0));
            assertThat(cut.frames.subList(0, same)).isEqualTo(whole.frames.subList(0, same));
            assertThat(cut.frames.size()).as("%d bytes", length).isGreaterThanOrEqualTo(before);
            before = cut.frames.size();
        }
        assertThat(before).isEqualTo(whole.frames.size()).isPositive();
    }
}
