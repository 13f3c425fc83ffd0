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
import java.util.stream.Collectors;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;

/** Writes a simulated telescope run as the DAQ would, {@code truth.csv} with each board's truth, and {@code truth_lines.csv}. */
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
     * @param files number of files; summary text is one file
     * @param words free words and bias voltage after {@code Beam} in the name, with a leading underscore, or empty
     * @param lineTruth whether to write the label of each line
     */
    public record Format(Layout layout, int files, String words, boolean lineTruth) {}

    private final TelescopeModel model;
    private final Format format;
    private final RandomGenerator random;
    private final Random order;
    private final List<StandardDeviation> truth;

    public TelescopeSimulator(TelescopeModel model, Format format) {
        this.model = model;
        this.format = format;
        this.random = new Well19937c(model.seed());
        this.order = new Random(model.seed());
        this.truth = model.boards().stream().map(b -> new StandardDeviation()).toList();
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
        Files.writeString(directory.resolve("truth.csv"), truth());
        return hits;
    }

    private List<Labelled> particle(long event) {
        double time = TelescopeModel.passage(random);
        List<Labelled> hits = new ArrayList<>();
        for (int i = 0; i < model.boards().size(); i++) {
            TelescopeModel.Board board = model.boards().get(i);
            TelescopeModel.Hit hit = model.hit(board, time, random);
            if (random.nextDouble() < model.efficiency()) {
                hits.add(new Labelled(hit, event));
                truth.get(i).increment(hit.toaNs(board) + board.correction(hit.totNs(board)) - time - board.offsetNs());
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
        private BufferedWriter out;
        private int file;
        private long inFile;
        private long written;

        Lines(Path directory) throws IOException {
            this.directory = directory;
            this.out = open(0);
            Path labelFile = directory.resolve("truth_lines.csv");
            this.labels = format.lineTruth()
                    ? Files.newBufferedWriter(labelFile)
                    : new BufferedWriter(java.io.Writer.nullWriter());
            labels.write("file,line,data_board_id,event\n");
        }

        private String name(int number) {
            String pixels = String.join(
                    "_",
                    java.util.Arrays.asList(TelescopeModel.PIXELS)
                            .subList(0, model.boards().size()));
            String base = pixels + "_Beam" + format.words();
            return switch (format.layout()) {
                case SUMMARY -> base + ".txt";
                case SPLIT -> base + "_Split_" + number + ".dat";
                case WORDS -> base + "_" + number + ".dat";
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
            int wanted = format.layout() == Layout.SUMMARY ? 0 : (int) (event * format.files() / model.events());
            if (wanted != file) {
                out.close();
                file = wanted;
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

    private String truth() {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < model.boards().size(); i++) {
            TelescopeModel.Board b = model.boards().get(i);
            rows.add(String.format(
                    Locale.ROOT,
                    "%d,%s,%s,%s,%s,%s,%.4f",
                    b.id(),
                    b.sigmaNs() * 1000,
                    b.offsetNs(),
                    b.walk(),
                    b.totJitterNs(),
                    b.cal(),
                    truth.get(i).getResult() * 1000));
        }
        return "board,sigma_ps,offset_ns,walk,tot_jitter_ns,cal,width_with_true_walk_ps\n"
                + rows.stream().collect(Collectors.joining("\n")) + "\n";
    }
}
