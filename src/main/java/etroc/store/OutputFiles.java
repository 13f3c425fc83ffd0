package etroc.store;

import etroc.UsageException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** Small files and whole directories of the file system that an output is on. */
final class OutputFiles {
    /** Names of what is not yet there. */
    static final String STAGING = "_staging-";

    /** Stores of objects that have permissions nevertheless. */
    private static final Set<String> OBJECT_STORES = Set.of("wasb", "wasbs");

    private final FileSystem fs;
    /** The same without checksum files beside small files: a file and its checksum cannot be switched in one step. */
    private final FileSystem plain;

    private final Path root;
    private final boolean renames;

    OutputFiles(Path path, Configuration conf) throws IOException {
        fs = path.getFileSystem(conf);
        plain = fs instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : fs;
        root = fs.makeQualified(path);
        renames = conf.getBoolean(Output.RENAME, isTree());
    }

    /** A tree of files has permissions and no etags. What is not known to be one is written as a store of objects, which is right anywhere. */
    private boolean isTree() throws IOException {
        return !OBJECT_STORES.contains(fs.getScheme())
                && fs.hasPathCapability(root, CommonPathCapabilities.FS_PERMISSIONS)
                && !fs.hasPathCapability(root, CommonPathCapabilities.ETAGS_AVAILABLE);
    }

    Path root() {
        return root;
    }

    FileSystem fs() {
        return fs;
    }

    /** Whether the rename of a directory is one step. */
    boolean renames() {
        return renames;
    }

    boolean isLocal() {
        return plain != fs && fs.getScheme().equals("file");
    }

    static java.nio.file.Path local(Path path) {
        return java.nio.file.Path.of(path.toUri().getPath());
    }

    /** On a local disk: whether this user may write to the root, before hours of work. @throws UsageException if not */
    void checkWritable() {
        if (isLocal()) {
            java.nio.file.Path there = local(root);
            while (there.getParent() != null && !Files.exists(there)) {
                there = there.getParent();
            }
            if (!Files.isDirectory(there) || !Files.isWritable(there)) {
                throw new UsageException("output " + root + ": "
                        + (Files.isDirectory(there)
                                ? "no permission to write in " + there
                                : there + " is no directory"));
            }
        }
    }

    static Path staging(Path directory) {
        return new Path(directory, STAGING + UUID.randomUUID());
    }

    /** Gives a directory another name. @return whether that name was free */
    boolean move(Path from, Path to) throws IOException {
        try {
            if (isLocal()) { // Hadoop's way looks, then renames, and copies into a directory that came in between
                Files.move(local(from), local(to), StandardCopyOption.ATOMIC_MOVE);
            } else {
                context().rename(from, to);
            }
            return true;
        } catch (IOException e) {
            if (fs.exists(to)) {
                return false;
            }
            throw e;
        }
    }

    /** Writes a small file in one step: whoever reads sees the old one or the new one. */
    void replace(Path file, byte[] content) throws IOException {
        if (!renames) {
            write(file, content);
            return;
        }
        Path staged = staging(file.getParent());
        boolean moved = false;
        try {
            write(staged, content);
            if (isLocal()) {
                Files.move(local(staged), local(file), StandardCopyOption.ATOMIC_MOVE);
            } else {
                context().rename(staged, file, Options.Rename.OVERWRITE);
            }
            moved = true;
        } finally {
            if (!moved) {
                delete(staged);
            }
        }
    }

    private FileContext context() throws IOException {
        return FileContext.getFileContext(root.toUri(), fs.getConf());
    }

    /** Writes a small file. */
    void write(Path file, byte[] content) throws IOException {
        if (isLocal()) { // Hadoop's way starts a process a file, for its permissions
            Files.createDirectories(local(file.getParent()));
            Files.write(local(file), content);
            return;
        }
        try (FSDataOutputStream out = plain.create(file, true)) {
            out.write(content);
        }
    }

    /** Reads a small file, if it is there. */
    Optional<byte[]> find(Path file) throws IOException {
        try (FSDataInputStream in = plain.open(file)) {
            return Optional.of(in.readAllBytes());
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /** What is in a directory; nothing if it is not there. */
    List<FileStatus> children(Path directory) throws IOException {
        try {
            return Arrays.asList(fs.listStatus(directory));
        } catch (FileNotFoundException e) {
            return List.of();
        }
    }

    /**
     * Visits the files in a directory and below it, some of which others may remove meanwhile. Hadoop's own recursive listing asks for
     * permissions, which costs a process a file on a local disk and fails for one that has gone.
     */
    static void eachFile(FileSystem fs, Path directory, Visitor visitor) throws IOException {
        RemoteIterator<FileStatus> children = fs.listStatusIterator(directory);
        while (children.hasNext()) {
            FileStatus child = children.next();
            if (child.isDirectory()) {
                eachFile(fs, child.getPath(), visitor);
            } else {
                visitor.visit(child);
            }
        }
    }

    @FunctionalInterface
    interface Visitor {
        void visit(FileStatus file) throws IOException;
    }

    /** Removes a file or directory if it is there. */
    void delete(Path path) throws IOException {
        fs.delete(path, true);
    }
}
