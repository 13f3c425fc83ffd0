package etroc.telescope.calibration;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import etroc.source.HitColumn;
import etroc.telescope.events.EventVariables;
import etroc.telescope.events.NumberedHits;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * How often each calibration code occurs in each slice of each run: one aggregation over the events, from which everything about the codes
 * follows. Some ten to thirty rows a slice and board, kept on the executors.
 */
final class CodeCounts implements Closeable {
    private static final String SLICE = "slice";
    private static final String BOARD = "board";
    private static final String CODE = "code";
    private static final String HITS = "hits";
    private static final String MEDIAN = "median";
    private static final List<String> SATURATED = List.of("toa_low", "toa_high", "tot_low", "tot_high");

    private final Dataset<Row> counts;

    /** @param sliceEvents numbers of events in a slice */
    CodeCounts(Dataset<Row> events, List<Integer> boards, int sliceEvents) {
        Column hits = array(boards.stream().map(CodeCounts::hit).toArray(Column[]::new));
        Column number = col(EventVariables.EVENT);
        counts = events.select(
                        col(NumberedHits.RUN_INDEX),
                        number,
                        expr(EventVariables.EVENT + " div " + sliceEvents).as(SLICE),
                        explode(hits).as("hit"))
                .select(col(NumberedHits.RUN_INDEX), number, col(SLICE), col("hit.*"))
                .where(col(CODE).isNotNull())
                .groupBy(col(NumberedHits.RUN_INDEX), col(SLICE), col(BOARD), col(CODE))
                .agg(
                        count(lit(1)).as(HITS),
                        sum(number).as("numbers"),
                        min(number).as("first"),
                        max(number).as("last"),
                        count_if(expr("toa = 0")).as("toa_low"),
                        count_if(expr("toa = " + Saturated.TOA_END)).as("toa_high"),
                        count_if(expr("tot = 0")).as("tot_low"),
                        count_if(expr("tot = " + Saturated.TOT_END)).as("tot_high"))
                .persist(StorageLevel.MEMORY_AND_DISK());
    }

    private static Column hit(int board) {
        return org.apache.spark.sql.functions.struct(
                lit(board).as(BOARD),
                col(TimeColumns.column(HitColumn.CAL.columnName(), board))
                        .cast("int")
                        .as(CODE),
                col(TimeColumns.column(HitColumn.TOA.columnName(), board)).as("toa"),
                col(TimeColumns.column(HitColumn.TOT.columnName(), board)).as("tot"));
    }

    /** Board, code, hits, saturated hits of each kind: at most a row a code. */
    List<Row> byCode() {
        return counts.groupBy(BOARD, CODE)
                .agg(
                        sum(HITS),
                        SATURATED.stream()
                                .map(org.apache.spark.sql.functions::sum)
                                .toArray(Column[]::new))
                .collectAsList();
    }

    /** Run, slice, board, then those of {@link #near}. */
    List<Row> bySlice() {
        return near(counts, NumberedHits.RUN_INDEX, SLICE, BOARD);
    }

    /** Run, board, then those of {@link #near}, without sums of numbers, which have no use there. */
    List<Row> byRun() {
        Dataset<Row> ofRuns = counts.groupBy(NumberedHits.RUN_INDEX, BOARD, CODE)
                .agg(
                        sum(HITS).as(HITS),
                        lit(0L).as("numbers"),
                        min("first").as("first"),
                        max("last").as("last"));
        return near(ofRuns, NumberedHits.RUN_INDEX, BOARD);
    }

    /** Codes of groups, and those near the group's median: first and last event, hits, median; hits near it, sums of their numbers, codes and squares. */
    private static List<Row> near(Dataset<Row> grouped, String... groups) {
        Column isNear =
                org.apache.spark.sql.functions.abs(col(CODE).minus(col(MEDIAN))).leq(lit(CalibrationSlice.REACH));
        String median =
                "percentile(" + CODE + ", 0.5D, " + HITS + ") OVER (PARTITION BY " + String.join(", ", groups) + ")";
        List<Column> sums = new ArrayList<>(List.of(max("last"), sum(HITS), first(MEDIAN)));
        for (String what : List.of(HITS, "numbers", HITS + " * " + CODE, HITS + " * " + CODE + " * " + CODE)) {
            sums.add(sum(when(isNear, expr(what)).otherwise(lit(0L))));
        }
        return grouped.withColumn(MEDIAN, expr(median))
                .groupBy(Arrays.stream(groups)
                        .map(org.apache.spark.sql.functions::col)
                        .toArray(Column[]::new))
                .agg(min("first"), sums.toArray(Column[]::new))
                .orderBy(Stream.of(groups)
                        .map(org.apache.spark.sql.functions::col)
                        .toArray(Column[]::new))
                .collectAsList();
    }

    @Override
    public void close() {
        counts.unpersist(false);
    }
}
