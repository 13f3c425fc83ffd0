package etroc.source.etroc2;

import etroc.layout.etroc2.ChipWord;
import etroc.layout.etroc2.Frame;
import etroc.layout.etroc2.Syndromes;
import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What only the whole run says of its frames.
 *
 * @param chipKnown whether frames name their chip
 * @param usualChip of each stream, for frames without a trailer
 * @param boards by stream, or by chip id
 * @param byChip whether boards are chips
 * @param syndromes of frames that name no chip; else null
 */
record RunFacts(
        boolean chipKnown,
        Map<Integer, Integer> usualChip,
        Map<Integer, Integer> boards,
        boolean byChip,
        @Nullable Syndromes syndromes)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    @Nullable
    Boolean crcOk(int stream, int syndrome) {
        return syndromes == null ? Boolean.valueOf(syndrome == 0) : syndromes.crcOk(stream, syndrome);
    }

    /** The chip of a frame: of its trailer, else that of its stream. */
    @Nullable
    Integer chip(Frame frame) {
        if (!chipKnown) {
            return null;
        }
        return frame.complete() ? Integer.valueOf(ChipWord.chip(frame.trailer())) : usualChip.get(frame.stream());
    }

    /** The board of a stream's frame; a chip id that no good frame has is a damaged one, and the stream's usual chip stands for it. */
    @Nullable
    Integer board(int stream, @Nullable Integer chip) {
        if (!byChip) {
            return boards.get(stream);
        }
        Integer own = chip == null ? null : boards.get(chip);
        Integer usual = usualChip.get(stream);
        return own == null && usual != null ? boards.get(usual) : own;
    }
}
