package etroc.source.etroc2;

import etroc.InputException;
import etroc.layout.etroc2.Etroc2Layout;
import etroc.layout.etroc2.FpgaPassages;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Runs that were surveyed, so that their pieces can be read in parallel, several times and for several tables. In jobs of one task a piece: where
 * reading enters the pieces of FPGA words; what each piece holds; and, a run a task, where the events of counters stand. What comes back to the
 * driver is counts of pieces.
 */
public final class Etroc2Reading implements AutoCloseable {
    static final String OPTION = "staged-reading";

    private static final Map<String, Etroc2Reading> STAGED = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();
    private final SparkSession spark;
    private final List<ReadPiece> pieces;
    private final Etroc2Quality quality;
    private final List<Remark> remarks;

    private Etroc2Reading(SparkSession spark, List<ReadPiece> pieces, Etroc2Quality quality, List<Remark> remarks) {
        this.spark = spark;
        this.pieces = List.copyOf(pieces);
        this.quality = quality;
        this.remarks = List.copyOf(remarks);
        STAGED.put(id, this);
    }

    /** Something to know of a run. */
    public record Remark(String run, String text) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Surveys runs.
     *
     * @throws InputException if rows and columns are exchanged, or chips have no board
     */
    public static Etroc2Reading of(SparkSession spark, List<StreamRun> runs, Etroc2Options options) {
        Jobs jobs = new Jobs(spark, Pieces.partitions(spark.sparkContext(), options.partitions()));
        List<Piece> pieces = Pieces.of(runs, jobs.partitions, options.partitions() > 0);
        long[] entries = jobs.entries(pieces);
        List<Surveyed> surveyed = jobs.survey(pieces, entries, options.errorsKept());
        RunSurvey survey = RunSurvey.of(runs, pieces, surveyed, options);
        Map<Integer, RunEvents> events = jobs.events(survey.ofCounters(), options);
        List<Remark> remarks = new ArrayList<>(survey.remarks());
        events.forEach((run, e) ->
                e.remarks().forEach(text -> remarks.add(new Remark(runs.get(run).name(), text))));
        return new Etroc2Reading(spark, survey.pieces(entries, events), survey.quality(), remarks);
    }

    static Etroc2Reading find(String id) {
        Etroc2Reading reading = STAGED.get(id);
        if (reading == null) {
            throw new IllegalStateException("the reading was closed before its data were read");
        }
        return reading;
    }

    List<ReadPiece> pieces() {
        return pieces;
    }

    /** What was counted. */
    public Etroc2Quality quality() {
        return quality;
    }

    /** What to know of the runs: offsets of counters, partners of events, chips. */
    public List<Remark> remarks() {
        return remarks;
    }

    /** Hits of complete frames. */
    public Dataset<Row> hits() {
        return read(Etroc2Kind.HITS);
    }

    /** All frames, complete or not. */
    public Dataset<Row> frames() {
        return read(Etroc2Kind.FRAMES);
    }

    private Dataset<Row> read(Etroc2Kind kind) {
        return spark.read()
                .format(Etroc2Source.class.getName())
                .option("table", kind.name())
                .option(OPTION, id)
                .load();
    }

    @Override
    public void close() {
        STAGED.remove(id);
    }

    /** The jobs of a survey. */
    private static final class Jobs {
        private final JavaSparkContext context;
        private final Broadcast<SerializableConfiguration> conf;
        private final int partitions;

        Jobs(SparkSession spark, int partitions) {
            this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
            this.conf = context.broadcast(
                    new SerializableConfiguration(spark.sessionState().newHadoopConf()));
            this.partitions = partitions;
        }

        private <T extends Serializable, R> List<R> run(List<T> of, Work<T, R> work) {
            if (of.isEmpty()) {
                return List.of();
            }
            Broadcast<SerializableConfiguration> with = conf;
            return context.parallelize(of, Math.min(of.size(), partitions))
                    .map(t -> work.on(t, with.value().value()))
                    .collect();
        }

        /** Where reading enters each piece: known for the first of a run, and for all where nothing goes on from piece to piece. */
        long[] entries(List<Piece> pieces) {
            long[] entries = new long[pieces.size()];
            List<Piece> walked = pieces.stream()
                    .filter(p -> p.run().layout() == Etroc2Layout.FPGA && hasNext(pieces, p))
                    .toList();
            Map<Integer, FpgaPassages.Passage> passages = new TreeMap<>();
            List<FpgaPassages.Passage> found = run(walked, Passages::of);
            for (int i = 0; i < walked.size(); i++) {
                passages.put(walked.get(i).number(), found.get(i));
            }
            for (Piece piece : walked) {
                FpgaPassages.Passage passage = passages.get(piece.number());
                if (passage != null) {
                    entries[piece.number() + 1] = passage.exit(entries[piece.number()]);
                }
            }
            return entries;
        }

        private static boolean hasNext(List<Piece> pieces, Piece piece) {
            int next = piece.number() + 1;
            return next < pieces.size()
                    && pieces.get(next).run().index() == piece.run().index();
        }

        List<Surveyed> survey(List<Piece> pieces, long[] entries, int errorsKept) {
            record Entered(Piece piece, long entry) implements Serializable {}
            return run(
                    pieces.stream()
                            .map(p -> new Entered(p, entries[p.number()]))
                            .toList(),
                    (e, with) -> Surveyed.of(e.piece, e.entry, errorsKept, with));
        }

        Map<Integer, RunEvents> events(Map<Integer, List<RunEvents.Unit>> units, Etroc2Options options) {
            record Units(int run, List<RunEvents.Unit> units) implements Serializable {}
            record Found(int run, RunEvents events) implements Serializable {}
            RunEvents.Rules rules = new RunEvents.Rules(options.eventDepth(), options.offsets());
            List<Units> runs = units.entrySet().stream()
                    .map(e -> new Units(e.getKey(), e.getValue()))
                    .toList();
            Map<Integer, RunEvents> events = new TreeMap<>();
            run(runs, (u, with) -> new Found(u.run, RunEvents.of(u.units, rules, with)))
                    .forEach(f -> events.put(f.run, f.events));
            return events;
        }
    }

    private interface Work<T, R> extends Serializable {
        R on(T item, Configuration conf) throws IOException;
    }
}
