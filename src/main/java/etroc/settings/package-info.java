/**
 * What a user can set. In: {@code reference.conf}, a file, {@code --set key=value}; later ones win. Out: typed, checked, immutable records;
 * an unknown key stops the program before anything starts.
 */
@org.jspecify.annotations.NullMarked
package etroc.settings;
