package etroc.telescope.etroc2;

import etroc.pipeline.Context;
import etroc.store.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * What pixels and boards show in their place on the chip.
 *
 * @param efficiencyMap by predicted pixel
 */
record Maps(
        List<HitMap> hits,
        List<HitCount> counts,
        List<ClusterSize> clusters,
        List<Efficiency> efficiencyMap,
        List<BoardEfficiency> efficiencies,
        List<Neighbour> neighbours) {
    /** A part of the work, under a name. */
    interface Steps {
        <T> T step(String name, Callable<T> work);
    }

    static Maps of(Etroc2Telescope telescope, Steps steps) {
        Frames frames = steps.step("frames", () -> Frames.of(telescope));
        List<HitMap> hits = steps.step("hit map", () -> HitMap.of(telescope, frames));
        List<HitCount> counts = steps.step("hits of frames and events", () -> HitCount.of(telescope, frames));
        List<ClusterSize> clusters = steps.step("clusters", () -> ClusterSize.of(telescope));
        List<Efficiency> map = new ArrayList<>();
        List<Neighbour> neighbours = new ArrayList<>();
        if (telescope.singles().boards().size() > Efficiencies.FEWEST_OTHERS) {
            steps.step("efficiencies and neighbours", () -> predicted(telescope, frames, map, neighbours));
        }
        return new Maps(hits, counts, clusters, map, BoardEfficiency.of(telescope, frames, counts, map), neighbours);
    }

    /** What the other boards predict of each board. */
    private static boolean predicted(
            Etroc2Telescope telescope, Frames frames, List<Efficiency> map, List<Neighbour> neighbours) {
        Dataset<Row> predictions = Predictions.of(telescope, frames).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            map.addAll(Efficiencies.map(predictions, telescope.settings()));
            return neighbours.addAll(Neighbours.of(
                    telescope.singles().boards(), PixelCalibration.whole(telescope.pixels()), predictions, map));
        } finally {
            predictions.unpersist();
        }
    }

    void tables(Context context) {
        context.table(Table.of(HitMap.TABLE, HitMap.class, hits));
        context.table(Table.of(HitCount.TABLE, HitCount.class, counts));
        context.table(Table.of(ClusterSize.TABLE, ClusterSize.class, clusters));
        context.table(Table.of(Efficiency.TABLE, Efficiency.class, efficiencyMap));
        context.table(Table.of(BoardEfficiency.TABLE, BoardEfficiency.class, efficiencies));
        context.table(Table.of(Neighbour.TABLE, Neighbour.class, neighbours));
    }

    /** What is said of maps and efficiencies, also beside them. */
    void remarks(Context context) {
        Map<String, Set<Integer>> said = new LinkedHashMap<>();
        hits.stream()
                .filter(h -> !h.remark().isEmpty())
                .forEach(h ->
                        said.computeIfAbsent(h.remark(), r -> new TreeSet<>()).add(h.dataBoardId()));
        said.forEach((text, boards) -> context.remark(
                "hit map",
                "boards " + boards.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ": " + text));
        efficiencies.stream()
                .filter(e -> !e.remark().isEmpty())
                .forEach(e -> context.remark("efficiency", "board " + e.dataBoardId() + ": " + e.remark()));
    }
}
