package etroc.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.InputException;
import etroc.runs.BoardSetting;
import etroc.runs.ChargeFromQSel;
import etroc.runs.RunName;
import java.nio.charset.StandardCharsets;

/** Names of files. A run within the ranges of its numbers, or one line that has the name. */
public final class NamesFuzzer {
    private NamesFuzzer() {}

    /** The bytes are a name. */
    public static void fuzzerTestOneInput(byte[] data) {
        String name = new String(data, StandardCharsets.UTF_8);
        RunName.isDataFile(name);
        RunName.Parsed parsed;
        try {
            parsed = RunName.parse(name, ChargeFromQSel.CODE);
        } catch (InputException e) {
            assertThat(e.getMessage()).contains(name);
            return;
        }
        assertThat(parsed.split()).isNotNegative();
        for (BoardSetting board : parsed.run().boards()) {
            assertThat(board.board()).isIn(0, 1, 3);
            assertThat(board.threshold() == null ? 0 : board.threshold()).isBetween(0, 1023);
            assertThat(board.charge() == null ? 0 : board.charge()).isNotNegative();
        }
        assertThat(parsed.run().phase() == null ? 0 : parsed.run().phase()).isBetween(0, 255);
        if (parsed.run().biasVoltage() != null) {
            assertThat(parsed.run().biasVoltage()).isFinite();
        }
    }
}
