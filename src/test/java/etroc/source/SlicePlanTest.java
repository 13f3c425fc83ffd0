package etroc.source;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.runs.DataFile;
import etroc.runs.Run;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SlicePlanTest {
    private static final long MB = 1L << 20;

    private static DataFile file(String name, long length) {
        return new DataFile(name, length, 0, new Run("run", null, List.of(), null), 0);
    }

    private static List<HitPartition> plan(List<DataFile> files, int partitions) {
        return SlicePlan.pack(SlicePlan.slices(files, partitions, false), partitions);
    }

    @Test
    void manySmallFilesMakeFewPartitions() {
        List<DataFile> files =
                IntStream.range(0, 20_000).mapToObj(i -> file("f" + i, 100_000)).toList();
        assertThat(plan(files, 12)).hasSizeBetween(11, 24);
        assertThat(plan(files, 12).stream().flatMap(p -> p.slices().stream()).map(HitSlice::fileIndex))
                .isEqualTo(IntStream.range(0, 20_000).boxed().toList());
    }

    /** However few executors had come when the files were cut, slices can be packed for those that are there when they are read. */
    @Test
    void largeFilesAreCutSoThatMoreExecutorsCanShareThem() {
        List<HitSlice> slices = SlicePlan.slices(List.of(file("f", 10_000 * MB), file("g.gz", 500 * MB)), 6, false);
        assertThat(slices).hasSizeBetween(300, 400);
        assertThat(slices.stream().mapToLong(s -> s.part().bytes()).sum()).isEqualTo(10_500 * MB);
        assertThat(slices.stream().filter(s -> s.fileIndex() == 1)).hasSize(1);
        assertThat(SlicePlan.pack(slices, 6)).hasSizeGreaterThan(70);
        assertThat(SlicePlan.pack(slices, 240)).hasSizeGreaterThan(200);
    }

    @Test
    void littleDataIsNotCutIntoManyPieces() {
        assertThat(SlicePlan.slices(List.of(file("f", 3 * MB)), 600, false)).hasSize(3);
        assertThat(SlicePlan.slices(List.of(file("f", 0)), 600, false)).isEmpty();
        assertThat(SlicePlan.wholeFiles(List.of(file("f", 0), file("g", 7)))).hasSize(2);
    }

    /** Executors that are promised but have not registered count. */
    @Test
    void coresAreThoseOfTheClusterAsItWillBe() {
        SparkConf conf = new SparkConf(false);
        assertThat(SlicePlan.cores(conf, 2)).isEqualTo(2);
        conf.set("spark.executor.instances", "10").set("spark.executor.cores", "4");
        assertThat(SlicePlan.cores(conf, 2)).isEqualTo(40);
        assertThat(SlicePlan.cores(conf, 64)).isEqualTo(64);
        conf.set("spark.dynamicAllocation.enabled", "true");
        assertThat(SlicePlan.cores(conf, 2)).isEqualTo(2);
        conf.set("spark.dynamicAllocation.maxExecutors", "5");
        assertThat(SlicePlan.cores(conf, 2)).isEqualTo(20);
        conf.set("spark.cores.max", "100");
        assertThat(SlicePlan.cores(conf, 2)).isEqualTo(100);
    }
}
