package etroc.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.InputException;
import etroc.layout.FileSlice;
import etroc.layout.HitRecord;
import etroc.layout.Layouts;
import etroc.layout.LineKind;
import etroc.layout.RecordLayout;
import etroc.layout.SliceReader;
import etroc.oracle.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * Data files of ETROC1. No exception but that no layout is recognised; every line is counted once, as an independent reading has it; seven
 * slices give what one gives.
 */
public final class LinesFuzzer {
    private static final String[] LAYOUTS = {"auto", "split", "words", "beam"};
    private static final Configuration CONF = new Configuration(false);
    private static final byte[] BUFFER = SliceReader.newBuffer();

    static {
        CONF.set("fs.file.impl", "org.apache.hadoop.fs.RawLocalFileSystem");
    }

    private LinesFuzzer() {}

    /** Kinds of lines, and the records in order. */
    private record Found(RecordLayout layout, Map<LineKind, Long> kinds, List<String> records) {
        void add(Found more) {
            more.kinds.forEach((kind, n) -> kinds.merge(kind, n, Long::sum));
            records.addAll(more.records);
        }
    }

    /** The first byte names the layout, the others are a file. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        if (data.length == 0) {
            return;
        }
        byte[] content = java.util.Arrays.copyOfRange(data, 1, data.length);
        List<RecordLayout> allowed = Layouts.named(LAYOUTS[(data[0] & 0xFF) % LAYOUTS.length]);
        Path file = Files.createTempFile("fuzz", ".dat");
        try {
            Files.write(file, content);
            Found whole;
            try {
                whole = read(file, content.length, 1, allowed);
            } catch (InputException e) {
                assertThat(e.getMessage()).contains("set the layout");
                return;
            }
            check(whole, content);
            assertThat(read(file, content.length, 7, allowed)).isEqualTo(whole);
        } finally {
            Files.delete(file);
        }
    }

    private static Found read(Path file, int length, int slices, List<RecordLayout> allowed) throws IOException {
        Found all = null;
        for (int i = 0; i < slices; i++) {
            long start = (long) length * i / slices;
            long end = (long) length * (i + 1) / slices;
            if (end > start || i == 0) {
                Found found = read(new FileSlice(file.toUri().toString(), length, false, start, end), allowed);
                if (all == null) {
                    all = found;
                } else {
                    all.add(found);
                }
            }
        }
        return all;
    }

    private static Found read(FileSlice slice, List<RecordLayout> allowed) throws IOException {
        try (SliceReader reader = SliceReader.open(slice, allowed, BUFFER, CONF)) {
            Found found = new Found(reader.layout(), new TreeMap<>(), new ArrayList<>());
            LineKind kind;
            while ((kind = reader.advance()) != null) {
                found.kinds.merge(kind, 1L, Long::sum);
                if (kind == LineKind.HIT || kind == LineKind.NO_HIT) {
                    HitRecord r = reader.record();
                    found.records.add(r.board + " " + r.toa + " " + r.tot + " " + r.cal + " " + r.flag);
                }
            }
            return found;
        }
    }

    private static void check(Found found, byte[] content) {
        TextFile.Layout layout = switch (found.layout.name()) {
            case "words" -> TextFile.Layout.WORDS;
            case "beam" -> TextFile.Layout.BEAM;
            default -> found.layout.toString().contains("5") ? TextFile.Layout.FIVE : TextFile.Layout.FOUR;
        };
        TextFile expected = TextFile.read(content, layout, 0);
        assertThat(found.records).isEqualTo(expected.texts());
        assertThat(count(found, LineKind.IDLE)).as("idle").isEqualTo(expected.idleWords);
        assertThat(count(found, LineKind.MALFORMED)).as("malformed").isEqualTo(expected.malformed);
        assertThat(count(found, LineKind.HEADER)).as("header").isEqualTo(expected.headerLines);
        assertThat(found.kinds.values().stream().mapToLong(n -> n).sum())
                .as("lines")
                .isEqualTo(expected.lines + expected.headerLines);
    }

    private static long count(Found found, LineKind kind) {
        return found.kinds.getOrDefault(kind, 0L);
    }
}
