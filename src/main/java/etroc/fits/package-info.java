/**
 * Fits: small arrays in, values with uncertainties out. Knows nothing of Spark. Each fit says the order and the units of its parameters.
 */
@org.jspecify.annotations.NullMarked
package etroc.fits;
