package etroc.cuts;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import etroc.SharedSession;
import etroc.UsageException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is let through never stops a job, and fails where a value cannot be computed. */
class SqlCutSparkTest {
    private static final List<String> INTEGERS =
            List.of("split", "line", "calibration_code", "time_of_arrival", "0", "-1", "2", "7", "2147483647", "1L");
    private static final List<String> NUMBERS = List.of(
            "bias_voltage",
            "1.5",
            "0.1",
            "1e300",
            "-0.0D",
            "12345678901234567890123456789012345678",
            "CAST(run AS INT)");

    /** Rows of numbers at the ends of their types, zeros and missing values. */
    private static Dataset<Row> extremes() {
        StructType schema = TestColumns.HITS.schema();
        Integer[] ints = {0, 1, -1, 7, Integer.MAX_VALUE, Integer.MIN_VALUE, null};
        Long[] longs = {0L, 3L, -1L, Long.MAX_VALUE, Long.MIN_VALUE, null};
        Double[] doubles = {
            0.0, -0.0, 1.5, Double.MAX_VALUE, Double.MIN_VALUE, Double.NaN, Double.POSITIVE_INFINITY, null
        };
        String[] texts = {"", "5", "x", "99999999999", "1e3", "-2147483648", null};
        LocalDateTime[] times = {
            LocalDateTime.of(2025, 1, 1, 0, 0),
            LocalDateTime.of(9999, 12, 31, 23, 59),
            LocalDateTime.of(1, 1, 1, 0, 0),
            null
        };
        Random random = new Random(3);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            rows.add(RowFactory.create(Arrays.stream(schema.fields())
                    .map(f -> switch (f.dataType().typeName()) {
                        case "integer" -> ints[random.nextInt(ints.length)];
                        case "long" -> longs[random.nextInt(longs.length)];
                        case "double" -> doubles[random.nextInt(doubles.length)];
                        case "string" -> texts[random.nextInt(texts.length)];
                        default -> times[random.nextInt(times.length)];
                    })
                    .toArray()));
        }
        return SharedSession.get().createDataFrame(rows, schema);
    }

    /** A random expression that means something to the eye. */
    private static final class Writer {
        private final Random random;

        Writer(long seed) {
            random = new Random(seed);
        }

        private String one(String... of) {
            return of[random.nextInt(of.length)];
        }

        private String one(List<String> of) {
            return of.get(random.nextInt(of.size()));
        }

        String condition(int depth) {
            String a = number(depth);
            String b = number(depth);
            return switch (depth == 0 ? 0 : random.nextInt(9)) {
                case 0, 1 -> a + one(" < ", " <= ", " > ", " = ", " <> ", " <=> ") + b;
                case 2 -> "(" + condition(depth - 1) + one(" AND ", " OR ") + condition(depth - 1) + ")";
                case 3 -> "NOT (" + condition(depth - 1) + ")";
                case 4 -> a + " BETWEEN " + b + " AND " + number(depth - 1);
                case 5 -> a + " IN (" + b + ", 3)";
                case 6 -> "(" + a + ") IS NOT NULL";
                case 7 -> "isnan(" + a + ")";
                default ->
                    one(
                            "datetime + INTERVAL 9999999 DAY > '2025-01-01'",
                            "datetime - '0001-01-01' > INTERVAL 1 DAY",
                            "run::int > 3",
                            "CAST(run AS DECIMAL(5, 2)) > 3",
                            "CAST(datetime AS DATE) < '2025-01-01'",
                            "CAST(run AS TIMESTAMP) < '2025-01-01'",
                            "CAST(bias_voltage AS TINYINT) = 3",
                            "CAST(line AS BOOLEAN)");
            };
        }

        String number(int depth) {
            if (depth == 0) {
                return random.nextInt(3) == 0 ? one(NUMBERS) : one(INTEGERS);
            }
            String a = number(depth - 1);
            String b = number(depth - 1);
            return switch (random.nextInt(12)) {
                case 0, 1, 2 -> "(" + a + one(" + ", " - ", " * ", " / ", " % ", " div ") + b + ")";
                case 3 -> "(- " + a + ")";
                case 4 -> "abs(" + a + ")";
                case 5 ->
                    one("mod", "pmod", "power", "hypot", "least", "greatest", "nullif", "coalesce", "try_divide") + "("
                            + a + ", " + b + ")";
                case 6 -> one("round", "floor", "ceil") + "(" + a + ", " + one("-20", "-9", "-1", "0", "2", "30") + ")";
                case 7 ->
                    one("round", "floor", "ceiling", "sqrt", "exp", "ln", "log10", "sign", "bit_count") + "(" + a + ")";
                case 8 -> "(" + a + one(" & ", " | ", " ^ ", " << ", " >> ") + b + ")";
                case 9 -> "CASE WHEN " + condition(depth - 1) + " THEN " + a + " ELSE " + b + " END";
                case 10 ->
                    "CAST(" + a + " AS " + one("INT", "BIGINT", "DOUBLE", "DECIMAL(5, 2)", "DECIMAL(38, 0)", "TINYINT")
                            + ")";
                default -> a;
            };
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void noExpressionThatIsLetThroughStopsAJob(long seed) {
        Writer writer = new Writer(seed);
        Dataset<Row> rows = extremes().cache();
        List<String> accepted = new ArrayList<>();
        for (int i = 0; i < Integer.getInteger("etroc.test.cuts", 100); i++) {
            String sql = writer.condition(1 + i % 3);
            try {
                accepted.add(SqlCut.checked(sql, TestColumns.HITS, "random"));
            } catch (UsageException e) {
                // types that do not fit: said before anything runs
            }
        }
        assertThat(accepted).hasSizeGreaterThan(40);
        for (int from = 0; from < accepted.size(); from += 50) {
            List<String> some = accepted.subList(from, Math.min(from + 50, accepted.size()));
            List<Row> results = rows.select(some.stream().map(sql -> expr(sql)).toArray(Column[]::new))
                    .collectAsList();
            assertThat(results).allSatisfy(r -> assertThat(r.anyNull()).isFalse());
        }
        rows.unpersist();
    }

    /** Answers for CAL 0, 4 and missing, line 2^63 - 1, run 'x': found by thinking. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "time_of_arrival / calibration_code < 100      | false true false",
                "time_of_arrival / calibration_code >= 0       | false true false",
                "NOT time_of_arrival / calibration_code < 100  | false false false",
                "time_of_arrival % calibration_code = 0        | false true false",
                "time_of_arrival div calibration_code = 2      | false true false",
                "mod(time_of_arrival, calibration_code) = 0    | false true false",
                "pmod(-time_of_arrival, calibration_code) = 0  | false true false",
                "calibration_code = 0 OR 8 / calibration_code < 3 | true true false",
                "8 / calibration_code < 3 OR calibration_code = 0 | true true false",
                "coalesce(8 / calibration_code, 1) = 1         | true false true",
                "time_of_arrival - 8 = 0                       | true true true",
                "line + calibration_code > 0                   | true false false",
                "line * calibration_code = 0                   | true false false",
                "abs(calibration_code - 2) = 2                 | true true false",
                "-calibration_code >= -4                       | true true false",
                "CAST(run AS INT) <> calibration_code          | false false false",
                "CAST(calibration_code AS STRING) = '4'        | false true false",
                "round(time_of_arrival * 10, -2) = 100         | true true true",
            })
    void whatCannotBeComputedFailsTheCutForThatRowAlone(String sql, String expected) {
        StructType schema = TestColumns.HITS.schema();
        List<Row> rows = new ArrayList<>();
        for (Integer code : new Integer[] {0, 4, null}) {
            rows.add(RowFactory.create("x", 0, Long.MAX_VALUE, 0, 8, 1, code, 1, null, "F9P5", 230.0));
        }
        List<Row> answers = SharedSession.get()
                .createDataFrame(rows, schema)
                .coalesce(1)
                .select(expr(SqlCut.checked(sql, TestColumns.HITS, "here")))
                .collectAsList();
        assertThat(answers)
                .extracting(r -> r.getBoolean(0))
                .map(String::valueOf)
                .containsExactly(expected.split(" "));
    }

    @Test
    void circlesFarFromAllCodesAreComputedToo() {
        CutRow row = new CutRow(
                "cuts.csv",
                2,
                0,
                java.util.Map.of(
                        "cut_type", "circle",
                        "cut_direction", "outside",
                        "variable_1", "time_of_arrival",
                        "board_id_1", "0",
                        "variable_2", "time_of_arrival",
                        "board_id_2", "0",
                        "value_1", "900000000",
                        "value_2", "900000000",
                        "value_3", "5"));
        CheckedCuts.Entry entry = TimeCuts.entry(row, 0, TestColumns.TIMES, false);
        Dataset<Row> event = SharedSession.get().sql("SELECT 300 AS time_of_arrival_0");
        assertThat(event.filter(expr(entry.cut().sql())).count()).isEqualTo(1);
    }
}
