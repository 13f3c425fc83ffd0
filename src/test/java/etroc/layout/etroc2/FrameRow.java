package etroc.layout.etroc2;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A frame as a value, of a decoder or of a golden case. */
record FrameRow(
        long line,
        int stream,
        int l1,
        int type,
        int bcid,
        boolean complete,
        int dataWords,
        int chip,
        int status,
        int hits,
        int faults,
        List<HitRow> data) {

    /** A data word as a value. */
    record HitRow(long line, int ea, int column, int row, int toa, int tot, int cal) {
        HitRow at(long newLine) {
            return new HitRow(newLine, ea, column, row, toa, tot, cal);
        }
    }

    FrameRow at(long newLine) {
        return new FrameRow(newLine, stream, l1, type, bcid, complete, dataWords, chip, status, hits, faults, data);
    }

    static FrameRow of(Frame f) {
        List<HitRow> hits = new ArrayList<>();
        for (int i = 0; f.complete() && i < f.dataWords(); i++) {
            long w = f.word(i);
            hits.add(new HitRow(
                    f.line(i),
                    ChipWord.ea(w),
                    ChipWord.column(w),
                    ChipWord.row(w),
                    ChipWord.toa(w),
                    ChipWord.tot(w),
                    ChipWord.cal(w)));
        }
        long t = f.trailer();
        return new FrameRow(
                f.line(),
                f.stream(),
                f.l1(),
                f.type(),
                f.bcid(),
                f.complete(),
                f.dataWords(),
                ChipWord.chip(t),
                ChipWord.status(t),
                ChipWord.hits(t),
                f.complete() ? f.faults() : 0,
                hits);
    }

    /** The frame of a golden case; its hits are not among its fields. */
    static FrameRow of(JsonNode f, List<HitRow> hits) {
        return new FrameRow(
                f.get("line").asLong(),
                f.get("stream").asInt(),
                f.get("l1").asInt(),
                f.get("type").asInt(),
                f.get("bcid").asInt(),
                f.get("complete").asBoolean(),
                f.get("data_words").asInt(),
                f.path("chip").asInt(),
                f.path("status").asInt(),
                f.path("hits").asInt(),
                f.path("faults").asInt(),
                hits);
    }

    static HitRow hit(JsonNode h) {
        return new HitRow(
                h.get("line").asLong(),
                h.get("ea").asInt(),
                h.get("col").asInt(),
                h.get("row").asInt(),
                h.get("toa").asInt(),
                h.get("tot").asInt(),
                h.get("cal").asInt());
    }

    FrameRow without() {
        return new FrameRow(line, stream, l1, type, bcid, complete, dataWords, chip, status, hits, faults, List.of());
    }
}
