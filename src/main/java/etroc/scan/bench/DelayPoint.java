package etroc.scan.bench;

import etroc.About;
import java.util.ArrayList;
import java.util.List;

/** TOA at a delay of the charge injection, and how far it lies from the line. A number that cannot be had is NaN. */
@About("a delay of a row of delay_lines")
record DelayPoint(
        Pixel pixel,
        @About("injected charge [fC]") int charge,
        @About("threshold [DAC]") int threshold,
        @About("steps of 781 ps") int delay,
        @About("delay [ns]") double delayNs,
        @About("mean") double toaMeanNs,
        @About("its uncertainty") double toaMeanNsUnc,
        @About("1: it takes part in the line") boolean inLine,

        @About("mean minus line: the TDC's non-linearity") double residualNs) {
    static final String TABLE = "delay_points";

    /** Points of one line. */
    static List<DelayPoint> of(List<TdcPoint> points, DelayLine line) {
        List<DelayPoint> rows = new ArrayList<>();
        for (TdcPoint p : points) {
            double delay = p.key().delay() * DelayLine.STEP_NS;
            rows.add(new DelayPoint(
                    line.pixel(),
                    line.charge(),
                    line.threshold(),
                    p.key().delay(),
                    delay,
                    p.toaMeanNs(),
                    p.toaMeanNsUnc(),
                    DelayLine.usable(p),
                    p.toaMeanNs() - line.at(delay)));
        }
        return rows;
    }
}
