/**
 * The specification once more, in plain Java: one thread, lists, no Spark, and no code of the program. Random cases through both have to
 * agree.
 */
package etroc.oracle;
