package etroc.scan.bench;

import etroc.About;
import java.io.Serializable;

/** Codes and times of a pixel at one charge, threshold and delay. A number that cannot be had is NaN. */
@About("a folder of frames: a pixel, charge, threshold, delay and attempt")
record TdcPoint(
        Key key,
        @About("free words of the folder's name") String attempt,
        @About("1: the last attempt, which counts") boolean used,

        @About("complete frames without CRC or COUNT fault of the stream that reads the pixel")
        long frames,

        @About("frames with such a fault, or without trailer, of all streams")
        long badFrames,

        @About("frames left out, as they follow the one before too closely")
        long following,

        @About("hits of the pixel in frames") long hits,
        @About("hits of other pixels in frames") long otherHits,
        @About("mean [codes]") double toaMean,
        @About("standard deviation [codes]") double toaStd,
        @About("mean [codes]") double totMean,
        @About("standard deviation [codes]") double totStd,
        @About("mean [codes]") double calMean,
        @About("standard deviation [codes]") double calStd,

        @About("most frequent CAL, the smallest of equals [codes]")
        double calMode,

        @About("hits with |CAL - mode| at most 3, and within the TOT window")
        long kept,

        @About("of them, with TOA in 50 to 950 codes") long inRange,
        @About("3.125 ns / mean CAL of the kept") double fbinNs,
        @About("mean of the kept") double toaMeanNs,

        @About("its uncertainty, with that of the bins' width")
        double toaMeanNsUnc,

        @About("standard deviation of the kept") double toaStdNs,
        @About("mean of the kept") double totMeanNs,

        @About("its uncertainty, with that of the bins' width")
        double totMeanNsUnc,

        @About("standard deviation of the kept") double totStdNs,

        @About("width of the Gaussian core of TOA, from 100 hits on")
        double toaCoreNs,

        @About("toa_std_ns as a result") double jitterNs,
        @About("its uncertainty") double jitterUncNs,
        @About("jitter without the width of the bins") double intrinsicNs,
        String remark)
        implements Serializable {
    static final String TABLE = "tdc_points";
    private static final long serialVersionUID = 1L;

    /** What was set. */
    record Key(
            @About("name of the chip") String chip,
            @About("0 to 15") int row,
            @About("0 to 15") int column,
            @About("injected charge [fC]") int charge,
            @About("threshold [DAC]") int threshold,
            @About("steps of 781 ps") int delay)
            implements Serializable {
        private static final long serialVersionUID = 1L;

        Pixel pixel() {
            return new Pixel(chip, row, column);
        }
    }

    TdcPoint with(boolean last) {
        return new TdcPoint(
                key,
                attempt,
                last,
                frames,
                badFrames,
                following,
                hits,
                otherHits,
                toaMean,
                toaStd,
                totMean,
                totStd,
                calMean,
                calStd,
                calMode,
                kept,
                inRange,
                fbinNs,
                toaMeanNs,
                toaMeanNsUnc,
                toaStdNs,
                totMeanNs,
                totMeanNsUnc,
                totStdNs,
                toaCoreNs,
                jitterNs,
                jitterUncNs,
                intrinsicNs,
                remark);
    }
}
