package etroc.source.etroc2;

import etroc.layout.etroc2.FpgaEvent;
import etroc.layout.etroc2.Frame;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.jspecify.annotations.Nullable;

/** Reads the hits, frames or events of some pieces, batch by batch: a batch is what a chunk of a file gives. */
final class FrameReader implements PartitionReader<ColumnarBatch>, PieceSink {
    private final Iterator<ReadPiece> pieces;
    private final Etroc2Kind kind;
    private final Configuration conf;
    private final FrameBatch batch;
    private @Nullable Decoding decoding;
    private @Nullable FrameView view;

    FrameReader(List<ReadPiece> pieces, Etroc2Kind kind, StructType schema, Configuration conf) {
        this.pieces = pieces.iterator();
        this.kind = kind;
        this.conf = conf;
        this.batch = new FrameBatch(kind, schema);
    }

    @Override
    public boolean next() throws IOException {
        batch.clear();
        while (batch.count() == 0) {
            Decoding current = decoding;
            if (current == null) {
                if (!pieces.hasNext()) {
                    return false;
                }
                open(pieces.next());
            } else if (!current.step()) {
                close();
            }
        }
        return true;
    }

    private void open(ReadPiece piece) throws IOException {
        view = new FrameView(piece);
        batch.begin(piece.piece().run().name());
        decoding = Decoding.of(piece.piece(), piece.entry(), piece.events(), this, conf);
    }

    @Override
    public void frame(Frame frame, long event, Places places) {
        boolean ofHits = kind == Etroc2Kind.HITS;
        if (kind == Etroc2Kind.EVENTS || (ofHits && (!frame.complete() || frame.dataWords() == 0))) {
            return;
        }
        FrameView of = Objects.requireNonNull(view);
        of.set(frame, event, places);
        int rows = ofHits ? frame.dataWords() : 1;
        for (int i = 0; i < rows; i++) {
            batch.add(of, i);
        }
    }

    @Override
    public void event(FpgaEvent event, Places places) {
        if (kind == Etroc2Kind.EVENTS) {
            FrameView of = Objects.requireNonNull(view);
            of.set(event, places);
            batch.add(of, 0);
        }
    }

    @Override
    public void error(String what, String text, long place, Places places) {} // the survey has it

    @Override
    public ColumnarBatch get() {
        return batch.batch();
    }

    @Override
    public void close() throws IOException {
        if (decoding != null) {
            decoding.close();
            decoding = null;
        }
    }
}
