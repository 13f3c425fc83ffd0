package etroc;

import java.net.URI;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Local files behind a scheme of object stores. Hadoop's newer interface, whose rename is one step, is not there for it: whoever relies on
 * that fails.
 */
public final class ObjectStoreFileSystem extends RawLocalFileSystem {
    public static final String SCHEME = "s3toy";

    @Override
    public URI getUri() {
        return URI.create(SCHEME + ":///");
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }
}
