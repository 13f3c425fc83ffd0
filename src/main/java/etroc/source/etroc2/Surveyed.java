package etroc.source.etroc2;

import etroc.layout.RawFiles;
import etroc.layout.etroc2.ChipWord;
import etroc.layout.etroc2.FpgaEvent;
import etroc.layout.etroc2.Frame;
import etroc.layout.etroc2.FrameFault;
import etroc.layout.etroc2.HeaderEvents;
import etroc.layout.etroc2.LayoutCounts;
import etroc.layout.etroc2.Syndromes;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What one piece of a file holds.
 *
 * @param piece its number
 * @param crc32c of its bytes
 * @param frames complete frames without CRC fault that name a chip, by stream and chip id; of the others where a stream has none such
 * @param syndromes of frames whose text names no chip; else null
 * @param emptyFrames complete frames without data words
 * @param errors the first ones
 */
record Surveyed(
        int piece,
        long crc32c,
        LayoutCounts counts,
        Map<Integer, Map<Integer, Long>> frames,
        Map<Integer, Map<Integer, Long>> doubtfulFrames,
        @Nullable Syndromes syndromes,
        long emptyFrames,
        List<SourceError> errors)
        implements Serializable {
    private static final long serialVersionUID = 1L;
    /** Different chip ids of a stream; wrong ones are single. */
    private static final int MOST_CHIPS = 1024;

    /** Reads a piece. */
    static Surveyed of(Piece piece, long entry, int errorsKept, Configuration conf) throws IOException {
        Sink sink = new Sink(piece.run(), errorsKept);
        try (Decoding decoding = Decoding.of(piece, entry, HeaderEvents.NONE, sink, conf)) {
            decoding.finish();
            sink.good.settle();
            sink.doubtful.settle();
            return new Surveyed(
                    piece.number(),
                    checksum(piece, conf),
                    decoding.counts(),
                    sink.good.chips,
                    sink.doubtful.chips,
                    sink.syndromes,
                    sink.empty,
                    sink.errors);
        }
    }

    private static long checksum(Piece piece, Configuration conf) throws IOException {
        CRC32C crc = new CRC32C();
        byte[] buffer = new byte[Decoding.CHUNK];
        try (FSDataInputStream in = RawFiles.open(piece.data().path(), conf)) {
            in.seek(piece.start());
            InputStream bytes = in;
            long left = piece.bytes();
            int read;
            while (left > 0 && (read = bytes.read(buffer, 0, (int) Math.min(buffer.length, left))) > 0) {
                crc.update(buffer, 0, read);
                left -= read;
            }
        }
        return crc.getValue();
    }

    /** Frames by stream and chip; as the chip of a stream seldom changes, it is looked up only then. */
    private static final class Chips {
        private static final int STREAMS = 256;

        private final Map<Integer, Map<Integer, Long>> chips = new TreeMap<>();
        private final int[] latest = new int[STREAMS];
        private final long[] frames = new long[STREAMS];

        void add(int stream, int chip) {
            if (latest[stream] != chip) {
                settle(stream);
                latest[stream] = chip;
            }
            frames[stream]++;
        }

        private void settle(int stream) {
            if (frames[stream] > 0) {
                Map<Integer, Long> of = chips.computeIfAbsent(stream, s -> new TreeMap<>());
                if (of.size() < MOST_CHIPS || of.containsKey(latest[stream])) {
                    of.merge(latest[stream], frames[stream], Long::sum);
                }
                frames[stream] = 0;
            }
        }

        void settle() {
            for (int stream = 0; stream < STREAMS; stream++) {
                settle(stream);
            }
        }
    }

    private static final class Sink implements PieceSink {
        private final Chips good = new Chips();
        private final Chips doubtful = new Chips();
        private final List<SourceError> errors = new ArrayList<>();
        private final boolean chipKnown;
        private final @Nullable Syndromes syndromes;
        private final int errorsKept;
        private long empty;

        Sink(StreamRun run, int errorsKept) {
            this.chipKnown = run.chipKnown();
            this.syndromes = run.dialect() == null ? null : new Syndromes(run.dialect());
            this.errorsKept = errorsKept;
        }

        @Override
        public void frame(Frame frame, long event, Places places) {
            if (!frame.complete()) {
                return;
            }
            empty += frame.dataWords() == 0 ? 1 : 0;
            if (syndromes != null) {
                syndromes.add(frame);
            }
            if (chipKnown) {
                boolean fits = (frame.faults() & FrameFault.CRC.bit()) == 0;
                (fits ? good : doubtful).add(frame.stream(), ChipWord.chip(frame.trailer()));
            }
        }

        @Override
        public void event(FpgaEvent event, Places places) {}

        @Override
        public void error(String kind, String text, long place, Places places) {
            if (errors.size() < errorsKept) {
                errors.add(new SourceError(places.split(place), places.line(place), kind, text));
            }
        }
    }
}
