package etroc.telescope.events;

import etroc.source.HitColumn;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What is found in blocks of hits: a row an event, which has {@link #INDEX}, and one a block, which has the counts; one row may be both. A
 * block whose neighbours matter has a row without either.
 */
final class FoundEvents {
    /** Number of the event in its block, from 0. */
    static final String INDEX = "index_in_block";
    /** Events of the block. */
    static final String EVENTS = "events";
    /** Hits of the block's own. */
    static final String HITS = "hits";
    /** Those of them that were part of a candidate and of no event. */
    static final String LOST = "lost";

    private FoundEvents() {}

    /** Block, index, counts; then for each slot the hits in events of the block, and the hit of the event: {@link PackedHit} and time stamp. */
    static StructType schema(List<String> slots) {
        StructType schema = new StructType()
                .add(Blocks.BLOCK, DataTypes.LongType)
                .add(INDEX, DataTypes.IntegerType)
                .add(EVENTS, DataTypes.LongType)
                .add(HITS, DataTypes.LongType)
                .add(LOST, DataTypes.LongType);
        for (String slot : slots) {
            schema = schema.add(inEvents(slot), DataTypes.LongType)
                    .add(PackedHit.column(slot), DataTypes.LongType)
                    .add(datetime(slot), DataTypes.TimestampNTZType);
        }
        return schema;
    }

    /** Column of the block's hits in events, for a slot. */
    static String inEvents(String slot) {
        return "hits_in_events_" + slot;
    }

    static String datetime(String slot) {
        return EventVariables.column(HitColumn.DATETIME, slot);
    }
}
