package etroc.source;

import etroc.InputException;
import etroc.layout.FileSlice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** Numbers the lines of files that are read in several slices: a slice's first line is the count of line ends before it. */
public final class LineCounter {
    private static final int CHUNK = 1 << 20;

    private LineCounter() {}

    /** Fills in the first line of every slice; counts in parallel, and only in files of more than one slice. */
    static List<FileSlice> withFirstLines(List<FileSlice> slices, SerializableConfiguration conf) {
        List<FileSlice> counted = new ArrayList<>();
        for (int i = 0; i + 1 < slices.size(); i++) {
            if (slices.get(i + 1).start() > 0) { // what stands before a later slice of the same file
                counted.add(slices.get(i));
            }
        }
        if (counted.isEmpty()) {
            return slices.stream().map(s -> s.withFirstLine(0)).toList();
        }
        List<Long> lineEnds = JavaSparkContext.fromSparkContext(
                        SparkSession.active().sparkContext())
                .parallelize(counted, counted.size())
                .map(s -> lineEnds(s, s.start(), s.end(), conf.value()))
                .collect();
        List<FileSlice> numbered = new ArrayList<>();
        long before = 0;
        int next = 0;
        for (FileSlice slice : slices) {
            before = slice.start() == 0 ? 0 : before + lineEnds.get(next++);
            numbered.add(slice.withFirstLine(before + (beginsLine(slice, conf.value()) ? 0 : 1)));
        }
        return numbered;
    }

    /** Number of a slice's first line, counted now, for a message. */
    public static long firstLine(FileSlice slice, Configuration conf) {
        return lineEnds(slice, 0, slice.start(), conf) + (beginsLine(slice, conf) ? 0 : 1);
    }

    private static boolean beginsLine(FileSlice slice, Configuration conf) {
        return slice.start() == 0 || lineEnds(slice, slice.start() - 1, slice.start(), conf) == 1;
    }

    private static long lineEnds(FileSlice slice, long from, long to, Configuration conf) {
        Path path = new Path(slice.file().path());
        byte[] buffer = new byte[(int) Math.min(CHUNK, to - from)];
        long count = 0;
        try (FSDataInputStream in = path.getFileSystem(conf).open(path)) {
            in.seek(from);
            long left = to - from;
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    break;
                }
                for (int i = 0; i < read; i++) {
                    count += buffer[i] == '\n' ? 1 : 0;
                }
                left -= read;
            }
        } catch (IOException e) {
            throw new InputException("cannot read " + slice.file().path() + ": " + e.getMessage(), e);
        }
        return count;
    }
}
