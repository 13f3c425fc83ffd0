package etroc.telescope.events;

import etroc.ingest.IngestedFile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the ingested hits stand in their runs. The row of a hit is its place among the kept hits of its run in file order; the reader
 * numbered the hits of each file, and the files' sizes give the rest, so nothing is sorted.
 *
 * @param runs names by run index
 * @param sizes kept hits of each run
 * @param byBoard kept hits of each board id, over all runs
 * @param files where each file that has hits begins
 */
public record NumberedHits(List<String> runs, long[] sizes, Map<Integer, Long> byBoard, Map<File, Place> files)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** A file, by the columns of the hits. */
    public record File(int ingest, int index) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** A run and a row in it. */
    public record Place(int run, long row) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Numbers the hits.
     *
     * @param files all files, by run and split
     */
    public static NumberedHits of(List<IngestedFile> files) {
        List<String> runs = new ArrayList<>();
        List<Long> sizes = new ArrayList<>();
        Map<Integer, Long> byBoard = new TreeMap<>();
        Map<File, Place> places = new HashMap<>();
        for (IngestedFile file : files) {
            String name = file.quality().file().run().name();
            long rows = file.quality().rows();
            if (rows == 0) {
                continue;
            }
            if (runs.isEmpty() || !runs.get(runs.size() - 1).equals(name)) {
                runs.add(name);
                sizes.add(0L);
            }
            int run = runs.size() - 1;
            places.put(new File(file.ingest(), file.fileIndex()), new Place(run, sizes.get(run)));
            sizes.set(run, sizes.get(run) + rows);
            List<Long> ofBoard = file.quality().rowsByBoard();
            for (int board = 0; board < ofBoard.size(); board++) {
                if (ofBoard.get(board) > 0) {
                    byBoard.merge(board, ofBoard.get(board), Long::sum);
                }
            }
        }
        return new NumberedHits(runs, sizes.stream().mapToLong(Long::longValue).toArray(), byBoard, places);
    }

    /** Hits of the largest run. */
    public long longest() {
        long longest = 0;
        for (long size : sizes) {
            longest = Math.max(longest, size);
        }
        return longest;
    }
}
