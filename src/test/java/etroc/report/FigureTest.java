package etroc.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FigureTest {
    /** A fit has the colour of its points, wherever it stands; what belongs to nothing has one of its own. */
    @Test
    void whatBelongsTogetherSharesAColour() {
        List<Series> series = Stream.of("noise", "15 fC", "15 fC: t50 485", "20 fC", "30 fC: t50 500", "20 fC: t50 507")
                .<Series>map(name -> new Series.Line(name, List.of(0.0, 1.0), List.of(0.0, 1.0)))
                .toList();
        Figure figure = new Figure("id", "section", "title", "x", "y", series, List.of(), "");
        assertThat(figure.inks()).containsExactly(0, 1, 1, 2, 3, 2);
    }
}
