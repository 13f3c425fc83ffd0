package etroc;

import etroc.spark.Sessions;
import org.apache.spark.sql.SparkSession;

/** The session that all Spark tests of this JVM share; commands that close theirs make a new one the next time. */
public final class SharedSession {
    private SharedSession() {}

    public static SparkSession get() {
        return Sessions.open("tests");
    }
}
