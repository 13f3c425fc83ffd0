package etroc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.CommandRun;
import etroc.Golden;
import etroc.Sqlite;
import etroc.layout.etroc2.ChipWord;
import etroc.layout.etroc2.ChipWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ETROC2 files as they should not be: what is whole is read and the rest counted, or one message that helps. */
class Etroc2BadInputSparkTest {
    @TempDir
    Path directory;

    private Path input;
    private Path out;

    @BeforeEach
    void folders() throws IOException {
        input = Files.createDirectories(directory.resolve("data"));
        out = directory.resolve("out");
    }

    private void write(String name, byte[] bytes) throws IOException {
        Files.write(input.resolve(name), bytes);
    }

    private static byte[] golden(String file) {
        return Golden.read(Golden.mini(file.split("/", 2)[0]).resolve(file.split("/", 2)[1]));
    }

    private CommandRun ingest(Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("ingest", input, "-o", out, "-q"));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray());
    }

    private void fails(CommandRun run, int exit, String... hints) {
        assertThat(run.err()).contains(hints).doesNotContain("\tat ");
        assertThat(run.err().lines().filter(l -> !l.isBlank()).count()).isLessThanOrEqualTo(2);
        assertThat(run.exit()).isEqualTo(exit);
        assertThat(out.resolve("LATEST")).doesNotExist();
    }

    private long sum(String counter) throws Exception {
        return ((Number) Sqlite.query(
                                out,
                                "select coalesce(sum(count), 0) n from file_counts where counter = '" + counter + "'")
                        .get(0)
                        .get("n"))
                .longValue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"output_run_1_rb0.dat", "file_0.bin", "TDC_Data_translated_0.nem"})
    void randomBytes(String name) throws IOException {
        byte[] noise = new byte[40_000];
        new Random(3).nextBytes(noise);
        write(name, noise);
        fails(
                ingest(
                        "--set",
                        "input.layout=" + (name.endsWith("bin") ? "fpga" : name.endsWith("nem") ? "nem" : "kcu")),
                2,
                "no ETROC2 data");
    }

    @Test
    void randomBytesBehindGoodOnes() throws IOException {
        byte[] noise = new byte[4_000];
        new Random(3).nextBytes(noise);
        byte[] good = golden("etroc2-fpga/input/clean/file_0.bin");
        byte[] both = java.util.Arrays.copyOf(good, good.length + noise.length);
        System.arraycopy(noise, 0, both, good.length, noise.length);
        write("file_0.bin", both);
        fails(ingest(), 2, "of unknown words: data: ", "max-malformed-fraction");
    }

    @Test
    void filesOfARunThatWereExchanged() throws Exception {
        write("file_0.bin", golden("etroc2-fpga/input/clean/file_1.bin"));
        write("file_1.bin", golden("etroc2-fpga/input/clean/file_0.bin"));
        fails(ingest(), 2, "of unknown words: data: ", "file_0.bin, place 161, no_event_trailer");
        assertThat(ingest("--set", "input.mode=DROPMALFORMED").exit()).isZero();
        assertThat(sum("unknown_words")).isPositive();
    }

    @Test
    void theSameRunAsWordsAndAsText() throws IOException {
        write("file_0.bin", golden("etroc2-fpga/input/clean/file_0.bin"));
        write("file_0.nem", golden("etroc2-text/input/nem-1/TDC_Data_translated_0.nem"));
        fails(
                ingest(),
                2,
                "several layouts lie side by side",
                "fpga (as ",
                "file_0.bin",
                "nem (as ",
                "file_0.nem",
                "etroc.input.layout chooses one");
    }

    @Test
    void aDialectThatThereIsNot() {
        fails(ingest("--set", "input.dialect=nem-9"), 1, "nem-9", "nem-0", "sem-2");
    }

    @Test
    void rowsAsColumns() throws IOException {
        StringBuilder text = new StringBuilder();
        Random random = new Random(5);
        for (int e = 0; e < 40; e++) {
            long header = ChipWord.header(e, 0, 7 * e);
            int row = random.nextInt(16);
            int column = random.nextInt(16);
            long trailer =
                    ChipWriter.trailer(header, new long[] {ChipWord.data(0, column, row, 300, 90, 170)}, 0x17f0f, 0);
            text.append("EH 0001 " + e + " 1 3\nH 0 " + e + " 00 " + 7 * e + "\n");
            text.append("D 0 0 " + column + " " + row + " 300 90 170\n");
            text.append("T 0 0 1 " + ChipWord.crc(trailer) + "\nET " + e + "\n");
        }
        write("TDC_Data_translated_0.nem", text.toString().getBytes(StandardCharsets.US_ASCII));
        fails(ingest(), 2, "with rows and columns exchanged", "nem-0 fits", "dialect");
    }

    private static byte[] kcu(int frames, int chip, int... elinks) {
        return ChipWriter.kcuBytes(LongStream.range(0, frames)
                .boxed()
                .flatMapToLong(f -> {
                    long header = ChipWord.header((int) (f & 255), 0, (int) (f * 11 % 3564));
                    long trailer = ChipWriter.trailer(header, new long[0], chip, 0);
                    return java.util.Arrays.stream(elinks)
                            .boxed()
                            .flatMapToLong(e ->
                                    LongStream.of(ChipWriter.kcuRecord(e, header), ChipWriter.kcuRecord(e, trailer)));
                })
                .toArray());
    }

    @Test
    void aChipIdOfSeveralBoards() throws Exception {
        write("output_run_1_rb0.dat", kcu(50, 0x17F0F, 0, 4, 8));
        fails(
                ingest(),
                2,
                "chip id 0x17F0F is sent by e-links [0, 4, 8]",
                "at most two links",
                "etroc.etroc2.boards = elink");
        assertThat(ingest("--set", "etroc2.boards=elink/4").exit()).isZero();
        assertThat(sum("frames")).isEqualTo(150);
    }

    @Test
    void aChipIdOnTwoReadoutBoards() throws IOException {
        write("output_run_1_rb0.dat", kcu(50, 0x17F0F, 0));
        write("output_run_1_rb1.dat", kcu(50, 0x17F0F, 0));
        fails(ingest(), 2, "chip id 0x17F0F", "output_run_1_rb0.dat", "output_run_1_rb1.dat", "readout board");
    }

    @Test
    void anELinkThatIsAChipOfEachReadoutBoard() throws IOException {
        write("output_run_1_rb0.dat", kcu(50, 0x41, 0));
        write("output_run_1_rb1.dat", kcu(50, 0x45, 0));
        fails(ingest("--set", "etroc2.boards=elink"), 2, "e-link 0 is chip [65, 69]", "boards");
        assertThat(ingest().exit()).isZero();
    }

    @Test
    void runsOfOtherLayouts() throws IOException {
        write("output_run_1_rb0.dat", kcu(20, 0x41, 0));
        write("TDC_Data_0.dat", golden("etroc2-emulator/input/TDC_Data_0.dat"));
        fails(ingest(), 2, "several layouts lie side by side", "kcu (as ", "mixed (as ");
    }

    @Test
    void nothingThere() {
        fails(ingest("--set", "input.layout=kcu"), 2, "no ETROC2 data", "0 files");
    }

    @Test
    void fiveThousandEmptyFiles() throws Exception {
        for (int f = 0; f < 5000; f++) {
            write("output_run_" + f + "_rb0.dat", new byte[0]);
        }
        assertThat(ingest().exit()).isZero();
        assertThat(sum("frames")).isZero();
        assertThat(Sqlite.query(out, "select count(*) n from runs").get(0).get("n"))
                .isEqualTo(5000);
    }
}
