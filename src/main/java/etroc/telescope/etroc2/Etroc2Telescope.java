package etroc.telescope.etroc2;

import etroc.telescope.resolution.Draws;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * A telescope's pixels and tracks.
 *
 * @param input hits and frames
 * @param hits with {@link InputHits#REASON}, {@link InputHits#GOOD}, place on the chip and whether the pixel is hot
 * @param pixels with input hits
 * @param odd hot and dead pixels
 * @param flow hits by board and reason
 * @param singles events with good hits
 * @param tracks by set of boards
 */
record Etroc2Telescope(
        BeamInput input,
        Etroc2Settings settings,
        Draws draws,
        Dataset<Row> hits,
        List<Pixel> pixels,
        List<OddPixel> odd,
        List<HitFlow> flow,
        SingleHits singles,
        List<Tracks> tracks) {

    /** @param draws of the bootstrap of a track's events */
    static Etroc2Telescope of(BeamInput input, Etroc2Settings settings, Draws draws) {
        Dataset<Row> withReason = InputHits.withReason(input.hits(), settings);
        List<Pixel> calibrated = InputHits.calibrated(withReason, settings);
        List<OddPixel> odd = OddPixel.of(calibrated, settings);
        Set<String> hot = odd.stream()
                .filter(o -> o.kind().equals("hot"))
                .map(o -> Pixel.label(o.dataBoardId(), o.row() * Pixel.SIDE + o.column()))
                .collect(Collectors.toSet());
        List<Pixel> pixels =
                calibrated.stream().map(p -> p.withHot(hot.contains(p.label()))).toList();
        Dataset<Row> hits = InputHits.withGood(withReason, pixels, settings.calWindow());
        List<Integer> boards =
                pixels.stream().map(Pixel::dataBoardId).distinct().sorted().toList();
        SingleHits found = SingleHits.of(hits, boards);
        SingleHits singles = new SingleHits(found.events().persist(StorageLevel.MEMORY_AND_DISK()), boards);
        List<Tracks> tracks = BoardSet.all(boards, settings.roles()).stream()
                .map(set -> Tracks.of(singles, set, settings))
                .toList();
        return new Etroc2Telescope(input, settings, draws, hits, pixels, odd, HitFlow.of(hits), singles, tracks);
    }

    /** Resolutions of the tracks of a set. */
    TrackResults results(Tracks of) {
        return TrackResults.of(of, analysed(of));
    }

    /** What the events of each track of a set say. */
    List<TrackResult> analysed(Tracks of) {
        return TrackEvents.analysed(singles, of, pixels, settings, draws);
    }
}
