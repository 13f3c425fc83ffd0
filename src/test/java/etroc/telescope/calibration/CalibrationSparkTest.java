package etroc.telescope.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import etroc.SharedSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Calibration by slices against a plain program that has all events in a list. */
class CalibrationSparkTest {
    private static final List<Integer> BOARDS = List.of(0, 3);
    /** Two drifting runs, one at rest, one too short for a slice, one without hits of board 3. */
    private static final List<String> RUNS = List.of("up", "gaps", "rest", "short", "alone");

    private static final int SLICE = 100;
    private static final int TOA = 300;

    private record Event(int run, long number, boolean passes, Integer[] codes) {}

    private static List<Event> events() {
        Random random = new Random(7);
        List<Event> events = new ArrayList<>();
        int[] sizes = {3000, 2500, 2000, 37, 800};
        for (int run = 0; run < sizes.length; run++) {
            for (int e = 0; e < sizes[run]; e++) {
                long number = run == 1 ? e * 10L / 9 : e; // single hits are numbered with gaps
                double drift = run < 2 ? 6.0 * e / sizes[run] : 0;
                Integer[] codes = new Integer[2];
                for (int b = 0; b < 2; b++) {
                    int code = (int) Math.round(140 + 5 * b + (b == 0 ? drift : -drift / 2) + random.nextGaussian());
                    boolean wild = random.nextDouble() < 0.03;
                    boolean missing = random.nextDouble() < 0.1 || (run == 4 && b == 1);
                    codes[b] = missing ? null : wild ? Integer.valueOf(random.nextInt(1024)) : Integer.valueOf(code);
                }
                boolean gap = run == 0 && e >= 1100 && e < 1400; // slices without an event that passes
                events.add(new Event(run, number, !gap && random.nextDouble() < 0.8, codes));
            }
        }
        return events;
    }

    private static Dataset<Row> dataset(List<Event> events) {
        StructType schema = new StructType()
                .add("run", DataTypes.StringType)
                .add("event", DataTypes.LongType)
                .add("run_index", DataTypes.IntegerType, false)
                .add("passes", DataTypes.BooleanType);
        for (int board : BOARDS) {
            for (String variable : List.of("calibration_code", "time_of_arrival", "time_over_threshold")) {
                schema = schema.add(variable + "_" + board, DataTypes.IntegerType);
            }
        }
        List<Row> rows = new ArrayList<>();
        for (Event e : events) {
            List<Object> row = new ArrayList<>(Arrays.asList(RUNS.get(e.run), e.number, e.run, e.passes));
            for (Integer code : e.codes) {
                row.addAll(Arrays.asList(code, code == null ? null : TOA, code == null ? null : 100));
            }
            rows.add(RowFactory.create(row.toArray()));
        }
        return SharedSession.get().createDataFrame(rows, schema);
    }

    /** Events with a code that is used: number and code. */
    private static List<double[]> near(List<double[]> all) {
        double[] codes = all.stream().mapToDouble(c -> c[1]).sorted().toArray();
        double median = (codes[(codes.length - 1) / 2] + codes[codes.length / 2]) / 2;
        return all.stream().filter(c -> Math.abs(c[1] - median) <= 10).toList();
    }

    private static double mean(List<double[]> used, int of) {
        return used.stream().mapToDouble(c -> c[of]).sum() / used.size();
    }

    /** The code of an event as the paragraph has it; NaN: the run has none. */
    private static double code(List<Event> events, Event event, int b) {
        TreeMap<Long, List<double[]>> bySlice = new TreeMap<>();
        List<double[]> all = new ArrayList<>();
        for (Event e : events) {
            if (e.run == event.run && e.passes && e.codes[b] != null) {
                double[] code = {e.number, e.codes[b]};
                bySlice.computeIfAbsent(e.number / SLICE, s -> new ArrayList<>())
                        .add(code);
                all.add(code);
            }
        }
        List<List<double[]>> slices = bySlice.values().stream()
                .map(CalibrationSparkTest::near)
                .filter(s -> s.size() >= 50)
                .toList();
        if (all.isEmpty()) {
            return Double.NaN;
        }
        if (slices.isEmpty()) {
            return mean(near(all), 1);
        }
        double common = slices.stream()
                .flatMap(List::stream)
                .mapToDouble(c -> c[1])
                .average()
                .orElseThrow();
        double within = 0;
        double between = 0;
        long ndf = 0;
        for (List<double[]> s : slices) {
            double own = mean(s, 1);
            within += s.stream().mapToDouble(c -> (c[1] - own) * (c[1] - own)).sum();
            between += s.size() * (own - common) * (own - common);
            ndf += s.size() - 1;
        }
        double chi2 = between / (within / ndf);
        if (slices.size() == 1
                || 1 - new ChiSquaredDistribution(slices.size() - 1).cumulativeProbability(chi2) > 0.01) {
            return common;
        }
        double[] x = slices.stream().mapToDouble(s -> mean(s, 0)).toArray();
        double[] y = slices.stream().mapToDouble(s -> mean(s, 1)).toArray();
        if (event.number <= x[0]) {
            return y[0];
        }
        for (int k = 1; k < x.length; k++) {
            if (event.number <= x[k]) {
                return y[k - 1] + (y[k] - y[k - 1]) * (event.number - x[k - 1]) / (x[k] - x[k - 1]);
            }
        }
        return y[y.length - 1];
    }

