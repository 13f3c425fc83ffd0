package etroc.simulate;

/**
 * What is not as it should be in a bench scan of ETROC2. Fractions are of folders unless they say otherwise.
 *
 * @param wildCal fraction of hits with a calibration code anywhere in 0..1023
 * @param badFrames fraction of frames with one fault
 * @param echoes fraction of triggers that a second one without a pulse follows {@link #ECHO} crossings later
 * @param linkDown fraction of rows of {@code FPGA_Data.dat} before which another one was written while the link was down
 * @param empty whose files are empty
 * @param missing that were never written
 * @param aborted whose files end at any byte
 * @param repeated measured before, with thresholds {@link #DRIFT} higher: in another folder or, of {@code FPGA_Data.dat}, in the same file
 */
public record ChipScanFlaws(
        double wildCal,
        double badFrames,
        double echoes,
        double linkDown,
        double empty,
        double missing,
        double aborted,
        double repeated) {
    /** Nothing of that. */
    public static final ChipScanFlaws NONE = new ChipScanFlaws(0, 0, 0, 0, 0, 0, 0, 0);
    /** Crossings between a trigger and its echo. Source: the public threshold notebooks. */
    public static final int ECHO = 68;
    /** Thresholds of the attempt before are higher by this [DAC]. */
    public static final double DRIFT = 12;

    /** What becomes of a folder. */
    enum Fate {
        WHOLE,
        EMPTY,
        MISSING,
        ABORTED,
        REPEATED;

        String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** The fate that a number from 0 to 1 chooses. */
    Fate fate(double chance) {
        double left = chance - empty;
        if (left < 0) {
            return Fate.EMPTY;
        }
        left -= missing;
        if (left < 0) {
            return Fate.MISSING;
        }
        left -= aborted;
        if (left < 0) {
            return Fate.ABORTED;
        }
        return left < repeated ? Fate.REPEATED : Fate.WHOLE;
    }
}
