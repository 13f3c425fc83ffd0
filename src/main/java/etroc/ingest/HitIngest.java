package etroc.ingest;

import etroc.InputException;
import etroc.layout.FileSlice;
import etroc.layout.HitRecord;
import etroc.layout.Layouts;
import etroc.layout.LineKind;
import etroc.layout.RecordLayout;
import etroc.layout.SliceReader;
import etroc.runs.DataFile;
import etroc.source.HitColumn;
import etroc.source.HitPartition;
import etroc.source.HitScan;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/** Text files to Parquet hits in one pass, which also counts what every file holds. */
public final class HitIngest {
    /** Column of the Parquet hits: number of the batch; it is in the directory's name. */
    public static final String INGEST = "ingest";
    /** Column of the Parquet hits: place of the hit's file in the list that was ingested. */
    public static final String FILE = "file_index";
    /** Column of the Parquet hits: first byte of the slice that the hit was read in; orders the slices of a file. */
    public static final String SLICE = "slice_start";
    /** Column of the Parquet hits: number of the hit among those kept of its slice, from 0. */
    public static final String INDEX = "index_in_slice";

    private HitIngest() {}

    /** The columns of the Parquet hits. */
    public static StructType schema() {
        return HitColumn.schema(false)
                .add(FILE, DataTypes.IntegerType, false)
                .add(SLICE, DataTypes.LongType, false)
                .add(INDEX, DataTypes.LongType, false);
    }

    /**
     * What was read and written.
     *
     * @param files counts of each file, in the order given
     * @param malformed the first lines that are no record, by path and line
     * @param parts names of the Parquet files that count; a task that was given up may leave others at any time
     * @param slices that had rows, by file and place
     * @param rows written to Parquet
     */
    public record Outcome(
            List<FileQuality> files,
            List<MalformedLine> malformed,
            List<String> parts,
            List<SliceRows> slices,
            long rows) {}

    private record TaskResult(List<SliceQuality> slices, String file, long rows) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Writes the hits of some files into a directory. Each task writes a file of its own under a name that no other attempt has; files of
     * attempts that did not count are removed at the end.
     *
     * @param directory exists, and nobody reads it yet
     * @throws InputException through Spark's exception, in mode FAILFAST, or if a file cannot be read
     */
    public static Outcome run(SparkSession spark, List<DataFile> files, InputSettings settings, Path directory)
            throws IOException {
        SerializableConfiguration conf =
                new SerializableConfiguration(spark.sessionState().newHadoopConf());
        List<HitPartition> partitions = HitScan.plan(spark, files, settings.partitions(), true);
        List<TaskResult> results = new ArrayList<>();
        if (!partitions.isEmpty()) {
            String target = directory.toString();
            results.addAll(JavaSparkContext.fromSparkContext(spark.sparkContext())
                    .parallelize(partitions, partitions.size())
                    .map(p -> ingest(p, settings, target, conf.value()))
                    .collect());
        }
        removeOthers(directory, results, conf.value());
        return outcome(files, results, settings.malformedLinesKept());
    }

    private static Outcome outcome(List<DataFile> files, List<TaskResult> results, int keep) {
        List<SliceQuality> slices =
                results.stream().flatMap(r -> r.slices().stream()).toList();
        List<MalformedLine> malformed = slices.stream()
                .flatMap(s -> s.malformed().stream())
                .sorted(Comparator.comparing(MalformedLine::path).thenComparingLong(MalformedLine::line))
                .limit(keep)
                .toList();
        return new Outcome(
                FileQuality.of(files, slices),
                malformed,
                results.stream().filter(r -> r.rows > 0).map(TaskResult::file).toList(),
                slices.stream()
                        .map(SliceQuality::rows)
                        .filter(r -> r.total() > 0)
                        .sorted(Comparator.comparingInt(SliceRows::fileIndex).thenComparingLong(SliceRows::start))
                        .toList(),
                results.stream().mapToLong(TaskResult::rows).sum());
    }

    private static TaskResult ingest(
            HitPartition partition, InputSettings settings, String directory, Configuration conf) throws IOException {
        TaskContext task = TaskContext.get();
        String name =
                String.format(Locale.ROOT, "part-%05d-%d.snappy.parquet", task.partitionId(), task.taskAttemptId());
        List<RecordLayout> layouts = Layouts.named(settings.layout());
        List<SliceQuality> qualities = new ArrayList<>();
        try (HitParquetWriter out = new HitParquetWriter(new Path(directory, name), conf)) {
            for (FileSlice slice : partition.slices()) {
                try (SliceReader lines = new SliceReader(slice, layouts, conf)) {
                    qualities.add(copy(slice, lines, out, settings));
                }
            }
            return new TaskResult(qualities, name, out.rows());
        }
    }

    private static SliceQuality copy(FileSlice slice, SliceReader lines, HitParquetWriter out, InputSettings settings)
            throws IOException {
        SliceQuality.Counter counter = new SliceQuality.Counter(slice, settings.malformedLinesKept());
        HitRecord record = lines.record();
        boolean keepAll = settings.keepAll();
        out.begin(slice, lines.layout());
        LineKind kind;
        while ((kind = lines.advance()) != null) {
            counter.add(kind, lines);
            if (kind == LineKind.HIT || (keepAll && kind == LineKind.NO_HIT)) {
                out.write(record, lines.line());
                counter.addRow(record);
            } else if (kind == LineKind.MALFORMED && settings.mode() == InputSettings.Mode.FAILFAST) {
                throw lines.malformedLine();
            }
        }
        return counter.result(lines);
    }

    private static void removeOthers(Path directory, List<TaskResult> results, Configuration conf) throws IOException {
        Set<String> counted = new HashSet<>();
        results.forEach(r -> counted.add(r.file()));
        FileSystem fs = directory.getFileSystem(conf);
        for (FileStatus status : fs.listStatus(directory)) {
            String name = status.getPath().getName();
            if (!counted.contains(name) && name.startsWith("part-")) {
                fs.delete(status.getPath(), false);
            }
        }
    }
}
