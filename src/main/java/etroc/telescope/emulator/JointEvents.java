package etroc.telescope.emulator;

import etroc.About;
import etroc.telescope.etroc2.Found;

/** A row of the table {@code joint_events}. */
@About("events of the ETROC1 boards of a run, and frames of a stream of ETROC2 close to them in the lines of a file")
public record JointEvents(
        @About("name of the run") String run,
        @About("channel of the ETROC2") int stream,
        @About("boards of an ETROC1 event") String boards,
        @About("largest difference of lines") int window,

        @About("ETROC1 events: one hit of every board within the window")
        long etroc1Events,

        @About("of those, with a complete frame of good CRC within the window")
        long withFrame,

        @About("with_frame / etroc1_events") double fraction,
        @About("lower end of its Clopper-Pearson interval") double low,
        @About("upper end") double high,

        @About("events for which the window shifted by 1,000 lines is in the file")
        long shifted,

        @About("of those, with such a frame in the shifted window")
        long accidental,

        @About("accidental / shifted") double accidentalFraction,
        @About("lower end of its interval") double accidentalLow,
        @About("upper end") double accidentalHigh,

        @About("coincidences of all boards with a frame that has hits, each hit and frame used once")
        long jointEvents) {
    static final String TABLE = "joint_events";

    /** @param n numbers: events, with frame, shifted, accidental, joint */
    static JointEvents of(String run, int stream, String boards, int window, long[] n, double coverage) {
        double[] with = Found.interval(n[0], n[1], coverage);
        double[] accidental = Found.interval(n[2], n[3], coverage);
        return new JointEvents(
                run,
                stream,
                boards,
                window,
                n[0],
                n[1],
                with[0],
                with[1],
                with[2],
                n[2],
                n[3],
                accidental[0],
                accidental[1],
                accidental[2],
                n[4]);
    }
}
