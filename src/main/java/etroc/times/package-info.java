/**
 * From codes to times. In: events with codes. Out: calibration of each board, times in ns, and the time-walk correction, whose fits are sums
 * over executors (etroc.fits) and never see an event on the driver. Resolution follows.
 */
@org.jspecify.annotations.NullMarked
package etroc.times;
