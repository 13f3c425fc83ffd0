package etroc.simulate;

import java.util.List;

/**
 * A simulated telescope of ETROC2.
 *
 * @param seed of everything that is random
 * @param triggers of all runs together, lost ones too
 * @param runs of equal length
 * @param readouts readout boards; the first gets the first boards
 * @param occupancy probability that a particle comes with a trigger
 * @param beam where particles pass
 * @param boards in the order of their streams
 * @param flaws what is not perfect
 */
public record ChipTelescope(
        long seed,
        long triggers,
        int runs,
        int readouts,
        double occupancy,
        Beam beam,
        List<Board> boards,
        Flaws flaws) {
    /** Where particles pass: a Gaussian in rows and columns of the first board, of this centre and width [pixels]. */
    public record Beam(double row, double column, double width) {}

    /**
     * A board with one chip.
     *
     * @param chip id
     * @param sigmaPs Gaussian width of its time [ps]
     * @param walkNs its time walks with TOT by {@code a + b TOT + c TOT^2}: a [ns], b [1], c [1/ns]
     * @param rows by which it is shifted: a particle's row is larger by it than in the first board
     * @param columns the same for columns
     * @param l1 origin of its L1 counter
     * @param bcid origin of its BCID
     */
    public record Board(int chip, double sigmaPs, List<Double> walkNs, int rows, int columns, int l1, int bcid) {
        /** Time walk for a TOT [ns]. */
        double walk(double totNs) {
            return walkNs.get(0) + totNs * (walkNs.get(1) + totNs * walkNs.get(2));
        }
    }

    /** A pixel of a board. */
    public record Pixel(int board, int row, int column) {
        /** Row and column as one number, 0..255. */
        int index() {
            return row * 16 + column;
        }
    }

    /** A pixel that fires at triggers with this probability. */
    public record Hot(Pixel pixel, double probability) {}

    /**
     * What is not perfect.
     *
     * @param efficiency probability that a board sees a particle that meets it
     * @param noise mean number of noise hits a board and trigger
     * @param crosstalk probability that a particle's hit makes one in a pixel at a side of it, for each of the four
     * @param hot pixels that fire without a particle
     * @param dead pixels that never fire
     * @param wildCal fraction of hits with a CAL code anywhere in 0..1023
     * @param errors fraction of hits with an error, half of them not correctable
     * @param lostFrames probability that a board's frame is lost
     * @param lostTriggers probability that a readout board loses a trigger
     * @param badFrames fraction of frames with one fault
     */
    public record Flaws(
            double efficiency,
            double noise,
            double crosstalk,
            List<Hot> hot,
            List<Pixel> dead,
            double wildCal,
            double errors,
            double lostFrames,
            double lostTriggers,
            double badFrames) {
        /** Nothing of that. */
        public static final Flaws NONE = new Flaws(1, 0, 0, List.of(), List.of(), 0, 0, 0, 0, 0);
    }

    /** The readout board of a board. */
    int readout(int board) {
        return board * readouts / boards.size();
    }

    /** Place of a board on its readout board. */
    int placeOnReadout(int board) {
        int place = 0;
        for (int b = 0; b < board; b++) {
            place += readout(b) == readout(board) ? 1 : 0;
        }
        return place;
    }
}
