package etroc.source;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.aggregate.AggregateFunc;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.expressions.aggregate.CountStar;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A count of rows by columns that are the same for all hits of a board in a file: the reader counts, and hands Spark a row a slice and board
 * instead of a row a hit.
 *
 * @param columns of the groups, at least one
 * @param counts how many times the count was asked for
 */
record GroupCount(List<HitColumn> columns, int counts) implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Set<HitColumn> SAME_FOR_A_BOARD = EnumSet.of(
            HitColumn.RUN,
            HitColumn.SPLIT,
            HitColumn.BOARD,
            HitColumn.PHASE,
            HitColumn.PIXEL,
            HitColumn.CHARGE,
            HitColumn.THRESHOLD,
            HitColumn.BIAS);

    /** The count that an aggregation asks for, if it is such a count. */
    static Optional<GroupCount> of(Aggregation aggregation) {
        for (AggregateFunc function : aggregation.aggregateExpressions()) {
            if (!(function instanceof CountStar)) {
                return Optional.empty();
            }
        }
        List<HitColumn> columns = new ArrayList<>();
        for (Expression group : aggregation.groupByExpressions()) {
            boolean plain = group instanceof NamedReference reference
                    && reference.fieldNames().length == 1
                    && HitColumn.isName(reference.fieldNames()[0])
                    && columns.add(HitColumn.named(reference.fieldNames()[0]));
            if (!plain) {
                return Optional.empty();
            }
        }
        // without groups Spark would make NULL of the count of no file
        boolean possible = !columns.isEmpty() && SAME_FOR_A_BOARD.containsAll(columns);
        return possible
                ? Optional.of(new GroupCount(columns, aggregation.aggregateExpressions().length))
                : Optional.empty();
    }

    /** The columns that Spark expects: groups, then counts. */
    StructType schema() {
        StructType schema = new StructType();
        for (HitColumn column : columns) {
            schema = schema.add(column.columnName(), column.type(), true);
        }
        for (int i = 0; i < counts; i++) {
            schema = schema.add("count_" + i, DataTypes.LongType, false);
        }
        return schema;
    }
}
