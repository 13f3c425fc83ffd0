package etroc.telescope.etroc2;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.not;

import etroc.About;
import etroc.layout.etroc2.ChipWord;
import etroc.layout.etroc2.FrameFault;
import etroc.source.etroc2.Etroc2Quality;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A row of the table {@code link_quality}. */
@About("a stream of a run, and how well its data came over; counts but for EA are of complete frames, BCID of all")
public record LinkQuality(
        @About("name of the run") String run,
        @About("e-link or channel") int stream,
        @About("frames, that is headers") long frames,
        @About("with a trailer") long completeFrames,
        @About("hits of complete frames") long hits,
        @About("frames whose CRC can be judged") long crcKnown,
        @About("of those, with a CRC that does not fit") long crcFailures,
        @About("crc_failures / crc_known") double crcFailureFraction,
        @About("lower end of its Clopper-Pearson interval") double crcFailureLow,
        @About("upper end") double crcFailureHigh,

        @About("frames with another number of hits than declared")
        long countFaults,

        @About("steps of 0 to 32 of the L1 counter, each minus 1, summed")
        long missingTriggers,

        @About("headers with the L1 counter of the one before")
        long l1Repeats,

        @About("steps of the L1 counter beyond 32") long l1Jumps,
        @About("frames with a BCID beyond 3563") long bcidOutOfRange,
        @About("hits without an error") long ea0,
        @About("hits with one corrected bit") long ea1,

        @About("hits with an error that cannot be corrected")
        long ea2,

        @About("hits with EA 3, the same") long ea3,

        @About("frames sent when the L1 buffer was half full")
        long halfFull,

        @About("frames sent when it had overflown") long overflow,
        @About("frames sent when it was full") long full,

        @About("frames whose status says that a hit has an error")
        long seu,

        @About("fillers of the chip") long fillers,
        @About("fillers of the firmware") long firmwareFillers,

        @About("bits that belong to no word, of mixed word lines")
        long unsyncedBits,

        @About("how often reading fell out of step, of mixed word lines")
        long lossesOfStep) {
    public static final String TABLE = "link_quality";

    private static final int L1_BUFFER = 4;
    private static final int HALF_FULL = 1;
    private static final int OVERFLOW = 2;
    private static final int FULL = 3;
    private static final int SEU = 1 << 3;
    private static final int EA_VALUES = 4;

    private record Stream(String run, int number) {}

    /**
     * The streams of all runs.
     *
     * @param hits columns as {@code spark.read().format("etroc2")} has them
     * @param frames the same
     * @param coverage of the interval
     */
    public static List<LinkQuality> of(Dataset<Row> hits, Dataset<Row> frames, Etroc2Quality quality, double coverage) {
        Map<Stream, Row> ofFrames = byStream(frames, ofFrames());
        Map<Stream, Row> ofHits = byStream(hits, ofHits());
        Map<String, Map<Integer, Map<String, Long>>> counts = new TreeMap<>();
        for (Etroc2Quality.Count c : quality.counts()) {
            if (c.stream() != null) {
                counts.computeIfAbsent(c.run(), r -> new TreeMap<>())
                        .computeIfAbsent(c.stream(), s -> new HashMap<>())
                        .merge(c.counter(), c.count(), Long::sum);
            }
        }
        List<LinkQuality> rows = new ArrayList<>();
        counts.forEach((run, streams) -> streams.forEach((stream, of) -> {
            Stream key = new Stream(run, stream);
            rows.add(row(key, of, numbers(ofFrames.get(key), 8), numbers(ofHits.get(key), EA_VALUES), coverage));
        }));
        return rows;
    }

    private static Map<Stream, Row> byStream(Dataset<Row> of, List<Column> sums) {
        Map<Stream, Row> rows = new HashMap<>();
        of.groupBy("run", "stream")
                .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new))
                .collectAsList()
                .forEach(r -> rows.put(new Stream(r.getString(0), r.getInt(1)), r));
        return rows;
    }

    private static List<Column> ofFrames() {
        Column complete = col("complete");
        Column known = complete.and(col("crc_ok").isNotNull());
        Column buffer = org.apache.spark.sql.functions.shiftright(col("status"), L1_BUFFER);
        return List.of(
                count_if(known),
                count_if(known.and(not(col("crc_ok")))),
                count_if(complete.and(
                        col("frame_faults").bitwiseAND(FrameFault.COUNT.bit()).notEqual(0))),
                count_if(col("bcid").geq(ChipWord.CROSSINGS)),
                count_if(complete.and(buffer.equalTo(HALF_FULL))),
                count_if(complete.and(buffer.equalTo(OVERFLOW))),
                count_if(complete.and(buffer.equalTo(FULL))),
                count_if(complete.and(col("status").bitwiseAND(SEU).notEqual(0))));
    }

    private static List<Column> ofHits() {
        List<Column> sums = new ArrayList<>();
        for (int ea = 0; ea < EA_VALUES; ea++) {
            sums.add(count_if(col("ea").equalTo(ea)));
        }
        return sums;
    }

    private static long[] numbers(@org.jspecify.annotations.Nullable Row row, int n) {
        long[] numbers = new long[n];
        for (int i = 0; row != null && i < n; i++) {
            numbers[i] = row.getLong(2 + i);
        }
        return numbers;
    }

    private static LinkQuality row(Stream of, Map<String, Long> counts, long[] f, long[] ea, double coverage) {
        double[] crc = Found.interval(f[0], f[1], coverage);
        return new LinkQuality(
                of.run,
                of.number,
                counts.getOrDefault("header", 0L),
                counts.getOrDefault("frames", 0L),
                counts.getOrDefault("hits", 0L),
                f[0],
                f[1],
                crc[0],
                crc[1],
                crc[2],
                f[2],
                counts.getOrDefault("missing_triggers", 0L),
                counts.getOrDefault("l1_repeats", 0L),
                counts.getOrDefault("l1_jumps", 0L),
                f[3],
                ea[0],
                ea[1],
                ea[2],
                ea[3],
                f[4],
                f[5],
                f[6],
                f[7],
                counts.getOrDefault("filler", 0L),
                counts.getOrDefault("firmware_filler", 0L),
                counts.getOrDefault("unsynced_bits", 0L),
                counts.getOrDefault("losses_of_step", 0L));
    }
}
