package etroc.source;

import etroc.runs.DataFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Files that were listed and cut into slices already, handed to the data source under an id: nothing is listed again, no name is taken for a
 * pattern, and two readings see the same slices. They are forgotten when this is closed.
 */
public final class StagedFiles implements AutoCloseable {
    static final String OPTION = "staged-files";

    private static final Map<String, StagedFiles> STAGED = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();
    private final SparkSession spark;
    private final List<HitSlice> slices;

    StagedFiles(SparkSession spark, List<HitSlice> slices) {
        this.spark = spark;
        this.slices = List.copyOf(slices);
        STAGED.put(id, this);
    }

    /**
     * Cuts files into slices.
     *
     * @param files in the order of {@code file_index}
     * @param partitions number of partitions to aim at; 0: some a core
     */
    public static StagedFiles of(SparkSession spark, List<DataFile> files, int partitions) {
        int wished = SlicePlan.partitions(spark.sparkContext(), partitions);
        return new StagedFiles(spark, SlicePlan.slices(files, wished, partitions > 0));
    }

    static StagedFiles find(String id) {
        return Objects.requireNonNull(STAGED.get(id), "staged files were closed before they were read");
    }

    List<HitSlice> slices() {
        return slices;
    }

    private DataFrameReader read(Map<String, String> options) {
        return spark.read()
                .format(Etroc1Source.class.getName())
                .options(options)
                .option(OPTION, id);
    }

    /** The hits of the slices. */
    public Dataset<Row> hits(Map<String, String> options) {
        return read(options).load();
    }

    /** What each slice holds. The driver knows the slices already; they are as many as files and pieces of large files. */
    public List<SliceQuality> quality(Map<String, String> options) {
        return read(options).option("table", "quality").load().collectAsList().stream()
                .map(SliceQuality::of)
                .toList();
    }

    /**
     * The same slices with the numbers of their first lines and rows.
     *
     * @param counted every slice but the last of its file
     */
    public StagedFiles numbered(List<SliceQuality> counted) {
        record Place(int file, long start) {}
        Map<Place, SliceQuality> at = new HashMap<>();
        counted.forEach(q -> at.put(new Place(q.fileIndex(), q.start()), q));
        long[] next = new long[2];
        return new StagedFiles(
                spark,
                slices.stream()
                        .map(s -> {
                            if (s.part().start() == 0) {
                                next[0] = 0;
                                next[1] = 0;
                            }
                            HitSlice numbered = s.numbered(next[0], next[1]);
                            SliceQuality q =
                                    at.get(new Place(s.fileIndex(), s.part().start()));
                            next[0] += q == null ? 0 : q.allLines();
                            next[1] += q == null ? 0 : q.rows();
                            return numbered;
                        })
                        .toList());
    }

    /** Some of the slices. */
    public StagedFiles only(BiPredicate<Integer, Long> chosen) {
        return new StagedFiles(
                spark,
                slices.stream()
                        .filter(s -> chosen.test(s.fileIndex(), s.part().start()))
                        .toList());
    }

    @Override
    public void close() {
        STAGED.remove(id);
    }
}
