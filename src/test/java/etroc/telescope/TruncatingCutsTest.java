package etroc.telescope;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TruncatingCutsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "coalesce(abs(time_of_arrival_ns_0 - time_of_arrival_ns_1) / sqrt(2D) < 0.1D, false)",
                "time_of_arrival_0 between time_of_arrival_3 - 5 and 100",
                "calibration_code_0 > 3 and pow(time_of_arrival_ns_0 - 5, 2) + pow(time_of_arrival_ns_3 - 5, 2) < 4"
            })
    void aConditionOnTwoBoardsTimesTruncates(String sql) {
        assertThat(TruncatingCuts.truncates(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "coalesce(time_of_arrival_ns_0 > 4D, false) AND coalesce(time_of_arrival_ns_1 > 4D, false)",
                "time_over_threshold_ns_0 - time_over_threshold_ns_1 < 2",
                "time_of_arrival_ns_0 - time_over_threshold_ns_3 < 2"
            })
    void othersDoNot(String sql) {
        assertThat(TruncatingCuts.truncates(sql)).isFalse();
    }
}
