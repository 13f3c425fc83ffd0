package etroc.telescope.etroc2;

import etroc.telescope.TelescopeSettings;
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
 * @param pixels with input hits, by slices of their calibration
 * @param odd hot and dead pixels
 * @param flow hits by board and reason
 * @param singles events with good hits
 * @param tracks by set of boards
 */
record Etroc2Telescope(
        BeamInput input,
        Etroc2Settings settings,
        Dataset<Row> hits,
        List<Pixel> pixels,
        List<OddPixel> odd,
        List<HitFlow> flow,
        SingleHits singles,
        List<Tracks> tracks) {

    static Etroc2Telescope of(BeamInput input, Etroc2Settings settings) {
        Dataset<Row> withReason = InputHits.withReason(input.hits(), settings);
        List<Pixel> calibrated = PixelCalibration.of(withReason.filter(InputHits.isInput()), settings);
        List<OddPixel> odd = OddPixel.of(PixelCalibration.whole(calibrated), settings);
        Set<String> hot =
                odd.stream().filter(OddPixel::isHot).map(OddPixel::label).collect(Collectors.toSet());
        List<Pixel> pixels =
                calibrated.stream().map(p -> p.withHot(hot.contains(p.label()))).toList();
        Dataset<Row> hits = InputHits.withGood(withReason, pixels, odd, settings);
        SingleHits singles = singles(hits, pixels);
        List<Tracks> tracks = BoardSet.all(singles.boards(), settings.roles()).stream()
                .map(set -> Tracks.of(singles, set, settings))
                .toList();
        return new Etroc2Telescope(input, settings, hits, pixels, odd, HitFlow.of(hits), singles, tracks);
    }

    /** The same as an earlier result has it: nothing is counted again. */
    static Etroc2Telescope earlier(
            BeamInput input,
            Etroc2Settings settings,
            List<Pixel> pixels,
            List<OddPixel> odd,
            List<HitFlow> flow,
            List<Alignment> alignment,
            List<Track> tracks) {
        Dataset<Row> hits = InputHits.withGood(InputHits.withReason(input.hits(), settings), pixels, odd, settings);
        SingleHits singles = singles(hits, pixels);
        List<Tracks> ofSets = BoardSet.all(singles.boards(), settings.roles()).stream()
                .map(set -> new Tracks(
                        set,
                        alignment.stream()
                                .filter(a -> a.boards().equals(set.label()))
                                .toList(),
                        tracks.stream()
                                .filter(t -> t.boards().equals(set.label()))
                                .toList()))
                .toList();
        return new Etroc2Telescope(input, settings, hits, pixels, odd, flow, singles, ofSets);
    }

    private static SingleHits singles(Dataset<Row> hits, List<Pixel> pixels) {
        List<Integer> boards =
                pixels.stream().map(Pixel::dataBoardId).distinct().sorted().toList();
        SingleHits found = SingleHits.of(hits, boards);
        return new SingleHits(found.events().persist(StorageLevel.MEMORY_AND_DISK()), boards);
    }

    /** Events of the tracks of a set. */
    TrackEvents events(Tracks of, TelescopeSettings telescope) {
        return TrackEvents.of(singles, of, settings, telescope);
    }
}
