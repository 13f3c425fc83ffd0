package etroc.source.etroc2;

import etroc.layout.etroc2.FpgaEvent;
import etroc.layout.etroc2.Frame;

/** Takes what begins in a piece of a file. */
interface PieceSink {
    /**
     * A frame has ended.
     *
     * @param event number as the decoder counts it within the piece, or as the headers' counters make it
     * @param places of its words
     */
    void frame(Frame frame, long event, Places places);

    /** An event that the firmware built has ended. */
    default void event(FpgaEvent event, Places places) {}

    /** Something is wrong at a place. */
    void error(String kind, String text, long place, Places places);

    /** Turns places that a decoder gives into file and line. */
    interface Places {
        int split(long place);

        long line(long place);
    }
}
