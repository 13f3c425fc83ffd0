/**
 * What a user can set. In: {@code reference.conf}, a file, {@code --set key=value}; later ones win. Out: typed, checked, immutable records, which
 * live with those who use them; all that is wrong is told at once, with file and line, before anything starts.
 */
@org.jspecify.annotations.NullMarked
package etroc.settings;
