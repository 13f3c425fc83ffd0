package etroc.scan;

import etroc.About;
import etroc.scan.ScanPoint.PixelKey;
import etroc.scan.ThresholdLine.Method;

/** A threshold to set for a pixel. */
@About("a pixel, method and charge")
record SuggestedThreshold(
        PixelKey pixel, @About("of the line") Method method, Suggestion suggestion) {}
