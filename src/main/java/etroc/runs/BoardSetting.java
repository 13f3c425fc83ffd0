package etroc.runs;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How one board was set during a run.
 *
 * @param board ETROC1 board id: 0, 1 or 3
 * @param pixel for example {@code F9P5}: board F9, pixel 5
 * @param charge injected charge [fC]; none in a beam run
 * @param threshold discriminator threshold [DAC counts]; none in a beam run
 */
public record BoardSetting(
        int board,
        @Nullable String pixel,
        @Nullable Integer charge,
        @Nullable Integer threshold) implements Serializable {}
