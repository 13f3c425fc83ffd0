package etroc.scan.bench;

import etroc.InputException;
import etroc.ingest.MalformedLine;
import etroc.layout.etroc2.FpgaDecoder;
import etroc.layout.etroc2.FpgaError;
import etroc.layout.etroc2.FpgaEvent;
import etroc.layout.etroc2.FpgaSink;
import etroc.layout.etroc2.Frame;
import etroc.layout.etroc2.FrameSink;
import etroc.layout.etroc2.Syndromes;
import etroc.layout.etroc2.TextDecoder;
import etroc.layout.etroc2.TextDialect;
import etroc.layout.etroc2.TextSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.util.LineReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads a folder of frames as one run: translated text where there is any, else words of the FPGA, since a folder may hold the same data in both.
 */
final class TdcReader {
    private static final int LINES_TO_LOOK_AT = 1000;
    private static final int CHUNK_WORDS = 1 << 14;
    private static final int MALFORMED_KEPT = 10;
    private static final int MALFORMED_TEXT = 200;

    private final BenchPlace place;
    private final BenchOptions options;
    private final Configuration conf;
    private final BenchFound found;
    private final List<String> said = new ArrayList<>();
    private long malformed;
    private BenchPlace.@Nullable Part current;

    TdcReader(BenchPlace place, BenchOptions options, Configuration conf, BenchFound found) {
        this.place = place;
        this.options = options;
        this.conf = conf;
        this.found = found;
    }

    /** The row of the folder. A folder without files or with empty ones is a point without frames. */
    TdcPoint read() throws IOException {
        List<BenchPlace.Part> text = parts(n -> !n.endsWith(".bin") && !n.endsWith(".dat"));
        text = text.isEmpty() ? parts(n -> n.endsWith(".dat")) : text;
        List<BenchPlace.Part> files = text.isEmpty() ? parts(n -> n.endsWith(".bin")) : text;
        place.files().stream().filter(f -> !files.contains(f)).forEach(f -> {
            found.files.add(new BenchFound.FileRow(f, place.lastName(), found.files.size(), "", "left out", 0, 0, 0));
            said.add(f.fileName() + " left out beside " + files.get(0).fileName());
        });
        TdcHits hits = text.isEmpty() ? words(files) : text(files);
        if (malformed > 0) {
            said.add(malformed + " malformed lines");
        }
        if (files.isEmpty()) {
            said.add("no file of frames");
        }
        return TdcStatistics.of(place.folder(), hits, options.qinj(), String.join("; ", said));
    }

    private List<BenchPlace.Part> parts(Predicate<String> names) {
        return place.files().stream().filter(f -> names.test(f.fileName())).toList();
    }

    private TdcHits text(List<BenchPlace.Part> files) throws IOException {
        TextDialect dialect = dialect(files);
        if (dialect == null) {
            if (files.stream().anyMatch(f -> f.length() > 0)) {
                throw new InputException(place.path() + ": the first " + LINES_TO_LOOK_AT
                        + " lines tell no dialect of translated text (src/docs/formats.md)");
            }
            files.forEach(f -> note(f, "", "empty", 0, 0));
            return hits(null);
        }
        Syndromes syndromes = dialect.hasChip() ? null : new Syndromes(dialect);
        if (syndromes != null) {
            decode(files, dialect, syndromes::add, false);
            syndromes.checkOrder(place.path());
        }
        TdcHits hits = hits(syndromes);
        decode(files, dialect, hits::add, true);
        return hits;
    }

    private TdcHits hits(@Nullable Syndromes syndromes) {
        return new TdcHits(place.folder(), options.qinj().dropFollowing(), syndromes);
    }

    private @Nullable TextDialect dialect(List<BenchPlace.Part> files) throws IOException {
        for (BenchPlace.Part file : files) {
            List<String> first = new ArrayList<>();
            try (FileBytes bytes = new FileBytes(file.path(), conf)) {
                LineReader lines = new LineReader(bytes.in());
                Text line = new Text();
                while (first.size() < LINES_TO_LOOK_AT && lines.readLine(line) > 0) {
                    first.add(line.toString());
                }
            }
            TextDialect dialect = TextDialect.of(first, file.fileName()).orElse(null);
            if (dialect != null) {
                return dialect;
            }
        }
        return null;
    }

