package etroc.cuts;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import etroc.UsageException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlCheckTest {
    private static final List<String> COLUMNS = List.of("calibration_code", "time_of_arrival");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "calibration_code < 200",
                "calibration_code BETWEEN 100 AND 200 AND NOT time_of_arrival IN (1, 2)",
                "abs(calibration_code - 150.5) / 2 <= sqrt(time_of_arrival) OR time_of_arrival IS NULL",
                "CASE WHEN calibration_code > 3 THEN true ELSE -time_of_arrival > -4 END",
                "calibration_code % 2 = 0 AND try_divide(1, calibration_code) < 0.01",
            })
    void letsExpressionsThrough(String sql) {
        SqlCheck.check(sql, COLUMNS, "test");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "calibration_cod < 200|calibration_cod'; possible: calibration_code, time_of_arrival",
                "reflect('java.lang.System', 'exit', 1) = 0|'reflect'",
                "java_method('java.lang.System', 'exit', 1) = 0|'java_method'",
                "calibration_code < (SELECT 1)|may not",
                "EXISTS (SELECT 1)|may not",
                "calibration_code IN (SELECT 1)|may not",
                "calibration_code <|no SQL expression",
                "assert_true(false)|'assert_true'",
                "exists(array(1), x -> x > 0)|'exists'",
                "* < 3|may not",
                "count(*) > 3|'count'",
                "`calibration_code` + 1|true or false",
                "\"calibration_code < 200\"|true or false",
                "200|true or false",
            })
    void stopsEverythingElse(String sql, String hint) {
        assertThatThrownBy(() -> SqlCheck.check(sql, COLUMNS, "test"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("test")
                .hasMessageContaining(hint);
    }

    @Test
    void qualifiedFunctionsDoNotSlipThrough() {
        assertThatThrownBy(() -> SqlCheck.check("spark_catalog.default.abs(calibration_code) > 1", COLUMNS, "test"))
                .isInstanceOf(UsageException.class);
    }
}
