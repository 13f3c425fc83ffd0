package etroc.telescope;

import etroc.About;
import etroc.telescope.calibration.Calibration;
import etroc.telescope.calibration.Saturated;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code board_info_data}. */
@About("calibration codes of a board over the events that pass the event cuts")
record BoardInfo(
        @About("board") int dataBoardId,
        @About("mean calibration code") double calibrationCodeMean,
        @About("median calibration code") double calibrationCodeMedian,
        @About("TDC bin width for the mean code [ns]") double fbinMean,
        @About("TDC bin width for the median code [ns]") double fbinMedian,

        @About("most frequent calibration code, the smallest of equals")
        double calibrationCodeMode,

        @About("standard deviation of the codes") double calibrationCodeSpread,
        @About("hits that it was taken from") long hits,

        @About(value = "hits with code 0, which have no bin width", name = "hits_with_code_0")
        long hitsWithCode0,

        @About("mean of the codes that slices use, for calibration = slices")
        double calibrationCodeSlices,

        @About("hits with TOA code 0, an end stop of the TDC")
        long toaLow,

        @About("hits with TOA code 1023, an end stop") long toaHigh,
        @About("hits with TOT code 0, an end stop") long totLow,
        @About("hits with TOT code 511, an end stop") long totHigh,

        @About("pixel, where the runs' names tell it") @Nullable
        String pixelId,

        @About("sensor bias, where the runs' names tell it [V]") @Nullable
        Double biasVoltage) {
    static final String TABLE = "board_info_data";

    static BoardInfo of(Calibration c, @Nullable String pixel, @Nullable Double bias) {
        return new BoardInfo(
                c.board(),
                c.mean(),
                c.median(),
                Calibration.binWidth(c.mean()),
                Calibration.binWidth(c.median()),
                c.mode(),
                c.spread(),
                c.count(),
                c.zeros(),
                c.sliced(),
                c.saturated().toaLow(),
                c.saturated().toaHigh(),
                c.saturated().totLow(),
                c.saturated().totHigh(),
                pixel,
                bias);
    }

    Calibration calibration() {
        return new Calibration(
                dataBoardId,
                calibrationCodeMean,
                calibrationCodeMedian,
                calibrationCodeMode,
                calibrationCodeSpread,
                hits,
                hitsWithCode0,
                calibrationCodeSlices,
                new Saturated(toaLow, toaHigh, totLow, totHigh));
    }
}
