package etroc.telescope.events;

import static org.apache.spark.sql.functions.col;

import etroc.source.HitColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What is found in blocks of hits: a row an event, which has {@link #INDEX}, and one a block, which has {@link #HITS} and {@link #LOST}; one
 * row may be both. A block whose neighbours matter has a row without either.
 */
final class FoundEvents {
    /** Number of the event in its block, from 0. */
    static final String INDEX = "index_in_block";
    /** Hits of the block's own. */
    static final String HITS = "hits";
    /** Those of them that were part of a candidate and of no event. */
    static final String LOST = "lost";

    private FoundEvents() {}

    /** Block and counts, then {@link PackedHit#column} and the time stamp of each slot. */
    static StructType packed(List<String> slots) {
        StructType schema = head();
        for (String slot : slots) {
            schema = schema.add(PackedHit.column(slot), DataTypes.LongType)
                    .add(EventVariables.column(HitColumn.DATETIME, slot), DataTypes.TimestampNTZType);
        }
        return schema;
    }

    /** Block and counts, then all variables of each slot: as they are written. */
    static StructType schema(List<String> slots) {
        StructType schema = head();
        for (String slot : slots) {
            for (HitColumn variable : EventVariables.OF_HITS) {
                schema = schema.add(EventVariables.column(variable, slot), variable.type());
            }
        }
        return schema;
    }

    private static StructType head() {
        return new StructType()
                .add(Blocks.BLOCK, DataTypes.LongType)
                .add(INDEX, DataTypes.IntegerType)
                .add(HITS, DataTypes.LongType)
                .add(LOST, DataTypes.LongType);
    }

    /** From {@link #packed} to {@link #schema}. */
    static Dataset<Row> unpacked(Dataset<Row> events, List<String> slots) {
        List<Column> columns =
                new ArrayList<>(Stream.of(head().fieldNames()).map(n -> col(n)).toList());
        slots.forEach(slot -> columns.addAll(PackedHit.variables(slot)));
        return events.select(columns.toArray(Column[]::new));
    }
}
