package etroc.runs;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One phase and one setting of every board, as the names of its files tell.
 *
 * @param name the files' name without directory, split number and ending
 * @param phase phase adjustment, 0 to 255
 * @param boards in ascending board id
 * @param biasVoltage sensor bias [V]
 * @param laserAttenuation attenuation of the laser [%]; null: no laser
 */
public record Run(
        String name,
        @Nullable Integer phase,
        List<BoardSetting> boards,
        @Nullable Double biasVoltage,
        @Nullable Double laserAttenuation)
        implements Serializable {
    /** Board ids of ETROC1; 2 is not used. */
    public static final List<Integer> BOARD_IDS = List.of(0, 1, 3);

    public Run {
        boards = List.copyOf(boards);
    }

    /** A run without a laser. */
    public Run(String name, @Nullable Integer phase, List<BoardSetting> boards, @Nullable Double biasVoltage) {
        this(name, phase, boards, biasVoltage, null);
    }

    /** The setting of a board, or null where the name says nothing of it. */
    public @Nullable BoardSetting setting(int board) {
        return boards.stream().filter(b -> b.board() == board).findFirst().orElse(null);
    }
}
