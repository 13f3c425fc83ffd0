package etroc.telescope.etroc2;

import etroc.telescope.etroc2.Etroc2Settings.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Boards that are looked at together.
 *
 * @param boards in ascending order
 * @param anchor the board that positions are measured from
 * @param reference the board whose TOA window is cut
 */
record BoardSet(List<Integer> boards, int anchor, int reference) {
    private static final int OF_THREE = 3;

    static BoardSet of(List<Integer> boards, Map<Integer, Role> roles) {
        Optional<Integer> trigger = first(boards, roles, Role.TRIG);
        return new BoardSet(
                List.copyOf(boards),
                trigger.orElse(boards.get(boards.size() / 2)),
                first(boards, roles, Role.REF).or(() -> trigger).orElse(boards.get(0)));
    }

    private static Optional<Integer> first(List<Integer> boards, Map<Integer, Role> roles, Role role) {
        return boards.stream().filter(b -> roles.get(b) == role).findFirst();
    }

    /** All boards, and of four or more every three; none of a single board. */
    static List<BoardSet> all(List<Integer> boards, Map<Integer, Role> roles) {
        List<BoardSet> sets = new ArrayList<>();
        if (boards.size() > 1) {
            sets.add(of(boards, roles));
        }
        int n = boards.size() > OF_THREE ? boards.size() : 0;
        for (int a = 0; a < n; a++) {
            for (int b = a + 1; b < n; b++) {
                for (int c = b + 1; c < n; c++) {
                    sets.add(of(List.of(boards.get(a), boards.get(b), boards.get(c)), roles));
                }
            }
        }
        return sets;
    }

    /** As tables have it, such as {@code 0-1-2}. */
    String label() {
        return boards.stream().map(Object::toString).collect(Collectors.joining("-"));
    }
}
