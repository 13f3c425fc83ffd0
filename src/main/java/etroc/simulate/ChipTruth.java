package etroc.simulate;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import etroc.layout.etroc2.ChipWord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What a simulated telescope of ETROC2 is like, and how much of everything was written: {@code truth.json}. */
final class ChipTruth {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final ChipTelescope model;
    private final String layout;
    private final List<OfBoard> boards;
    private long lostTriggers;

    /** A board's counts. */
    static final class OfBoard {
        private double[] cal = {};
        private long frames;
        private long hits;
        private long lostFrames;
        private long calAbove511;
        private final long[] hitsByEa = new long[4];
        private final Map<FrameFlaws.Flaw, Long> flaws = new EnumMap<>(FrameFlaws.Flaw.class);

        void cal(double[] means) {
            cal = means;
        }

        void addLostFrame() {
            lostFrames++;
        }

        /** Notes a frame as it was before its flaw. */
        void addFrame(long[] data, FrameFlaws.Flaw flaw) {
            frames++;
            hits += data.length;
            for (long word : data) {
                hitsByEa[ChipWord.ea(word)]++;
                calAbove511 += ChipWord.cal(word) >= 512 ? 1 : 0;
            }
            if (flaw != FrameFlaws.Flaw.NONE) {
                flaws.merge(flaw, 1L, Long::sum);
            }
        }

        long frames() {
            return frames;
        }

        long hits() {
            return hits;
        }

        long lostFrames() {
            return lostFrames;
        }

        long hits(int ea) {
            return hitsByEa[ea];
        }

        long calAbove511() {
            return calAbove511;
        }

        long frames(FrameFlaws.Flaw flaw) {
            return flaws.getOrDefault(flaw, 0L);
        }
    }

    /**
     * What is written of a board.
     *
     * @param cal mean code of each pixel, rows one after another
     * @param frames those written
     * @param hits in them, before their flaws
     */
    private record Written(
            double[] cal,
            long frames,
            long hits,
            long lostFrames,
            long calAbove511,
            long[] hitsByEa,
            Map<FrameFlaws.Flaw, Long> flaws) {
        static Written of(OfBoard b) {
            return new Written(b.cal, b.frames, b.hits, b.lostFrames, b.calAbove511, b.hitsByEa, b.flaws);
        }
    }

    private record Content(String layout, ChipTelescope simulated, long lostTriggers, List<Written> written) {}

    ChipTruth(ChipTelescope model, String layout) {
        this.model = model;
        this.layout = layout;
        this.boards = IntStream.range(0, model.boards().size())
                .mapToObj(b -> new OfBoard())
                .toList();
    }

    OfBoard board(int number) {
        return boards.get(number);
    }

    void addTrigger(boolean lost) {
        lostTriggers += lost ? 1 : 0;
    }

    /** Triggers that readout boards lost. */
    long lostTriggers() {
        return lostTriggers;
    }

    long frames() {
        return boards.stream().mapToLong(OfBoard::frames).sum();
    }

    long hits() {
        return boards.stream().mapToLong(OfBoard::hits).sum();
    }

    void write(Path directory) throws IOException {
        MAPPER.writeValue(
                directory.resolve("truth.json").toFile(),
                new Content(
                        layout,
                        model,
                        lostTriggers,
                        boards.stream().map(Written::of).toList()));
    }
}
