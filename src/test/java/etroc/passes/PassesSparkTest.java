package etroc.passes;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import etroc.SharedSession;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassesSparkTest {
    /** Keeps the numbers that it was given in their order: any other order of merging shows. */
    private static final class Numbers implements Passes.Accumulator<Numbers> {
        private static final long serialVersionUID = 1L;
        private final List<Long> numbers = new ArrayList<>();

        @Override
        public void add(InternalRow row) {
            numbers.add(row.getLong(0));
        }

        @Override
        public void add(Numbers other) {
            numbers.addAll(other.numbers);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 5, 64, 333})
    void partsAreMergedInTheOrderOfTheirPartitions(int partitions) {
        Numbers found =
                Passes.over(SharedSession.get().range(0, 1000, 1, partitions).toDF(), List.of(col("id")), Numbers::new);
        assertThat(found.numbers)
                .containsExactlyElementsOf(LongStream.range(0, 1000).boxed().toList());
    }

    /** A megabyte of sums, as those of a bootstrap. */
    private static final class Large implements Passes.Accumulator<Large> {
        private static final long serialVersionUID = 1L;
        private final long[] sums = new long[1 << 17];

        @Override
        public void add(InternalRow row) {
            sums[(int) row.getLong(0) % sums.length] += row.getLong(0);
        }

        @Override
        public void add(Large other) {
            IntStream.range(0, sums.length).forEach(i -> sums[i] += other.sums[i]);
        }
    }

    /** Collected as they are, these sums are 400 MB, and Spark refuses results of more than it was told. */
    @Test
    void theDriverReceivesOneResultHoweverManyPartitionsThereAre() {
        String limit = "spark.driver.maxResultSize";
        assertThat(SharedSession.get().sparkContext().getConf().get(limit, "1g"))
                .isEqualTo("1g");
        Large found =
                Passes.over(SharedSession.get().range(0, 400_000, 1, 1200).toDF(), List.of(col("id")), Large::new);
        assertThat(LongStream.of(found.sums).sum()).isEqualTo(400_000L * 399_999 / 2);
    }
}
