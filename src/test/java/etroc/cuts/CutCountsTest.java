package etroc.cuts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts against the definitions: alone, cumulative, all others. */
class CutCountsTest {
    private static final int ROWS = 3000;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 62, 63, 130})
    void countsWhatTheDefinitionsSay(int cuts) {
        Random random = new Random(cuts);
        CutCounts one = new CutCounts(cuts);
        CutCounts two = new CutCounts(cuts);
        List<boolean[]> rows = new ArrayList<>();
        for (int r = 0; r < ROWS; r++) {
            boolean[] passes = new boolean[cuts];
            long[] masks = new long[(cuts + 61) / 62];
            // few fail, so that rows that fail one only are there with many cuts too
            for (int c = 0; c < cuts; c++) {
                passes[c] = random.nextInt(2 * cuts + 1) > 0;
                if (!passes[c]) {
                    masks[c / 62] |= 1L << c % 62;
                }
            }
            rows.add(passes);
            boolean all = IntStream.range(0, cuts).allMatch(c -> passes[c]);
            assertThat((r % 2 == 0 ? one : two).add(masks)).isEqualTo(all);
        }
        one.add(two);
        List<Cut> named = IntStream.range(0, cuts)
                .mapToObj(c -> new Cut(c, "", "cut " + c, "true"))
                .toList();
        List<Cutflow.Line> lines = one.lines(named);
        assertThat(lines).hasSize(cuts);
        for (int c = 0; c < cuts; c++) {
            int cut = c;
            Cutflow.Line line = lines.get(c);
            assertThat(line.all()).isEqualTo(ROWS);
            assertThat(line.alone()).isEqualTo(rows.stream().filter(p -> p[cut]).count());
            assertThat(line.cumulative())
                    .isEqualTo(rows.stream()
                            .filter(p -> IntStream.rangeClosed(0, cut).allMatch(i -> p[i]))
                            .count());
            assertThat(line.allOthers())
                    .isEqualTo(rows.stream()
                            .filter(p -> IntStream.range(0, cuts).allMatch(i -> i == cut || p[i]))
                            .count());
        }
    }
}
