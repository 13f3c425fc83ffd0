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

    /** An interval at the end of what is possible does not reach beyond it. */
    @Test
    void intervalsHaveTwoSides() {
        Series points = Series.Points.within("board", List.of(100.0), x -> 1, y -> y, low -> 99.5, high -> 100);
        Figure figure = new Figure("id", "section", "title", "x", "y", List.of(points), List.of(), "");
        assertThat(CsvOfFigure.of(figure)).contains("board,1,,100,,99.5,100,");
        assertThat(PlotlyJson.of(figure)).contains("\"array\":[0]", "\"arrayminus\":[0.5]");
    }

    @Test
    void aFewWholeNumbersHaveEachAPlace() {
        Series whole = new Series.Counts("a", List.of(-0.5, 0.5), List.of(0.5, 1.5), List.of(3.0, 4.0));
        Series codes = new Series.Counts("a", List.of(0.0, 0.4), List.of(0.4, 0.8), List.of(3.0, 4.0));
        assertThat(PlotlyJson.of(new Figure("id", "", "", "hits", "y", List.of(whole), List.of(), "")))
                .contains("\"dtick\":1");
        assertThat(PlotlyJson.of(new Figure("id", "", "", "time [ns]", "y", List.of(codes), List.of(), "")))
                .doesNotContain("\"dtick\"");
    }
}
