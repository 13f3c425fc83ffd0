package etroc.simulate;

import etroc.layout.HitText;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/** Writes simulated telescope runs as the DAQ would, what is true of them ({@link TelescopeTruth}), and {@code truth_lines.csv}. */
public final class TelescopeSimulator {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final LocalDateTime BEGIN = LocalDateTime.of(2022, 4, 8, 1, 0);
    /** Hits of one raw file, which share a time stamp. */
    private static final int HITS_A_STAMP = 2000;

    /** How the files look. */
    public enum Layout {
        SUMMARY,
        SPLIT,
        WORDS
    }

    /**
     * How the files look.
     *
     * @param files number of files of a run; summary text is one file
     * @param words free words and bias voltage after {@code Beam} in the name, with a leading underscore, or empty
     * @param lineTruth whether to write the label of each line
     */
    public record Format(Layout layout, int files, String words, boolean lineTruth) {}

    private final TelescopeModel model;
    private final Format format;
    private final RandomGenerator random;
    private final Random order;
    private final TelescopeTruth truth;

    public TelescopeSimulator(TelescopeModel model, Format format) {
        this.model = model;
        this.format = format;
        this.random = new Well19937c(model.seed());
        this.order = new Random(model.seed());
        this.truth = new TelescopeTruth(model);
    }

    /** A hit and the particle that it is of; -1: noise. */
    private record Labelled(TelescopeModel.Hit hit, long event) {}

    /** Writes all files; the number of hits. */
    public long write(Path directory) throws IOException {
        Files.createDirectories(directory);
        long hits = 0;
        try (Lines lines = new Lines(directory)) {
            for (long event = 0; event < model.events(); event++) {
                for (Labelled hit : particle(event)) {
                    lines.write(hit, event);
                    hits++;
                }
            }
        }
        truth.write(directory, runs());
        return hits;
    }

    private List<Labelled> particle(long event) {
        double time = model.passes(random);
        TelescopeImperfections flaws = model.imperfections();
        TelescopeImperfections.Moment moment = flaws.moment(event, model.events());
        double common = model.common(random);
        List<Labelled> hits = new ArrayList<>();
        for (int i = 0; i < model.boards().size(); i++) {
            TelescopeModel.Board board = model.boards().get(i);
            double shared = flaws.commonBoards().contains(board.id()) ? common : 0;
            TelescopeModel.Measured measured = model.measured(board, moment, time, shared, random);
            if (random.nextDouble() < model.efficiency()) {
                hits.add(new Labelled(measured.hit(), event));
                truth.add(i, measured);
            }
        }
        if (random.nextDouble() < model.swap()) {
            Collections.shuffle(hits, order);
        }
        if (random.nextDouble() < model.noise()) {
            hits.add(random.nextInt(hits.size() + 1), noise());
        }
        return hits;
    }

    private Labelled noise() {
        TelescopeModel.Board board =
                model.boards().get(random.nextInt(model.boards().size()));
        int toa = 100 + random.nextInt(400);
        return new Labelled(
                new TelescopeModel.Hit(board.id(), toa, 20 + random.nextInt(130), (int) Math.round(board.cal())), -1);
    }

    private final class Lines implements AutoCloseable {
        private final Path directory;
        private final BufferedWriter labels;
        private final long files;
        private BufferedWriter out;
        private int file;
        private long inFile;
        private long written;

        Lines(Path directory) throws IOException {
            this.directory = directory;
            this.files = (format.layout() == Layout.SUMMARY ? 1 : (long) format.files())
                    * model.imperfections().runs();
            this.out = open(0);
            Path labelFile = directory.resolve("truth_lines.csv");
            this.labels = format.lineTruth()
                    ? Files.newBufferedWriter(labelFile)
                    : new BufferedWriter(java.io.Writer.nullWriter());
            labels.write("file,line,data_board_id,event\n");
        }

        private String name(int number) {
            int runs = model.imperfections().runs();
            int ofRun = (int) files / runs;
            String base = run(number / ofRun);
            return switch (format.layout()) {
                case SUMMARY -> base + ".txt";
                case SPLIT -> base + "_Split_" + number % ofRun + ".dat";
                case WORDS -> base + "_" + number % ofRun + ".dat";
            };
        }

        private BufferedWriter open(int number) throws IOException {
            BufferedWriter writer = Files.newBufferedWriter(directory.resolve(name(number)), StandardCharsets.US_ASCII);
            if (format.layout() == Layout.SUMMARY) {
                writer.write("min file index: 0, max file index: 299\n");
            }
            inFile = 0;
            return writer;
        }

        void write(Labelled labelled, long event) throws IOException {
            while (file < event * files / model.events()) { // a file without events is there all the same
                out.close();
                file++;
                out = open(file);
            }
            TelescopeModel.Hit h = labelled.hit();
            out.write(
                    switch (format.layout()) {
                        case SUMMARY -> HitText.beam(h.board(), h.toa(), h.tot(), h.cal(), 1, stamp());
                        case SPLIT -> HitText.split(h.board(), h.toa(), h.tot(), h.cal(), 1);
                        case WORDS -> HitText.word(h.board(), h.toa(), h.tot(), h.cal(), 1);
                    });
            long line = inFile + (format.layout() == Layout.SUMMARY ? 1 : 0);
            labels.write(name(file) + "," + line + "," + h.board() + "," + labelled.event() + "\n");
            inFile++;
            written++;
        }

        private String stamp() {
            return STAMP.format(BEGIN.plusMinutes(written / HITS_A_STAMP));
        }

        @Override
        public void close() throws IOException {
            out.close();
            labels.close();
        }
    }

    private List<String> runs() {
        return java.util.stream.IntStream.range(0, model.imperfections().runs())
                .mapToObj(this::run)
                .toList();
    }

    /** Name of a run. */
    private String run(int number) {
        String pixels = String.join(
                "_",
                java.util.Arrays.asList(TelescopeModel.PIXELS)
                        .subList(0, model.boards().size()));
        return pixels + "_Beam" + format.words() + (model.imperfections().runs() == 1 ? "" : "_run" + number);
    }
}
