/** Time resolution. In: corrected times. Out: the resolution of each board at every step, with uncertainties. Tables follow. */
@org.jspecify.annotations.NullMarked
package etroc.telescope.resolution;
