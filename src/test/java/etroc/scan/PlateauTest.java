package etroc.scan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlateauTest {
    private static final NoiseOptions AUTO = new NoiseOptions(null, null, null, 3, 4, null, 0.01);

    @Test
    void isTheMedianAroundTheMostCommonCount() {
        Plateau plateau = Plateau.of(new double[] {0, 0, 400, 380, 99, 100, 101, 104, 103, 40, 3}, AUTO);
        assertThat(plateau.hits()).isEqualTo(101);
        assertThat(plateau.window()).isEqualTo(1.5 * Math.sqrt(101));
        assertThat(plateau.flatness()).isEqualTo(1.2 * Math.sqrt(101));
    }

    @Test
    void automaticSettlingLiesBeyondTheBump() {
        // the rising flank passes through the plateau in a straight line: flat in the mean, but noise
        double[] hits = {0, 99, 100, 101, 300, 150, 100, 100, 100, 50, 0};
        assertThat(Plateau.of(new double[] {100, 100, 100}, AUTO).firstSettled(hits, 3))
                .isEqualTo(7);
        NoiseOptions typed = new NoiseOptions(100.0, 15.0, 12.0, 3, 4, null, 0.01);
        assertThat(Plateau.of(hits, typed).firstSettled(hits, 3)).isEqualTo(2);
    }

    @Test
    void endsOfTheCurveNeverSettle() {
        double[] hits = {100, 100};
        assertThat(Plateau.of(hits, AUTO).firstSettled(hits, 3)).isEqualTo(-1);
        assertThat(Plateau.of(new double[0], AUTO).hits()).isNaN();
    }
}
