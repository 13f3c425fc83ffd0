package etroc;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.security.AccessControlException;

/** Local files behind the scheme {@code limited}, until so many bytes are written: then the disk is full. It may be slow. */
public final class LimitedFileSystem extends RawLocalFileSystem {
    public static final String SCHEME = "limited";
    /** Bytes that can still be written. */
    public static final AtomicLong LEFT = new AtomicLong();
    /** Whether a full disk is an error and no exception, as in Hadoop's local file system. */
    public static volatile boolean error;
    /** Whether directories may be made. */
    public static volatile boolean writable = true;

    /** The same for Hadoop's newer interface. */
    public static final class Newer extends DelegateToFileSystem {
        public Newer(URI uri, Configuration conf) throws IOException, URISyntaxException {
            super(uri, new LimitedFileSystem(), conf, SCHEME, false);
        }
    }

    @Override
    public URI getUri() {
        return URI.create(SCHEME + ":///");
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    /** Longest time that opening a file takes [ms]; how long it is differs from time to time. */
    public static volatile int delay;

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
        if (delay > 0) {
            LockSupport.parkNanos(
                    TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextInt(delay)));
        }
        return super.open(path, bufferSize);
    }

    /** Without owners and permissions, for which Hadoop's status of a local file asks a scheme that is not ours. */
    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        return Arrays.stream(super.listStatus(path))
                .map(s -> new FileStatus(
                        s.getLen(), s.isDirectory(), 1, s.getBlockSize(), s.getModificationTime(), s.getPath()))
                .toArray(FileStatus[]::new);
    }

    @Override
    public boolean mkdirs(Path path) throws IOException {
        if (!writable) {
            throw new AccessControlException("Permission denied: user=nobody, access=WRITE, " + path);
        }
        return super.mkdirs(path);
    }

    @Override
    protected OutputStream createOutputStreamWithMode(Path path, boolean append, FsPermission permission)
            throws IOException {
        return new FilterOutputStream(super.createOutputStreamWithMode(path, append, permission)) {
            @Override
            public void write(int b) throws IOException {
                take(1);
                out.write(b);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                take(length);
                out.write(bytes, from, length);
            }

            private void take(int bytes) throws IOException {
                if (LEFT.addAndGet(-bytes) < 0) {
                    IOException full = new IOException("No space left on device: " + path);
                    if (error) {
                        throw new Error(full);
                    }
                    throw full;
                }
            }
        };
    }
}
