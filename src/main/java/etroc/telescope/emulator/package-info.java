/**
 * A telescope of ETROC1 boards with an emulator of ETROC2. In: mixed word lines. Out: the analysis of the ETROC1 boards, and how well the two
 * chips' data go together.
 */
@org.jspecify.annotations.NullMarked
package etroc.telescope.emulator;
