package etroc.source;

import etroc.runs.DataFile;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;

/** Cuts files into slices and packs slices into partitions: few of about the same size, whatever the number of files. */
final class SlicePlan {
    /** A slice is at least this long [bytes], so that many partitions of little data do not cost more than they bring. */
    private static final long MIN_SLICE = 1L << 20;
    /** A slice is at most this long [bytes], so that slices can be packed anew when executors have come. */
    private static final long MAX_SLICE = 32L << 20;
    /** A partition is at most about this long [bytes], so that a lost task loses little. */
    private static final long MAX_PARTITION = 128L << 20;
    /** What opening a file costs, in bytes that could have been read. */
    private static final long OPEN_COST = 16L << 10;
    /** A task costs 3 ms; three a core even out tasks of different length. */
    private static final int PARTITIONS_PER_CORE = 3;

    private SlicePlan() {}

    /**
     * Number of partitions to aim at, for the cores that are there now or that the configuration promises.
     *
     * @param wished by the user; 0: some a core
     */
    static int partitions(SparkContext context, int wished) {
        return wished > 0 ? wished : PARTITIONS_PER_CORE * cores(context.getConf(), context.defaultParallelism());
    }

    /** Spark counts the executors that have registered; the first job of an application may come before them. */
    static int cores(SparkConf conf, int registered) {
        boolean dynamic = conf.getBoolean("spark.dynamicAllocation.enabled", false);
        int executors = conf.getInt(dynamic ? "spark.dynamicAllocation.maxExecutors" : "spark.executor.instances", 0);
        int promised = Math.max(conf.getInt("spark.cores.max", 0), executors * conf.getInt("spark.executor.cores", 1));
        return Math.max(registered, promised);
    }

    /**
     * Slices in the order of the files; empty files have none.
     *
     * @param partitions how many partitions are wished for
     * @param exact whether slices may be as small as that takes, as tests ask for
     */
    static List<HitSlice> slices(List<DataFile> files, int partitions, boolean exact) {
        long total = files.stream().mapToLong(DataFile::length).sum();
        long size = Math.max(1, Math.min(MAX_SLICE, (total + partitions - 1) / partitions));
        long most = exact ? size : Math.max(size, MIN_SLICE);
        List<HitSlice> slices = new ArrayList<>();
        for (int f = 0; f < files.size(); f++) {
            DataFile file = files.get(f);
            long pieces = file.compressed() ? Math.min(1, file.length()) : (file.length() + most - 1) / most;
            for (long i = 0; i < pieces; i++) {
                slices.add(HitSlice.of(file, f, file.length() * i / pieces, file.length() * (i + 1) / pieces));
            }
        }
        return slices;
    }

    /** A slice a file, empty files too. */
    static List<HitSlice> wholeFiles(List<DataFile> files) {
        List<HitSlice> slices = new ArrayList<>();
        for (int f = 0; f < files.size(); f++) {
            slices.add(HitSlice.of(files.get(f), f, 0, files.get(f).length()));
        }
        return slices;
    }

    /** Packs slices, in their order, into partitions of about the same size. */
    static List<HitPartition> pack(List<HitSlice> slices, int partitions) {
        long total = slices.stream().mapToLong(SlicePlan::cost).sum();
        long target = Math.max(1, Math.min(MAX_PARTITION, (total + partitions - 1) / partitions));
        List<HitPartition> packed = new ArrayList<>();
        List<HitSlice> current = new ArrayList<>();
        long size = 0;
        for (HitSlice slice : slices) {
            if (!current.isEmpty() && size + cost(slice) / 2 > target) {
                packed.add(new HitPartition(current));
                current = new ArrayList<>();
                size = 0;
            }
            current.add(slice);
            size += cost(slice);
        }
        if (!current.isEmpty()) {
            packed.add(new HitPartition(current));
        }
        return packed;
    }

    private static long cost(HitSlice slice) {
        return OPEN_COST + slice.part().bytes();
    }
}
