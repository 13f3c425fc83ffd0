package etroc.telescope.etroc2;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import etroc.UsageException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The calibration of pixels by the CAL codes of their input hits, in slices of the runs if there are any. */
final class PixelCalibration {
    /** Column: width of the TDC bin of a hit [ns]. */
    static final String BIN = "fbin_ns";

    /** Column: CAL code about which hits are good. */
    static final String MODE = "cal_mode";

    /** Column: whether the pixel is calibrated in the hit's slice. */
    static final String CALIBRATED = "calibrated";

    /** Clock period that CAL codes measure [ns]: half of 6.25 ns. */
    private static final double CAL_NS = 3.125;
    /** Variance of a code that is a whole number. */
    private static final double STEP = 1 / 12.0;

    private static final int MOST_ROWS = 200_000;
    private static final String RUN = "cal_run";
    private static final String SLICE = "cal_slice";
    private static final String[] KEYS = {"data_board_id", "row", "column", RUN, SLICE};
    private static final Column[] BY = Arrays.stream(KEYS).map(k -> col(k)).toArray(Column[]::new);

    private PixelCalibration() {}

    /** Adds the columns by which hits find their calibration. */
    static Dataset<Row> withSlice(Dataset<Row> hits, CalSlices slices) {
        Column slice = slices.bySplit()
                ? col("split").cast("long")
                : slices.any()
                        ? coalesce(floor(col("event").divide(slices.events())).cast("long"), lit(-1L))
                        : lit(-1L);
        return hits.withColumn(RUN, slices.any() ? col("run") : lit("")).withColumn(SLICE, slice);
    }

    /**
     * Pixels that have input hits, by board, row, column and slice; which of them are hot is not known yet.
     *
     * @throws UsageException if there are too many slices
     */
    static List<Pixel> of(Dataset<Row> inputHits, Etroc2Settings settings) {
        Dataset<Row> codes = withSlice(inputHits, settings.calSlices())
                .groupBy(Stream.concat(
                                Stream.of(BY), Stream.of(col("calibration_code").as("cal")))
                        .toArray(Column[]::new))
                .count();
        Dataset<Row> modes = codes.groupBy(BY)
                .agg(max(struct(col("count"), col("cal").multiply(-1).as("negative")))
                        .as("most"))
                .withColumn("mode", col("most.negative").multiply(-1))
                .drop("most");
        Column inCore = abs(col("cal").minus(col("mode"))).leq(settings.calWindow());
        List<Pixel> pixels = codes
                .join(modes, KEYS)
                .groupBy(BY)
                .agg(
                        sum("count").as("hits"),
                        max("mode").as("mode"),
                        sum(when(inCore, col("count"))).as("core"),
                        sum(when(inCore, col("count").multiply(col("cal")))).as("core_sum"),
                        sum(when(inCore, col("count").multiply(col("cal")).multiply(col("cal"))))
                                .as("core_squares"),
                        sum(col("count").multiply(col("cal"))).as("all_sum"),
                        expr("percentile(cal, 0.5, count)").as("median"))
                .sort(BY)
                .limit(MOST_ROWS + 1)
                .collectAsList()
                .stream()
                .map(row -> pixel(row, settings))
                .toList();
        if (pixels.size() > MOST_ROWS) {
            throw new UsageException("etroc.etroc2.cal-slices: more than " + MOST_ROWS
                    + " slices of pixels; possible: none, split, or more events a slice");
        }
        return settings.calSlices().any() ? withDrift(pixels) : pixels;
    }

    private static Pixel pixel(Row row, Etroc2Settings settings) {
        long hits = row.<Long>getAs("hits");
        long core = row.<Long>getAs("core");
        int mode = row.<Integer>getAs("mode");
        double coreMean = (double) row.<Long>getAs("core_sum") / core;
        double variance = (double) row.<Long>getAs("core_squares") / core - coreMean * coreMean;
        double cal = switch (settings.cal()) {
            case CORE_MEAN, EVENT -> coreMean;
            case MODE -> mode;
            case MEAN -> (double) row.<Long>getAs("all_sum") / hits;
            case MEDIAN -> row.<Double>getAs("median");
        };
        boolean sliced = settings.calSlices().any();
        return new Pixel(
                row.<Integer>getAs("data_board_id"),
                row.<Integer>getAs("row"),
                row.<Integer>getAs("column"),
                row.<String>getAs(RUN),
                sliced ? row.<Long>getAs(SLICE) : null,
                hits,
                mode,
                core,
                coreMean,
                Math.sqrt(Math.max(variance, STEP) / core),
                cal > 0 ? CAL_NS / cal : Double.NaN,
                Double.NaN,
                Double.NaN,
                hits >= settings.calMinHits() && cal > 0,
                false);
    }

