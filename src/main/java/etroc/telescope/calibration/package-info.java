/** From codes to times. In: events with codes. Out: calibration of each board, times in ns. Time cuts and the time-walk correction follow. */
@org.jspecify.annotations.NullMarked
package etroc.telescope.calibration;
