/**
 * Which runs there are. In: directories, files and globs on any Hadoop file system. Out: {@link etroc.runs.Inventory}, every run
 * that a name stands for, with its settings and all of its splits, also when its files are empty. The reader (etroc.hits) follows.
 */
@org.jspecify.annotations.NullMarked
package etroc.runs;
