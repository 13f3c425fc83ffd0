/**
 * Telescopes of ETROC2: hits and frames come in ({@link etroc.telescope.etroc2.BeamInput}); calibrated pixels, tracks, resolutions and efficiencies
 * go out as records. Times are in ns, positions in pixels of 1.3 mm.
 */
@org.jspecify.annotations.NullMarked
package etroc.telescope.etroc2;
