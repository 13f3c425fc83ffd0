package etroc.cuts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import etroc.UsageException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which expressions may be cuts, and how they are bounded; the table of {@code cuts.md} has the mistakes. */
class SqlCutTest {
    private static String checked(String sql) {
        return SqlCut.checked(sql, TestColumns.HITS, "here");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "calibration_code BETWEEN 100 AND 200 AND NOT time_of_arrival IN (1, 2)",
                "Calibration_Code < 200 OR time_of_arrival IS NULL",
                "(line > 3) IS TRUE AND hit_flag IS DISTINCT FROM 0",
                "CASE hit_flag WHEN 1 THEN true WHEN 2 THEN line > 3 END",
                "run = 'F9P5_F11P5' AND pixel_id <> '--'",
                "datetime < '2025-01-01' OR datetime > date'2025-02-01'",
                "calibration_code < '200' AND bias_voltage > 1.5",
                "if(hit_flag = 1, calibration_code, time_of_arrival) & 3 = ~-4",
                "coalesce(nullif(line, 3), 5) > least(split, greatest(1, 2)) << 2",
                "calibration_code < 200 -\n1",
                "true",
            })
    void whatNeedsNoOtherArithmeticIsAppliedAsItStands(String sql) {
        String applied = checked(sql);
        if (!sql.contains(" -\n") && !sql.contains("~-")) {
            assertThat(applied).isEqualTo("coalesce((" + sql + "), false)");
        }
        assertThat(SqlCut.checked(applied, TestColumns.HITS, "again")).isEqualTo("coalesce((" + applied + "), false)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "datetime + INTERVAL 1 DAY > '2025-01-01'",
                "datetime - '2025-01-01' > INTERVAL 1 DAY",
                "abs(calibration_code - 150.5) / 2 <= sqrt(time_of_arrival)",
                "round(line, -2) > 3 AND floor(line / 3.0, 1) > 3 AND ceil(line) > 3",
                "-time_of_arrival > -4 AND pmod(line, split) = 1 AND mod(line, 3) % 2 = 0",
                "power(time_of_arrival, 2) + exp(2) * ln(3) - log10(line) > hypot(1, 2) * sign(-line)",
                "CAST(run AS INT) < 5 OR run::double > 1e3 OR TRY_CAST(pixel_id AS DECIMAL(10, 2)) = 1",
            })
    void arithmeticIsReplacedByFormsThatAreAnExpressionToo(String sql) {
        String applied = checked(sql);
        assertThat(applied).doesNotContain(sql);
        assertThat(SqlCut.checked(applied, TestColumns.HITS, "again")).contains("coalesce");
    }

    static Stream<String> tooMuch() {
        String deep = "hit_flag";
        String nested = "hit_flag";
        for (int i = 0; i < 60; i++) {
            deep = "abs(" + deep + ")";
            nested = "CASE WHEN " + nested + " = 1 THEN 1 END";
        }
        return Stream.of(
                "(".repeat(1500) + "calibration_code < 200" + ")".repeat(1500),
                "(".repeat(4900) + "true" + ")".repeat(4900),
                "(".repeat(100_000),
                "NOT ".repeat(2400) + "(hit_flag = 1)",
                "- ".repeat(4000) + "hit_flag < 3",
                "~".repeat(9000) + "hit_flag < 3",
                "hit_flag" + " + 1".repeat(1000) + " < 3",
                "hit_flag = 1" + " = true".repeat(1000),
                "CASE WHEN ".repeat(300) + "true" + " THEN true END".repeat(300),
                "case ".repeat(1900),
                deep + " > 1",
                nested + " = 1",
                "calibration_code < " + "1".repeat(20_000));
    }

    @ParameterizedTest
    @MethodSource("tooMuch")
    void whatIsTooDeepOrTooLongIsRefusedInTime(String sql) {
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> assertThatThrownBy(() -> checked(sql))
                        .isInstanceOf(UsageException.class)
                        .hasMessageStartingWith("here: '" + sql.strip().substring(0, 200) + "...' ")
                        .hasMessageMatching(".*(nests too deeply|characters; possible: 10000|too complex to parse).*"));
    }

    @Test
    void manyConditionsAreFine() {
        String many = "hit_flag = 1" + " AND hit_flag = 1".repeat(400);
        assertThat(checked(many)).contains(many);
        String list = "hit_flag IN (1" + ", 2".repeat(2000) + ")";
        assertThat(checked(list)).contains(list);
    }

    @Test
    void messagesAreOneLineWithoutControlCharacters() {
        for (String sql : List.of("calibration_code\n<", "calibration_code \u001b[31m< 200", "a\r\nb", "\u0000")) {
            assertThatThrownBy(() -> checked(sql))
                    .isInstanceOf(UsageException.class)
                    .message()
                    .hasLineCount(1)
                    .doesNotContainPattern("'here: '.*\\p{Cntrl}");
        }
    }
}
