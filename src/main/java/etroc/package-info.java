/** Analysis of ETROC timing chip data on Apache Spark. Each package below names what comes in and what goes out. */
@org.jspecify.annotations.NullMarked
package etroc;
