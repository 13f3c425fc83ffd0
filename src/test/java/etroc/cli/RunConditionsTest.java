package etroc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.store.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunConditionsTest {
    private record Row(
            String run,
            @Nullable Integer phaseAdjust,
            @Nullable Double biasVoltage,
            int boardInjectedCharge_3,
            int boardDiscriminatorThreshold_3,
            long hits) {}

    @Test
    void fewValuesAreListedAndMoreAreARange() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            rows.add(new Row("r" + i, 0, null, 15 + 5 * (i % 2), 500 + i, i));
        }
        List<String> found = RunConditions.of(Table.of("runs", Row.class, rows)).stream()
                .map(r -> r[0] + "|" + r[1])
                .toList();
        assertThat(found)
                .containsExactly(
                        "runs|20",
                        "phase adjust|0",
                        "board 3: injected charge [fC]|15, 20",
                        "board 3: discriminator threshold [DAC]|500 to 519 (20 values)");
    }
}
