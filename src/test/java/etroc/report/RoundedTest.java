package etroc.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rule of the Particle Data Group, Review of Particle Physics, introduction, section 5.3, with its examples. */
class RoundedTest {
    @ParameterizedTest
    @CsvSource({
        "0.827, 0.119, 0.83 ± 0.12",
        "0.827, 0.367, 0.8 ± 0.4",
        "0.827, 0.0967, 0.83 ± 0.10",
        "39.1116, 0.0523, 39.11 ± 0.05",
        "1234.5, 99.7, 1230 ± 100",
        "-0.010178, 0.0000223, -0.010178 ± 0.000022",
        "1234567, 354000, 1230000 ± 350000",
        "1234567, 356000, 1200000 ± 400000",
    })
    void examples(double value, double unc, String text) {
        assertThat(Rounded.of(value, unc)).isEqualTo(text);
    }

    @Test
    void valuesAloneAndNothing() {
        assertThat(Rounded.of(3.14159265, null)).isEqualTo("3.1416");
        assertThat(Rounded.of(587.0, 0.0)).isEqualTo("587");
        assertThat(Rounded.of(582.3333333333334, 1.3e-13)).isEqualTo("582.33");
        assertThat(Rounded.of(null, 1.0)).isEqualTo("–");
        assertThat(Rounded.of(Double.NaN, null)).isEqualTo("–");
        assertThat(Rounded.of(0.0, null)).isEqualTo("0");
    }
}
