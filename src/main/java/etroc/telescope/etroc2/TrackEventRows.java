package etroc.telescope.etroc2;

import etroc.source.HitColumn;
import etroc.telescope.calibration.TimeColumns;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The single-hit events of analysed tracks as a dataset: set of boards, track, run, event, which cuts it passes, and of each board pixel, codes and
 * times. Boards that are not in the set are empty.
 *
 * @param boards of the telescope
 * @param of the set, by place in it
 * @param places of the pixels of each track
 */
record TrackEventRows(
        List<Integer> boards, String label, List<Integer> of, Map<Integer, int[]> places, TrackAnalysis analysis)
        implements TrackEvents.OfTrack<Row>, Serializable {
    private static final long serialVersionUID = 1L;
    /** Columns of a board. */
    private static final int COLUMNS = 7;

    static StructType schema(Collection<Integer> boards) {
        StructType schema = new StructType()
                .add("boards", DataTypes.StringType)
                .add("track", DataTypes.IntegerType)
                .add("run", DataTypes.StringType)
                .add("event", DataTypes.LongType)
                .add("in_windows", DataTypes.BooleanType)
                .add("correlated", DataTypes.BooleanType)
                .add("accepted", DataTypes.BooleanType);
        for (int b : boards) {
            schema = schema.add(TimeColumns.column("row", b), DataTypes.IntegerType)
                    .add(TimeColumns.column("column", b), DataTypes.IntegerType)
                    .add(TimeColumns.column(HitColumn.TOA.columnName(), b), DataTypes.IntegerType)
                    .add(TimeColumns.column(HitColumn.TOT.columnName(), b), DataTypes.IntegerType)
                    .add(TimeColumns.column(TimeColumns.TOA_NS, b), DataTypes.DoubleType)
                    .add(TimeColumns.column(TimeColumns.TOT_NS, b), DataTypes.DoubleType)
                    .add(TimeColumns.column(TimeColumns.CORRECTED_TOA + 0, b), DataTypes.DoubleType);
        }
        return schema;
    }

    /** Those of a set. */
    static Dataset<Row> of(TrackEvents events, List<Integer> boards) {
        Map<Integer, int[]> places = new HashMap<>(SharedWalk.of(events.going()).places());
        TrackEventRows rows = new TrackEventRows(
                new ArrayList<>(boards),
                events.set().label(),
                new ArrayList<>(events.set().boards()),
                places,
                events.analysis());
        return events.each(rows, Encoders.row(schema(boards)));
    }

    @Override
    public Iterator<Row> of(int track, TrackSample sample) {
        TrackAnalysis.Timed timed = analysis.timed(track, sample);
        TrackTimes all = TrackTimes.of(sample);
        int stays = analysis.walk().residualCut() == null ? 2 : 3;
        boolean corrected = timed.times().corrected().length > 0;
        List<Row> rows = new ArrayList<>(sample.size());
        int kept = 0;
        for (int e = 0; e < sample.size(); e++) {
            byte reached = timed.reached()[e];
            boolean accepted = corrected && reached >= stays;
            List<Object> values = new ArrayList<>(
                    List.of(label, track, sample.runs()[e], sample.events()[e], reached > 0, reached > 1, accepted));
            for (int board : boards) {
                int b = of.indexOf(board);
                if (b < 0) {
                    values.addAll(java.util.Collections.nCopies(COLUMNS, null));
                    continue;
                }
                int place = places.getOrDefault(track, new int[of.size()])[b];
                values.addAll(List.of(
                        place / Pixel.SIDE,
                        place % Pixel.SIDE,
                        (int) sample.toa()[b][e],
                        (int) sample.tot()[b][e],
                        all.toa()[b][e],
                        all.tot()[b][e]));
                values.add(accepted ? timed.times().corrected()[b][kept] : null);
            }
            kept += accepted ? 1 : 0;
            rows.add(RowFactory.create(values.toArray()));
        }
        return rows.iterator();
    }
}
