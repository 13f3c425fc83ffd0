package etroc;

import etroc.spark.Sessions;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** The session that all Spark tests of this JVM share, and the commands that they run in it. It ends with the JVM. */
public final class SharedSession {
    /** A credential that the session is given, which must come out nowhere. */
    public static final String SECRET = "hush-hush-";

    /** A key that no list of secret words knows. */
    public static final String SECRET_KEY = "spark.hadoop.fs.gs.auth.service.private.json";

    /** File systems have to be known from the start: a session does not learn of one later. */
    private static final Map<String, String> PROPERTIES = Map.of(
            "spark.sql.shuffle.partitions",
            "4",
            SECRET_KEY,
            SECRET + 1,
            "spark.hadoop.fs.azure.account.key.x.blob.core.windows.net",
            SECRET + 2,
            "spark.hadoop.fs." + LimitedFileSystem.SCHEME + ".impl",
            LimitedFileSystem.class.getName(),
            "spark.hadoop.fs.AbstractFileSystem." + LimitedFileSystem.SCHEME + ".impl",
            LimitedFileSystem.Newer.class.getName(),
            "spark.hadoop.fs." + FaultyFileSystem.SCHEME + ".impl",
            FaultyFileSystem.class.getName(),
            "spark.hadoop.fs.AbstractFileSystem." + FaultyFileSystem.SCHEME + ".impl",
            FaultyFileSystem.Newer.class.getName(),
            "spark.hadoop.fs." + ObjectStoreFileSystem.SCHEME + ".impl",
            ObjectStoreFileSystem.class.getName());

    private SharedSession() {}

    public static SparkSession get() {
        PROPERTIES.forEach(System::setProperty);
        return Sessions.open("tests").spark();
    }
}
