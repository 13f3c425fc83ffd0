package etroc.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Who writes an output: a file that is made only if it is not there, and touched every minute. A lock is stale when its process on this host
 * is gone, or when it was touched on another host longer than {@link #SILENCE} ago; then it is taken over.
 */
public final class OutputLock implements AutoCloseable {
    static final String NAME = "_lock";
    /** A lock from another host that was not touched for so long is of a process that is gone. */
    static final Duration SILENCE = Duration.ofMinutes(10);

    /** A lock without content for so long was left between its two steps. */
    private static final Duration NAMELESS = Duration.ofMinutes(1);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FileSystem fs;
    private final Path file;
    private final byte[] content;
    private final ScheduledExecutorService touching = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "etroc-lock");
        thread.setDaemon(true);
        return thread;
    });

    /** Somebody else writes the output. */
    public static final class HeldException extends IOException {
        private static final long serialVersionUID = 1L;

        HeldException(String message) {
            super(message);
        }
    }

    /**
     * Who holds a lock.
     *
     * @param since when it was taken
     * @param started when the process was started, which tells it from a later one of the same number
     */
    record Owner(String user, String host, long pid, String started, String since, String id) {
        static Owner current() {
            ProcessHandle process = ProcessHandle.current();
            return new Owner(
                    System.getProperty("user.name", "?"),
                    thisHost(),
                    process.pid(),
                    startOf(process),
                    Instant.now().toString(),
                    UUID.randomUUID().toString());
        }

        private static String startOf(ProcessHandle process) {
            return process.info().startInstant().map(Instant::toString).orElse("");
        }

        boolean isGone(Instant touched) {
            if (host.equals(thisHost())) {
                Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
                return process.isEmpty() || !startOf(process.get()).equals(started);
            }
            return isOld(touched, SILENCE);
        }

        private static String thisHost() {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                return "localhost";
            }
        }
    }

    private OutputLock(FileSystem fs, Path file, byte[] content) {
        this.fs = fs;
        this.file = file;
        this.content = content;
        ScheduledFuture<?> unused = touching.scheduleAtFixedRate(this::touch, 1, 1, TimeUnit.MINUTES);
    }

    /**
     * Takes the lock of an output.
     *
     * @throws HeldException if somebody else has it; it says who, where and since when
     */
    static OutputLock take(FileSystem fs, Path root) throws IOException {
        Path file = new Path(root, NAME);
        byte[] content = JSON.writeValueAsBytes(Owner.current());
        fs.mkdirs(root);
        while (!create(fs, file, content)) {
            byte[] held;
            FileStatus status;
            try {
                status = fs.getFileStatus(file);
                held = read(fs, file);
            } catch (FileNotFoundException e) {
                continue; // released between the two calls
            }
            Owner owner = owner(held);
            Instant touched = Instant.ofEpochMilli(status.getModificationTime());
            boolean gone = owner == null ? isOld(touched, NAMELESS) : owner.isGone(touched);
            if (!gone) {
                throw new HeldException(held(root, owner, touched));
            }
            removeStale(fs, file, held);
        }
        return new OutputLock(fs, file, content);
    }

    private static boolean isOld(Instant touched, Duration limit) {
        return Duration.between(touched, Instant.now()).compareTo(limit) > 0;
    }

    private static String held(Path root, @Nullable Owner owner, Instant touched) {
        String who = owner == null
                ? "somebody who has not yet said who"
                : owner.user() + " on " + owner.host() + " (process " + owner.pid() + ") since " + owner.since();
        return "output " + root + " is being written by " + who + ", last sign of life " + touched
                + "; wait for it, or remove " + new Path(root, NAME) + " if that process is gone";
    }

    /** Makes the file if it is not there. */
    private static boolean create(FileSystem fs, Path file, byte[] content) throws IOException {
        OutputStream out;
        try {
            out = open(fs, file);
        } catch (FileAlreadyExistsException | org.apache.hadoop.fs.FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            if (fs.exists(file)) { // other file systems have other exceptions for it
                return false;
            }
            throw e;
        }
        try (out) {
            out.write(content);
        } catch (IOException e) {
            fs.delete(file, false); // a full disk must not leave a lock of nobody
            throw e;
        }
        return true;
    }

    /** Local files need the JDK: Hadoop's local file system looks first and creates then. */
    private static OutputStream open(FileSystem fs, Path file) throws IOException {
        return fs.getScheme().equals("file")
                ? Files.newOutputStream(java.nio.file.Path.of(file.toUri().getPath()), StandardOpenOption.CREATE_NEW)
                : fs.create(file, false);
    }

    /** One of several that see the same stale lock gets to rename it; if it was not the one that was looked at, it goes back. */
    private static void removeStale(FileSystem fs, Path file, byte[] seen) throws IOException {
        Path aside = new Path(file.getParent(), NAME + "-stale-" + UUID.randomUUID());
        if (!fs.exists(file) || !fs.rename(file, aside)) {
            return;
        }
        if (!Arrays.equals(read(fs, aside), seen)) {
            fs.rename(aside, file);
        } else {
            fs.delete(aside, false);
        }
    }

    private static byte[] read(FileSystem fs, Path file) throws IOException {
        try (var in = fs.open(file)) {
            return in.readAllBytes();
        }
    }

    private static @Nullable Owner owner(byte[] content) {
        try {
            return JSON.readValue(content, Owner.class);
        } catch (IOException e) {
            return null; // it is being written
        }
    }

    private void touch() {
        try {
            fs.setTimes(file, System.currentTimeMillis(), -1);
        } catch (IOException e) {
            // the next minute tries again; ten missed ones make the lock stale for others
        }
    }

    @Override
    public void close() throws IOException {
        touching.shutdownNow();
        if (fs.exists(file) && Arrays.equals(read(fs, file), content)) {
            fs.delete(file, false);
        }
    }
}
