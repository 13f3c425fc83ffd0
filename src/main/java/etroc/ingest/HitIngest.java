package etroc.ingest;

import etroc.InputException;
import etroc.runs.DataFile;
import etroc.source.SliceQuality;
import etroc.source.StagedFiles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Text files to Parquet hits through the data source, in two readings: the first counts what every slice of a file holds, which numbers the
 * lines and rows of the second; the second writes.
 */
public final class HitIngest {
    /** Column of the Parquet hits: number of the batch; it is in the directory's name. */
    public static final String INGEST = "ingest";
    /** Column of the Parquet hits: place of the hit's file in the list that was ingested. */
    public static final String FILE = "file_index";
    /** Column of the Parquet hits: place of the hit among those kept of its file, from 0, in the file's order. */
    public static final String ROW = "row";

    /** Malformed lines of a slice that the first reading brings along; where there are more, the slice is read again for them. */
    private static final int FEW = 4;

    private HitIngest() {}

    /**
     * What files hold.
     *
     * @param staged their slices, numbered
     * @param files in the order given
     * @param hasDatetime whether any of them has time stamps
     * @param malformed the first lines that are no record, by path and line
     */
    record Counted(StagedFiles staged, List<FileQuality> files, boolean hasDatetime, List<MalformedLine> malformed)
            implements AutoCloseable {
        long rows() {
            return files.stream().mapToLong(FileQuality::rows).sum();
        }

        @Override
        public void close() {
            staged.close();
        }
    }

    private static Map<String, String> options(InputSettings settings, int malformedLines) {
        return Map.of(
                "layout", settings.layout(),
                "mode", settings.mode().name(),
                "hits-only", Boolean.toString(!settings.keepAll()),
                "partitions", Integer.toString(settings.partitions()),
                "malformed-lines", Integer.toString(malformedLines));
    }

    /**
     * First reading.
     *
     * @throws InputException through Spark's exception, in mode FAILFAST, or if a file cannot be read
     */
    static Counted count(SparkSession spark, List<DataFile> files, InputSettings settings) {
        try (StagedFiles staged = StagedFiles.of(spark, files, settings.partitions())) {
            int keep = settings.malformedLinesKept();
            List<SliceQuality> slices = staged.quality(options(settings, Math.min(FEW, keep)));
            List<MalformedLine> malformed = malformed(files, withFirstLines(staged, files, slices, settings), keep);
            boolean hasDatetime = slices.stream().anyMatch(SliceQuality::hasDatetime);
            return new Counted(staged.numbered(slices), FileQuality.of(files, slices), hasDatetime, malformed);
        }
    }

    private record Place(int file, long start) {
        static Place of(SliceQuality slice) {
            return new Place(slice.fileIndex(), slice.start());
        }
    }

    /** The slices in the order of path and place, with the text of the first malformed lines of all, whatever the slices. */
    private static List<SliceQuality> withFirstLines(
            StagedFiles staged, List<DataFile> files, List<SliceQuality> slices, InputSettings settings) {
        List<SliceQuality> ordered = new ArrayList<>(slices);
        ordered.sort(Comparator.comparing(
                        (SliceQuality s) -> files.get(s.fileIndex()).path())
                .thenComparingLong(SliceQuality::start));
        Map<Place, SliceQuality> again = new HashMap<>();
        long found = 0;
        for (SliceQuality slice : ordered) {
            if (found < settings.malformedLinesKept()
                    && slice.malformed() > slice.firstMalformed().size()) {
                again.put(Place.of(slice), slice);
            }
            found += slice.malformed();
        }
        if (!again.isEmpty()) {
            try (StagedFiles some = staged.only((file, start) -> again.containsKey(new Place(file, start)))) {
                some.quality(options(settings, settings.malformedLinesKept())).forEach(s -> again.put(Place.of(s), s));
            }
        }
        ordered.replaceAll(s -> again.getOrDefault(Place.of(s), s));
        return ordered;
    }

    private static List<MalformedLine> malformed(List<DataFile> files, List<SliceQuality> ordered, int keep) {
        List<MalformedLine> lines = new ArrayList<>();
        long before = 0;
        for (SliceQuality slice : ordered) {
            before = slice.start() == 0 ? 0 : before;
            for (SliceQuality.Malformed m : slice.firstMalformed()) {
                if (lines.size() < keep) {
                    String path = files.get(slice.fileIndex()).path();
                    lines.add(new MalformedLine(path, before + m.line(), m.text(), m.reason()));
                }
            }
            before += slice.lines() + slice.headerLines();
        }
        return lines;
    }

    /** Second reading: writes the hits into a directory that exists, and that nobody reads yet. */
    static void write(Counted counted, InputSettings settings, Path directory) {
        Dataset<Row> hits = counted.staged().hits(options(settings, 0));
        StoredHits.write(hits, settings.keepAll(), counted.hasDatetime(), directory);
    }
}
