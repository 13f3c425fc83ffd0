/**
 * What must hold for any input, each as a method {@code fuzzerTestOneInput(byte[])}: the build gives it mutated valid inputs, the profile
 * {@code fuzz} lets Jazzer look for others.
 */
package etroc.fuzz;
