/**
 * Telescope runs, top to bottom: the list of the stages, their tables and figures. What the stages compute stands in the packages below: events,
 * calibration, walk, resolution.
 */
@org.jspecify.annotations.NullMarked
package etroc.telescope;
