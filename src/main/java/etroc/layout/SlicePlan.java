package etroc.layout;

import etroc.runs.DataFile;
import java.util.ArrayList;
import java.util.List;

/** Cuts files into slices and packs slices into partitions: few of about the same size, whatever the number of files. */
public final class SlicePlan {
    /** A slice is at least this long [bytes], so that many partitions of little data do not cost more than they bring. */
    private static final long MIN_SLICE = 1L << 20;
    /** A partition is at most about this long [bytes], so that a lost task loses little. */
    private static final long MAX_PARTITION = 256L << 20;
    /** What opening a file costs, in bytes that could have been read. */
    private static final long OPEN_COST = 16L << 10;

    private SlicePlan() {}

    /**
     * Slices in the order of the files; empty files have none.
     *
     * @param partitions how many partitions are wished for
     * @param exact whether slices may be as small as that takes, as tests ask for
     */
    public static List<FileSlice> slices(List<DataFile> files, int partitions, boolean exact) {
        long size = partitionSize(files, partitions);
        long most = exact ? size : Math.max(size, MIN_SLICE);
        List<FileSlice> slices = new ArrayList<>();
        for (int f = 0; f < files.size(); f++) {
            DataFile file = files.get(f);
            if (file.length() > 0 && file.compressed()) {
                slices.add(new FileSlice(file, f, 0, Long.MAX_VALUE, -1));
                continue;
            }
            long pieces = (file.length() + most - 1) / most;
            for (long i = 0; i < pieces; i++) {
                long start = file.length() * i / pieces;
                long end = file.length() * (i + 1) / pieces;
                slices.add(new FileSlice(file, f, start, end, -1));
            }
        }
        return slices;
    }

    /** Packs slices, in their order, into partitions of about the same size. */
    public static List<List<FileSlice>> pack(List<FileSlice> slices, int partitions) {
        long total = slices.stream().mapToLong(SlicePlan::cost).sum();
        long target = Math.max(1, Math.min(MAX_PARTITION, (total + partitions - 1) / partitions));
        List<List<FileSlice>> packed = new ArrayList<>();
        List<FileSlice> current = new ArrayList<>();
        long size = 0;
        for (FileSlice slice : slices) {
            if (!current.isEmpty() && size + cost(slice) / 2 > target) {
                packed.add(current);
                current = new ArrayList<>();
                size = 0;
            }
            current.add(slice);
            size += cost(slice);
        }
        if (!current.isEmpty()) {
            packed.add(current);
        }
        return packed;
    }

    private static long partitionSize(List<DataFile> files, int partitions) {
        long total = files.stream().mapToLong(DataFile::length).sum();
        return Math.max(1, Math.min(MAX_PARTITION, (total + partitions - 1) / partitions));
    }

    private static long cost(FileSlice slice) {
        return OPEN_COST + Math.min(slice.end(), slice.file().length()) - slice.start();
    }
}