    private static List<Row> timed(Dataset<Row> events, Calibrations calibrations) {
        TimeColumns.Conversion conversion =
                new TimeColumns.Conversion(Calibration.Method.SLICES, Saturated.Handling.DROP, RUNS, SLICE);
        return TimeColumns.withTimes(events, calibrations, conversion).collectAsList();
    }

    @Test
    void slicesAreWhatTheParagraphSays() {
        List<Event> events = events();
        Dataset<Row> data = dataset(events);
        Calibrations calibrations = Calibrations.of(data.filter("passes"), BOARDS, RUNS, SLICE);
        assertThat(calibrations.runs().stream().filter(r -> !r.constant()).map(CalibrationRun::run))
                .containsExactlyInAnyOrder("up", "up", "gaps", "gaps");
        assertThat(calibrations.runs().stream().filter(r -> r.slices() == 0).map(CalibrationRun::run))
                .containsExactly("short", "short");
        List<Row> timed = timed(data, calibrations);
        timed.sort(Comparator.comparingInt((Row r) -> r.getAs("run_index")).thenComparingLong(r -> r.getAs("event")));
        int compared = 0;
        for (int e = 0; e < events.size(); e += e < 8000 ? 41 : 3) {
            Event event = events.get(e);
            for (int b = 0; b < 2; b++) {
                Double toa = timed.get(e).getAs("time_of_arrival_ns_" + BOARDS.get(b));
                if (event.codes[b] == null) {
                    assertThat(toa).isNull();
                } else {
                    double code = code(events, event, b);
                    assertThat(toa)
                            .as("event %d of run %s", event.number, RUNS.get(event.run))
                            .isCloseTo(12.5 - TOA * 3.125 / code, within(1e-12));
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(300);
    }

    @Test
    void partitionsDoNotMatter() {
        Dataset<Row> data = dataset(events()).filter("passes");
        Calibrations one = Calibrations.of(data.coalesce(1), BOARDS, RUNS, SLICE);
        assertThat(Calibrations.of(data.repartition(23), BOARDS, RUNS, SLICE)).isEqualTo(one);
    }

    @Test
    void endStopsHaveNoTimesAndAreCounted() {
        Dataset<Row> data = dataset(events())
                .withColumn(
                        "time_of_arrival_0",
                        org.apache.spark.sql.functions.expr(
                                "if(time_of_arrival_0 is null, null, if(event % 10 = 0, 1023, if(event % 10 = 1, 0, 300)))"))
                .withColumn(
                        "time_over_threshold_3",
                        org.apache.spark.sql.functions.expr(
                                "if(time_over_threshold_3 is null, null, if(event % 10 = 2, 511, 100))"));
        Calibrations found = Calibrations.of(data, BOARDS, RUNS, SLICE);
        for (Calibration board : found.boards()) {
            boolean isFirst = board.board() == 0;
            String stops = isFirst ? "time_of_arrival_0 in (0, 1023)" : "time_over_threshold_3 = 511";
            assertThat(board.saturated().sum())
                    .isEqualTo(data.filter(stops).count())
                    .isPositive();
        }
        List<Row> timed = timed(data, found);
        for (Row r : timed) {
            Integer tot = r.getAs("time_over_threshold_3");
            assertThat(r.<Double>getAs("time_of_arrival_ns_3") == null).isEqualTo(tot == null || tot == 511);
            Integer toa = r.getAs("time_of_arrival_0");
            assertThat(r.<Double>getAs("time_over_threshold_ns_0") == null)
                    .isEqualTo(toa == null || toa == 0 || toa == 1023);
        }
    }
}
