package etroc;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/** Local files behind the scheme {@code failing}: every operation is counted, and those at chosen numbers fail. */
public final class FaultyFileSystem extends RawLocalFileSystem {
    public static final String SCHEME = "failing";
    /** What every failure says. */
    public static final String MESSAGE = "Input/output error";

    /** How an operation fails. */
    public enum Fault {
        /** With an exception; a write has written half of its bytes. */
        EXCEPTION,
        /** With the error that Hadoop's local files give. */
        ERROR,
        /** As all that follow do: the disk is gone. */
        GONE
    }

    private static final AtomicInteger OPERATIONS = new AtomicInteger();
    private static volatile int failing = Integer.MAX_VALUE;
    private static volatile Fault fault = Fault.EXCEPTION;
    private static volatile String failed = "";

    /** The same for Hadoop's newer interface. */
    public static final class Newer extends DelegateToFileSystem {
        public Newer(URI uri, Configuration conf) throws IOException, URISyntaxException {
            super(uri, new FaultyFileSystem(), conf, SCHEME, false);
        }
    }

    /** Counts from 0 again; the operation with this number will fail. */
    public static void failAt(int operation, Fault how) {
        fault = how;
        failed = "";
        failing = operation;
        OPERATIONS.set(0);
    }

    /** No operation fails any more; how many there were. */
    public static int heal() {
        failing = Integer.MAX_VALUE;
        return OPERATIONS.get();
    }

    /** What failed first, as its name and path; empty if nothing did. */
    public static String failed() {
        return failed;
    }

    private static boolean fails(String operation, Object path) {
        int number = OPERATIONS.getAndIncrement();
        boolean fails = number == failing || (fault == Fault.GONE && number > failing);
        if (fails && failed.isEmpty()) {
            failed = operation + " " + path;
        }
        return fails;
    }

    private static void step(String operation, Object path) throws IOException {
        if (fails(operation, path)) {
            throw failure(path);
        }
    }

    private static IOException failure(Object path) {
        IOException failure = new IOException(MESSAGE + ": " + path);
        if (fault != Fault.ERROR) {
            return failure;
        }
        try {
            Constructor<FSError> error = FSError.class.getDeclaredConstructor(Throwable.class);
            error.setAccessible(true); // only Hadoop's own files make it
            throw error.newInstance(failure);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
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
        step("open", path);
        FSDataInputStream in = super.open(path, bufferSize);
        return new FSDataInputStream(new FSInputStream() {
            @Override
            public int read() throws IOException {
                step("read", path);
                return in.read();
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                step("read", path);
                return in.read(bytes, from, length);
            }

            @Override
            public void seek(long position) throws IOException {
                in.seek(position);
            }

            @Override
            public long getPos() throws IOException {
                return in.getPos();
            }

            @Override
            public boolean seekToNewSource(long target) {
                return false;
            }

            @Override
            public void close() throws IOException {
                in.close();
            }
        });
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        step("rename", from);
        return super.rename(from, to);
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        step("delete", path);
        return super.delete(path, recursive);
    }

    @Override
    public boolean mkdirs(Path path) throws IOException {
        step("mkdirs", path);
        return super.mkdirs(path);
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        step("status", path);
        return plain(super.getFileStatus(path));
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        step("list", path);
        return Arrays.stream(super.listStatus(path))
                .map(FaultyFileSystem::plain)
                .toArray(FileStatus[]::new);
    }

    /** Without owners and permissions, for which Hadoop's status of a local file asks a scheme that is not ours. */
    private static FileStatus plain(FileStatus s) {
        return new FileStatus(s.getLen(), s.isDirectory(), 1, s.getBlockSize(), s.getModificationTime(), s.getPath());
    }

    @Override
    protected OutputStream createOutputStreamWithMode(Path path, boolean append, FsPermission permission)
            throws IOException {
        step("create", path);
        return new FilterOutputStream(super.createOutputStreamWithMode(path, append, permission)) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                if (fails("write", path)) {
                    out.write(bytes, from, length / 2);
                    throw failure(path);
                }
                out.write(bytes, from, length);
            }

            @Override
            public void close() throws IOException {
                out.close();
                step("close", path);
            }
        };
    }
}
