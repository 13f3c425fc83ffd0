/** The time-walk correction. In: times of accepted events. Out: polynomials of TOT for each board, corrected times. Resolution follows. */
@org.jspecify.annotations.NullMarked
package etroc.telescope.walk;