    /** With the largest difference of a pixel's slices. */
    private static List<Pixel> withDrift(List<Pixel> slices) {
        Map<String, List<Pixel>> pixels = slices.stream().collect(Collectors.groupingBy(Pixel::label));
        return slices.stream()
                .map(p -> {
                    List<Pixel> own = pixels.getOrDefault(p.label(), List.of()).stream()
                            .filter(Pixel::calibrated)
                            .sorted(Comparator.comparingDouble(Pixel::calCoreMean))
                            .toList();
                    if (own.size() < 2) {
                        return p;
                    }
                    Pixel least = own.get(0);
                    Pixel most = own.get(own.size() - 1);
                    return p.withDrift(
                            most.calCoreMean() - least.calCoreMean(),
                            Math.hypot(most.calCoreMeanUnc(), least.calCoreMeanUnc()));
                })
                .toList();
    }

    /** Pixels whose slices are taken together, by board and place. */
    static List<Pixel> whole(List<Pixel> slices) {
        Map<List<Integer>, List<Pixel>> pixels = slices.stream()
                .collect(Collectors.groupingBy(
                        p -> List.of(p.dataBoardId(), p.place()),
                        () -> new TreeMap<>(Comparator.comparingInt((List<Integer> p) -> p.get(0))
                                .thenComparingInt(p -> p.get(1))),
                        Collectors.toList()));
        return pixels.values().stream().map(Pixel::whole).toList();
    }

    /** Adds {@link #MODE}, {@link #BIN} and {@link #CALIBRATED} to hits with input hits in their pixel and slice. */
    static Dataset<Row> withCalibration(Dataset<Row> hits, List<Pixel> pixels, Etroc2Settings settings) {
        StructType schema = new StructType()
                .add("data_board_id", DataTypes.IntegerType)
                .add("row", DataTypes.IntegerType)
                .add("column", DataTypes.IntegerType)
                .add(RUN, DataTypes.StringType)
                .add(SLICE, DataTypes.LongType)
                .add(MODE, DataTypes.IntegerType)
                .add(BIN, DataTypes.DoubleType)
                .add(CALIBRATED, DataTypes.BooleanType);
        List<Row> rows = pixels.stream()
                .map(p -> RowFactory.create(
                        p.dataBoardId(),
                        p.row(),
                        p.column(),
                        p.run(),
                        p.slice() == null ? Long.valueOf(-1) : p.slice(),
                        p.calMode(),
                        p.fbinNs(),
                        p.calibrated()))
                .toList();
        Dataset<Row> known = hits.sparkSession().createDataFrame(rows, schema);
        Dataset<Row> joined = withSlice(hits, settings.calSlices())
                .join(broadcast(known), KEYS, "left")
                .drop(RUN, SLICE);
        Column code = col("calibration_code");
        return settings.cal() == Etroc2Settings.Cal.EVENT
                ? joined.withColumn(BIN, when(code.gt(0), lit(CAL_NS).divide(code)))
                : joined;
    }

    /** What is to be said of pixels whose CAL codes move: of each board the pixel that moves most. */
    static Map<Integer, String> drifting(List<Pixel> slices, double beyond) {
        Map<Integer, String> remarks = new TreeMap<>();
        Map<Integer, List<Pixel>> boards = slices.stream()
                .filter(p -> p.calDrift() > beyond * p.calDriftUnc())
                .collect(Collectors.groupingBy(Pixel::dataBoardId, TreeMap::new, Collectors.toList()));
        boards.forEach((board, own) -> {
            Pixel most = own.stream()
                    .max(Comparator.comparingDouble(Pixel::calDrift)
                            .thenComparing(Pixel::place, Comparator.reverseOrder()))
                    .orElseThrow();
            long pixels = own.stream().map(Pixel::place).distinct().count();
            remarks.put(
                    board,
                    String.format(
                            java.util.Locale.ROOT,
                            "board %d: mean CAL codes of %d pixel%s differ between slices by more than %.0f sigma, most %s by %.2f +- %.2f codes",
                            board,
                            pixels,
                            pixels == 1 ? "" : "s",
                            beyond,
                            most.label(),
                            most.calDrift(),
                            most.calDriftUnc()));
        });
        return remarks;
    }
}
