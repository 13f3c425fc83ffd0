package etroc.telescope.etroc2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import etroc.Golden;
import etroc.telescope.etroc2.TrackResults.Board;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From hits to the resolution of each board, on the golden case, with rows in any order. */
class TracksSparkTest {
    private static final Path CASE = Golden.whole("etroc2-telescope");

    private static List<Map<String, String>> csv(String name) {
        return Golden.csv(CASE.resolve("expected").resolve(name + ".csv"));
    }

    private static double number(Map<String, String> row, String key) {
        return Double.parseDouble(row.getOrDefault(key, ""));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void goldenTelescope(int partitions) {
        Etroc2Telescope telescope = GoldenBeam.telescope(CASE, partitions);
        countsAreExact(telescope);
        pixelsAreCalibrated(telescope);
        for (Tracks tracks : telescope.tracks()) {
            tracksAreFound(tracks);
            TrackEvents.Results results =
                    telescope.events(tracks, GoldenBeam.resolution()).results();
            resolutionsAgree(tracks, TrackResults.of(tracks, results.tracks()));
            combinedAgree(new Combined(tracks.set(), results.pixels(), 20));
        }
    }

    private static void countsAreExact(Etroc2Telescope telescope) {
        Map<String, String> summary =
                csv("summary").stream().collect(Collectors.toMap(r -> r.get("quantity"), r -> r.get("value")));
        List<HitFlow> flow = telescope.flow();
        assertThat(flow.stream().mapToLong(HitFlow::hits).sum()).isEqualTo(Long.parseLong(summary.get("hits")));
        assertThat(flow.stream().mapToLong(HitFlow::inputHits).sum())
                .isEqualTo(Long.parseLong(summary.get("input_hits")));
        assertThat(flow.stream().mapToLong(HitFlow::goodHits).sum())
                .isEqualTo(Long.parseLong(summary.get("good_hits")));
        assertThat(flow)
                .allSatisfy(f -> assertThat(f.crc() + f.count() + f.type() + f.ea() + f.cal() + f.inputHits())
                        .isEqualTo(f.hits()));
        assertThat(telescope.odd().stream()
                        .filter(o -> o.kind().equals("hot"))
                        .map(o -> Pixel.label(o.dataBoardId(), o.row() * Pixel.SIDE + o.column())))
                .containsExactly(summary.get("hot_pixels"));
    }

    private static void pixelsAreCalibrated(Etroc2Telescope telescope) {
        List<Map<String, String>> rows = csv("cal_table");
        assertThat(telescope.pixels()).hasSameSizeAs(rows);
        for (int i = 0; i < rows.size(); i++) {
            Pixel p = telescope.pixels().get(i);
            Map<String, String> row = rows.get(i);
            assertThat(List.of(
                            p.dataBoardId(),
                            p.row(),
                            p.column(),
                            (int) p.hits(),
                            p.calMode(),
                            (int) p.coreHits(),
                            p.calibrated() ? 1 : 0,
                            p.hot() ? 1 : 0))
                    .isEqualTo(
                            List.of("board", "row", "col", "hits", "cal_mode", "core_hits", "calibrated", "hot")
                                    .stream()
                                    .map(k -> Integer.valueOf(row.get(k)))
                                    .toList());
            assertThat(p.calCoreMean() / number(row, "cal_core_mean")).isCloseTo(1, within(1e-9));
        }
    }

    private static String pixels(Map<String, String> row, List<Integer> boards) {
        return boards.stream()
                .map(b -> b + ":R" + row.get("row_" + b) + "C" + row.get("col_" + b))
                .collect(Collectors.joining(" "));
    }

    private static void tracksAreFound(Tracks tracks) {
        String label = tracks.set().label();
        assertThat(tracks.alignment().stream()
                        .map(a -> List.of(
                                a.anchor(), (int) a.singleHitEvents(), a.dataBoardId(), a.rowShift(), a.columnShift())))
                .isEqualTo(csv("alignment").stream()
                        .filter(r -> label.equals(r.get("boards")))
                        .map(r -> List.of("anchor", "single_hit_events", "board", "row_shift", "col_shift").stream()
                                .map(k -> Integer.valueOf(r.get(k)))
                                .toList())
                        .toList());
        assertThat(tracks.tracks().stream()
                        .filter(t -> t.events() >= 20)
                        .map(t -> t.pixels() + " " + t.events() + " " + (t.accepted() ? 1 : 0)))
                .isEqualTo(csv("tracks_" + label).stream()
                        .map(r -> pixels(r, tracks.set().boards()) + " " + r.get("events") + " " + r.get("accepted"))
                        .toList());
    }

    private static void resolutionsAgree(Tracks tracks, TrackResults results) {
        Map<String, Board> found = new HashMap<>();
        results.boards().forEach(b -> found.put(b.pixels() + b.step() + b.dataBoardId(), b));
        Map<String, Double> widths = results.pairs().stream()
                .collect(Collectors.toMap(p -> p.pixels() + p.step() + p.boardA() + p.boardB(), p -> p.widthNs()));
        List<Map<String, String>> rows = csv("resolution_" + tracks.set().label());
        assertThat(results.boards())
                .hasSize(rows.size() * 3 * tracks.set().boards().size());
        for (Map<String, String> row : rows) {
            String track = pixels(row, tracks.set().boards());
            row.forEach((key, value) -> {
                String[] words = key.split("_", 3);
                String step = words[0];
                Offset<Double> tolerance = within(step.equals("raw") ? 1e-9 : 1e-7);
                if (key.contains("sigma")) {
                    Board board = found.get(track + step + words[2]);
                    assertThat(board.afterWindows()).isEqualTo(Long.parseLong(row.get("after_windows")));
                    assertThat(board.afterCorrelation()).isEqualTo(Long.parseLong(row.get("after_correlation")));
                    assertThat(board.sigmaNs()).as(track + key).isCloseTo(Double.parseDouble(value), tolerance);
                } else if (key.matches("(raw|walk)_std_.*|core_.*")) {
                    assertThat(widths.get(track + step + words[words.length - 1]))
                            .as(track + key)
                            .isCloseTo(Double.parseDouble(value), tolerance);
                }
            });
        }
    }

    private static void combinedAgree(Combined combined) {
        Map<String, Combined.Row> found = new HashMap<>();
        combined.boardRows().forEach(r -> found.put(r.step() + r.dataBoardId() + "nullnull", r));
        combined.pixelRows().forEach(r -> found.put(r.step() + r.dataBoardId() + r.row() + r.column(), r));
        List<Map<String, String>> rows = csv("combined_" + combined.set().label());
        assertThat(rows).isNotEmpty();
        for (Map<String, String> row : rows) {
            String key = row.get("step") + row.get("board") + blank(row.get("row")) + blank(row.get("col"));
            Combined.Row own = found.get(key);
            assertThat(own).as(key).isNotNull();
            assertThat(List.of((long) own.tracks(), own.events()))
                    .isEqualTo(List.of(Long.parseLong(row.get("tracks")), Long.parseLong(row.get("events"))));
            double tolerance = row.get("step").equals("raw") ? 1e-10 : 1e-8;
            assertThat(own.varianceNs2()).as(key).isCloseTo(number(row, "variance"), within(tolerance));
            assertThat(own.ndf()).isEqualTo(own.tracks() - 1);
        }
    }

    private static String blank(String text) {
        return text == null || text.isEmpty() ? "null" : text;
    }
}
