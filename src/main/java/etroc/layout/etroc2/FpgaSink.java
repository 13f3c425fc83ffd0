package etroc.layout.etroc2;

/** Takes what a run of FPGA words holds, in its order. Places are those of words in the run. */
public interface FpgaSink {
    /** A frame of the event has ended; its lines are places in the run as if events did not end with files. */
    void frame(Frame frame, FpgaEvent event);

    /** An event has ended, after its frames. */
    void event(FpgaEvent event);

    /** An event header begins no event. */
    void error(FpgaError error, long position);
}
