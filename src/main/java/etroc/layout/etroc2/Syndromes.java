package etroc.layout.etroc2;

import etroc.InputException;
import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The remainders of a run's frames, of which the most frequent one of a channel is that of good frames: the CRC is linear, and what the unknown
 * chip id adds is the same in all of them.
 */
public final class Syndromes implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int CHANNELS = 4;
    private static final int VALUES = 256;
    private static final long LEAST = 3;
    private static final long LEAST_FOR_ORDER = 10;

    private final TextDialect dialect;
    private final long[][] all = new long[CHANNELS][VALUES];
    private final long[][] withHits = new long[CHANNELS][VALUES];
    private final long[][] swapped = new long[CHANNELS][VALUES];

    public Syndromes(TextDialect dialect) {
        this.dialect = dialect;
    }

    /** Counts a frame; incomplete ones have no remainder. */
    public void add(Frame frame) {
        if (frame.complete()) {
            all[frame.stream()][frame.syndrome()]++;
            if (frame.dataWords() > 0) {
                withHits[frame.stream()][frame.syndrome()]++;
                swapped[frame.stream()][frame.swappedSyndrome()]++;
            }
        }
    }

    /** Adds those of another part of the run. */
    public void add(Syndromes other) {
        for (int c = 0; c < CHANNELS; c++) {
            for (int s = 0; s < VALUES; s++) {
                all[c][s] += other.all[c][s];
                withHits[c][s] += other.withHits[c][s];
                swapped[c][s] += other.swapped[c][s];
            }
        }
    }

    /** Whether a complete frame's CRC fits; null: it cannot be known. */
    public @Nullable Boolean crcOk(int channel, int syndrome) {
        if (dialect.hasChip()) {
            return syndrome == 0;
        }
        int usual = usual(channel);
        return usual < 0 ? null : syndrome == usual;
    }

    /** The syndrome of a channel's good frames; -1: it cannot be known. */
    private int usual(int channel) {
        long most = most(all[channel]);
        int found = -1;
        for (int s = 0; s < VALUES && most >= LEAST; s++) {
            if (all[channel][s] == most) {
                if (found >= 0) {
                    return -1;
                }
                found = s;
            }
        }
        return found;
    }

    private static long most(long[] counts) {
        return Arrays.stream(counts).max().orElse(0);
    }

    /**
     * Checks that rows are rows.
     *
     * @throws InputException if the CRC says that rows and columns are exchanged in the dialect that was taken
     */
    public void checkOrder(String run) {
        for (int c = 0; c < CHANNELS; c++) {
            long frames = Arrays.stream(withHits[c]).sum();
            boolean exchanged =
                    frames >= LEAST_FOR_ORDER && 2 * most(withHits[c]) < frames && 10 * most(swapped[c]) > 9 * frames;
            if (exchanged) {
                throw new InputException(run + ": the CRC of " + frames + " frames with hits of channel " + c
                        + " fits in " + most(withHits[c]) + " of them as dialect " + dialect.optionName() + ", and in "
                        + most(swapped[c]) + " with rows and columns exchanged: "
                        + (dialect.columnFirst() ? "nem-1" : "nem-0") + " fits; set the dialect");
            }
        }
    }
}
