package etroc;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * A store of objects: nothing is renamed, directories are prefixes of names and no more, an object appears when its stream is closed and
 * replaces an older one ({@code overwrite = false} looks and no more), times are not to be set. Its objects are local files of the same
 * path. Hadoop's newer interface is not there for it. A process that uses it can be killed: from then on none of its calls succeeds and
 * no open stream becomes an object.
 */
public final class ObjectStoreFileSystem extends FileSystem {
    public static final String SCHEME = "objects";

    /** Called before an object appears. */
    public static volatile Consumer<Path> beforeWrite = path -> {};
    /** Called after an object was removed. */
    public static volatile Consumer<Path> afterDelete = path -> {};

    private static volatile boolean dead;
    private static final AtomicInteger OPERATIONS = new AtomicInteger();
    private static volatile int failing = Integer.MAX_VALUE;

    private Path working = new Path("/");

    /** Hadoop's configuration that knows it. */
    public static Configuration conf() {
        Configuration conf = new Configuration();
        conf.set("fs." + SCHEME + ".impl", ObjectStoreFileSystem.class.getName());
        return conf;
    }

    /** The process dies when it writes an object whose path contains this. */
    public static void dieAt(String fragment) {
        beforeWrite = path -> {
            if (path.toString().contains(fragment)) {
                dead = true;
            }
        };
    }

    /** Another process begins, to which nothing happens. */
    public static void revive() {
        dead = false;
        failing = Integer.MAX_VALUE;
        beforeWrite = path -> {};
        afterDelete = path -> {};
    }

    /** Counts from 0 again; the operation with this number will fail. */
    public static void failAt(int operation) {
        failing = operation;
        OPERATIONS.set(0);
    }

    /** Operations since {@link #failAt}. */
    public static int operations() {
        return OPERATIONS.get();
    }

    private static void live() throws IOException {
        if (dead) {
            throw new IOException("killed");
        }
        if (OPERATIONS.getAndIncrement() == failing) {
            throw new IOException(FaultyFileSystem.MESSAGE);
        }
    }

    @Override
    public void initialize(URI name, Configuration conf) throws IOException {
        super.initialize(name, conf);
        setConf(conf);
    }

    @Override
    public URI getUri() {
        return URI.create(SCHEME + ":///");
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    private java.nio.file.Path local(Path path) {
        return java.nio.file.Path.of(makeQualified(path).toUri().getPath());
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
        live();
        if (!Files.isRegularFile(local(path))) {
            throw new FileNotFoundException(path.toString());
        }
        return FileSystem.getLocal(getConf())
                .getRawFileSystem()
                .open(new Path(local(path).toUri()));
    }

    @Override
    public FSDataOutputStream create(
            Path path,
            FsPermission permission,
            boolean overwrite,
            int bufferSize,
            short replication,
            long blockSize,
            Progressable progress)
            throws IOException {
        live();
        if (!overwrite && Files.exists(local(path))) {
            throw new FileAlreadyExistsException(path.toString());
        }
        return new FSDataOutputStream(
                new ByteArrayOutputStream() {
                    private boolean open = true;

                    @Override
                    public void close() throws IOException {
                        if (open) {
                            open = false;
                            put(path, toByteArray());
                        }
                    }
                },
                null);
    }

    private void put(Path path, byte[] content) throws IOException {
        live();
        beforeWrite.accept(path);
        live();
        java.nio.file.Path staged = Files.createTempFile("object", null);
        Files.write(staged, content);
        while (true) {
            try {
                Files.createDirectories(local(path).getParent());
                Files.move(staged, local(path), StandardCopyOption.REPLACE_EXISTING);
                return;
            } catch (NoSuchFileException e) {
                // the last other object of this prefix was removed meanwhile
            }
        }
    }

    @Override
    public FSDataOutputStream append(Path path, int bufferSize, Progressable progress) {
        throw new UnsupportedOperationException("append");
    }

    @Override
    public boolean rename(Path from, Path to) {
        throw new UnsupportedOperationException("rename of " + from);
    }

    @Override
    public boolean mkdirs(Path path, FsPermission permission) throws IOException {
        live();
        return true;
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        live();
        List<java.nio.file.Path> objects = objects(path);
        for (java.nio.file.Path object : objects) {
            Files.deleteIfExists(object);
        }
        removeEmpty(local(path));
        objects.forEach(o -> afterDelete.accept(new Path(SCHEME + "://" + o)));
        return !objects.isEmpty();
    }

    private List<java.nio.file.Path> objects(Path prefix) throws IOException {
        if (!Files.exists(local(prefix))) {
            return List.of();
        }
        try (Stream<java.nio.file.Path> all = Files.walk(local(prefix))) {
            return all.filter(Files::isRegularFile).toList();
        } catch (java.io.UncheckedIOException e) { // something vanished meanwhile
            return objects(prefix);
        }
    }

    /** Local directories that hold no objects are not there. */
    private static void removeEmpty(java.nio.file.Path from) throws IOException {
        try (Stream<java.nio.file.Path> below = Files.exists(from) ? Files.walk(from) : Stream.of()) {
            below.filter(Files::isDirectory)
                    .sorted(Comparator.reverseOrder())
                    .forEach(p -> p.toFile().delete());
        }
        java.nio.file.Path parent = from.getParent();
        while (parent != null && parent.toFile().delete()) {
            parent = parent.getParent();
        }
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        FileStatus self = getFileStatus(path);
        if (self.isFile()) {
            return new FileStatus[] {self};
        }
        List<FileStatus> found = new ArrayList<>();
        try (Stream<java.nio.file.Path> children = Files.list(local(path))) {
            for (java.nio.file.Path child : children.sorted().toList()) {
                try {
                    found.add(getFileStatus(new Path(path, child.getFileName().toString())));
                } catch (FileNotFoundException e) {
                    // a local directory without objects
                }
            }
        } catch (NoSuchFileException e) {
            throw new FileNotFoundException(path.toString());
        }
        return found.toArray(FileStatus[]::new);
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        live();
        java.nio.file.Path file = local(path);
        Path qualified = makeQualified(path);
        try {
            if (Files.isRegularFile(file)) {
                long time = Files.getLastModifiedTime(file).toMillis();
                return new FileStatus(Files.size(file), false, 1, 1 << 25, time, qualified);
            }
        } catch (NoSuchFileException e) {
            throw new FileNotFoundException(path.toString());
        }
        if (objects(path).isEmpty()) {
            throw new FileNotFoundException(path.toString());
        }
        return new FileStatus(0, true, 1, 1 << 25, System.currentTimeMillis(), qualified);
    }

    @Override
    public void setWorkingDirectory(Path path) {
        working = path;
    }

    @Override
    public Path getWorkingDirectory() {
        return working;
    }
}