    private void decode(List<BenchPlace.Part> files, TextDialect dialect, FrameSink sink, boolean counted)
            throws IOException {
        Frames frames = new Frames(sink, counted);
        TextDecoder decoder = new TextDecoder(dialect, frames);
        for (BenchPlace.Part file : files) {
            current = file;
            long number = 0;
            long before = malformed;
            long hitsBefore = frames.words;
            try (FileBytes bytes = new FileBytes(file.path(), conf)) {
                LineReader lines = new LineReader(bytes.in());
                Text line = new Text();
                while (lines.readLine(line) > 0) {
                    decoder.decode(line.getBytes(), 0, line.getLength(), number++);
                }
                if (file.equals(files.get(files.size() - 1))) {
                    decoder.finish();
                }
                if (counted) {
                    note(file, bytes.crc32c(), dialect.optionName(), number, frames.words - hitsBefore);
                    replaceMalformed(malformed - before);
                }
            }
        }
    }

    private void note(BenchPlace.Part file, String crc, String layout, long lines, long hits) {
        found.files.add(
                new BenchFound.FileRow(file, place.lastName(), found.files.size(), crc, layout, lines, hits, 0));
    }

    private void replaceMalformed(long n) {
        int last = found.files.size() - 1;
        BenchFound.FileRow f = found.files.get(last);
        found.files.set(
                last,
                new BenchFound.FileRow(f.file(), f.run(), f.split(), f.crc32c(), f.layout(), f.lines(), f.hits(), n));
    }

    /** Hands frames on, and notes malformed lines. */
    private final class Frames implements TextSink {
        private final FrameSink sink;
        private final boolean counted;
        private long words;

        Frames(FrameSink sink, boolean counted) {
            this.sink = sink;
            this.counted = counted;
        }

        @Override
        public void frame(Frame frame) {
            words += frame.complete() ? frame.dataWords() : 0;
            sink.frame(frame);
        }

        @Override
        public void malformed(String reason, long line) {
            String path = java.util.Objects.requireNonNull(current).path();
            if (options.failFast()) {
                throw new InputException(path + ", line " + (line + 1) + ": " + reason);
            }
            if (counted && malformed++ < MALFORMED_KEPT) {
                String text = reason.length() > MALFORMED_TEXT ? reason.substring(0, MALFORMED_TEXT) : reason;
                found.malformed.add(new MalformedLine(path, line, "", text));
            }
        }
    }

    private TdcHits words(List<BenchPlace.Part> files) throws IOException {
        TdcHits hits = hits(null);
        long words = files.stream().mapToLong(f -> f.length() / Integer.BYTES).sum();
        long[] errors = new long[1];
        FpgaDecoder decoder = new FpgaDecoder(0, words, new FpgaSink() {
            @Override
            public void frame(Frame frame, FpgaEvent event) {
                hits.add(frame);
            }

            @Override
            public void event(FpgaEvent event) {
                // its frames are what counts
            }

            @Override
            public void error(FpgaError error, long position) {
                errors[0]++;
            }
        });
        int[] buffer = new int[CHUNK_WORDS + FpgaDecoder.LOOKAHEAD];
        int limit = 0;
        long read = 0;
        for (BenchPlace.Part file : files) {
            try (FileBytes bytes = new FileBytes(file.path(), conf)) {
                long left = file.length() / Integer.BYTES;
                while (left > 0) {
                    int n = (int) Math.min(left, buffer.length - limit);
                    byte[] chunk = bytes.in().readNBytes(n * Integer.BYTES);
                    if (chunk.length < n * Integer.BYTES) {
                        throw new IOException(file.path() + " has become shorter");
                    }
                    ByteBuffer.wrap(chunk)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .asIntBuffer()
                            .get(buffer, limit, n);
                    limit += n;
                    left -= n;
                    read += n;
                    int from = decoder.decode(buffer, 0, limit, read == words);
                    System.arraycopy(buffer, from, buffer, 0, limit - from);
                    limit -= from;
                }
                bytes.in().readAllBytes(); // up to 3 bytes that are no word
                note(file, bytes.crc32c(), "fpga", file.length() / Integer.BYTES, 0);
            }
        }
        if (errors[0] > 0) {
            said.add(errors[0] + " event headers begin no event");
        }
        return hits;
    }
}
