package etroc;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/** Local files behind the scheme {@code faulty}, of whose operations one fails: opening, writing, closing, listing, looking, making, moving, removing. */
public final class FaultyFileSystem extends RawLocalFileSystem {
    public static final String SCHEME = "faulty";
    /** Operations so far. */
    public static final AtomicInteger DONE = new AtomicInteger();
    /** The number of the operation that fails, from 1; 0: none does. */
    public static volatile int failing;
    /** Whether it fails with an error and no exception, as Hadoop's local file system does where a disk is full. */
    public static volatile boolean error;

    /** The same for Hadoop's newer interface. */
    public static final class Newer extends DelegateToFileSystem {
        public Newer(URI uri, Configuration conf) throws IOException, URISyntaxException {
            super(uri, new FaultyFileSystem(), conf, SCHEME, false);
        }
    }

    private static void operation(String what, Path path) throws IOException {
        if (DONE.incrementAndGet() == failing) {
            IOException fault = new IOException("Input/output error: " + what + " " + path);
            if (error) {
                throw new Error(fault);
            }
            throw fault;
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

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
        operation("open", path);
        return super.open(path, bufferSize);
    }

    /** Without owners and permissions, for which Hadoop's status of a local file asks a scheme that is not ours. */
    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        operation("list", path);
        return Arrays.stream(super.listStatus(path))
                .map(s -> new FileStatus(
                        s.getLen(), s.isDirectory(), 1, s.getBlockSize(), s.getModificationTime(), s.getPath()))
                .toArray(FileStatus[]::new);
    }

    @Override
    public boolean mkdirs(Path path) throws IOException {
        operation("make", path);
        return super.mkdirs(path);
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        operation("rename", from);
        return super.rename(from, to);
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        operation("delete", path);
        return super.delete(path, recursive);
    }

    @Override
    protected OutputStream createOutputStreamWithMode(Path path, boolean append, FsPermission permission)
            throws IOException {
        operation("create", path);
        return new FilterOutputStream(super.createOutputStreamWithMode(path, append, permission)) {
            private boolean closed;

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                operation("write", path);
                out.write(bytes, from, length);
            }

            @Override
            public void close() throws IOException {
                if (!closed) {
                    closed = true;
                    out.close();
                    operation("close", path);
                }
            }
        };
    }
}
