package etroc.store;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file in a directory in the making that says who makes it. On a local file system its writer holds the operating system's lock on it, so
 * that whoever gets the lock on the same machine knows that the writer is gone. Elsewhere nobody can know.
 */
final class Claim {
    private static final String PREFIX = "_writing-";

    /** Those of this process. To look at one would let go of its lock: that ends when any descriptor of the file is closed. */
    private static final Map<String, String> OWN = new ConcurrentHashMap<>();

    private static final String MACHINE = machine();

    private final OutputFiles files;
    private final Path directory;
    private final String name = PREFIX + UUID.randomUUID();
    private @Nullable FileChannel lock;

    /** Puts one into a directory, which need not be there. */
    Claim(OutputFiles files, Path directory) throws IOException {
        this.files = files;
        this.directory = directory;
        String text = MACHINE + " " + System.getProperty("user.name", "?") + " since " + Instant.now();
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        OWN.put(name, text);
        if (!files.isLocal()) {
            files.write(new Path(directory, name), content);
        } else {
            lock = make(OutputFiles.local(new Path(directory, name)));
            lock.lock();
            lock.write(ByteBuffer.wrap(content)); // only now others may try the lock
        }
    }

    private FileChannel make(java.nio.file.Path file) throws IOException {
        while (true) {
            if (!files.fs().mkdirs(directory)) {
                throw new IOException("cannot make directory " + directory);
            }
            try {
                return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            } catch (NoSuchFileException e) {
                // somebody swept the empty directory
            }
        }
    }

    /** The machine until it is started again; the same in all its containers. */
    private static String machine() {
        try {
            java.nio.file.Path boot = java.nio.file.Path.of("/proc/sys/kernel/random/boot_id");
            return Files.exists(boot)
                    ? Files.readString(boot).trim()
                    : InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return UUID.randomUUID().toString();
        }
    }

    /** Whether the directory holds nothing else: of several that claim one at the same time, at most one is alone. */
    boolean isAlone() throws IOException {
        List<FileStatus> there = files.children(directory);
        return there.size() == 1 && there.get(0).getPath().getName().equals(name);
    }

    /** Takes it back. @param now where the directory is by now */
    void remove(Path now) throws IOException {
        release();
        files.delete(new Path(now, name));
    }

    /** Lets go of it; the directory is removed. */
    void release() throws IOException {
        if (lock != null) {
            lock.close();
        }
        OWN.remove(name);
    }

    /** Who may be writing a directory: the claims in it whose writers are not known to be gone, in words. */
    static List<String> of(OutputFiles files, Path directory) throws IOException {
        List<String> writers = new ArrayList<>();
        for (FileStatus child : files.children(directory)) {
            Path file = child.getPath();
            if (file.getName().startsWith(PREFIX)) {
                String own = OWN.get(file.getName());
                String text = own != null
                        ? own
                        : new String(files.find(file).orElse(new byte[0]), StandardCharsets.UTF_8);
                if (own != null || !files.isLocal() || !text.startsWith(MACHINE) || !isFree(file)) {
                    writers.add(text.substring(text.indexOf(' ') + 1));
                }
            }
        }
        return writers;
    }

    private static boolean isFree(Path file) {
        try (FileChannel channel = FileChannel.open(OutputFiles.local(file), StandardOpenOption.WRITE)) {
            return channel.tryLock() != null;
        } catch (IOException e) {
            return false; // no locks there, or a file of somebody else's
        }
    }
}
