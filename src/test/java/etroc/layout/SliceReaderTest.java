package etroc.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import etroc.InputException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.io.compress.CodecPool;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SliceReaderTest {
    private static final AtomicInteger OPEN = new AtomicInteger();

    @TempDir
    Path directory;

    private final Configuration conf = new Configuration(false);

    @BeforeEach
    void countOpenFiles() {
        conf.set("fs.counting.impl", CountingFileSystem.class.getName());
        conf.setBoolean("fs.counting.impl.disable.cache", true);
        conf.set("io.native.lib.available", "false");
        OPEN.set(0);
    }

    /** Local files, and how many of them are open. */
    public static final class CountingFileSystem extends RawLocalFileSystem {
        @Override
        public URI getUri() {
            return URI.create("counting:///");
        }

        @Override
        public FSDataInputStream open(org.apache.hadoop.fs.Path path, int bufferSize) throws IOException {
            OPEN.incrementAndGet();
            return new FSDataInputStream(super.open(path, bufferSize)) {
                private boolean open = true;

                @Override
                public void close() throws IOException {
                    super.close();
                    OPEN.addAndGet(open ? -1 : 0);
                    open = false;
                }
            };
        }
    }

    private FileSlice write(String name, String text, double from, double to) throws IOException {
        Path file = directory.resolve(name);
        try (OutputStream plain = Files.newOutputStream(file);
                OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(plain) : plain) {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
        }
        long length = Files.size(file);
        return new FileSlice(
                "counting:" + file, length, name.endsWith(".gz"), (long) (from * length), (long) (to * length));
    }

    private SliceReader open(FileSlice slice) {
        return SliceReader.open(slice, Layouts.named("auto"), SliceReader.newBuffer(), conf);
    }

    @ParameterizedTest
    @ValueSource(strings = {"F9P5_junk.txt", "F9P5_junk.txt.gz"})
    void filesOfNoLayoutAreClosed(String name) throws IOException {
        FileSlice slice = write(name, "no data\n".repeat(50), 0, 1);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> open(slice))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(name + ", line 1: found 'no data'");
        }
        assertThat(OPEN).hasValue(0);
        assertThat(CodecPool.getLeasedDecompressorsCount(new CompressionCodecFactory(conf).getCodecByName("gzip")))
                .isZero();
    }

    @Test
    void aFileThatIsNoGzipIsClosed() throws IOException {
        FileSlice slice = write("F9P5_x.txt", " 0 393  29 144 1\n", 0, 1);
        Path renamed = directory.resolve("F9P5_x.txt.gz");
        Files.move(directory.resolve("F9P5_x.txt"), renamed);
        assertThatThrownBy(() -> open(new FileSlice("counting:" + renamed, slice.length(), true, 0, slice.length())))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("cannot read counting:" + renamed);
        assertThat(OPEN).hasValue(0);
    }

    /** Slices at every byte: each line is read once, its number in the file is that of the message, and checksums add up. */
    @Test
    void everyCutGivesTheSameLines() throws IOException {
        String text = " 0 393  29 144 1\n\n 1 393  29 144 0\r\n 3 1 2 3 7\n 0   5   6   7 1";
        List<String> whole = read(write("F9P5_x.txt", text, 0, 1));
        assertThat(whole).hasSize(5).contains("3: MALFORMED F9P5_x.txt, line 4: hit flag is not 0 or 1");
        for (int cut = 1; cut < text.length(); cut++) {
            double at = (cut + 0.5) / text.length();
            List<String> parts = new ArrayList<>(read(write("F9P5_x.txt", text, 0, at)));
            int before = parts.size();
            for (String line : read(write("F9P5_x.txt", text, at, 1))) {
                int colon = line.indexOf(':');
                parts.add(before + Integer.parseInt(line.substring(0, colon)) + line.substring(colon));
            }
            assertThat(parts).as("cut at " + cut).isEqualTo(whole);
        }
        assertThat(OPEN).hasValue(0);
    }

    private List<String> read(FileSlice slice) throws IOException {
        List<String> lines = new ArrayList<>();
        try (SliceReader reader = open(slice)) {
            LineKind kind;
            while ((kind = reader.advance()) != null) {
                String message = String.valueOf(reader.malformedLine().getMessage());
                lines.add(reader.line() + ": "
                        + (kind == LineKind.MALFORMED
                                ? kind + " "
                                        + message.substring(message.lastIndexOf('/') + 1, message.indexOf(", found"))
                                : kind + (kind == LineKind.IDLE ? "" : " " + reader.record().toa)));
            }
        }
        return lines;
    }
}
