package etroc.store;

import etroc.InputException;
import etroc.UsageException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/**
 * An output directory: {@code hits/}, {@code files/}, {@code results/<id>/}, {@code LATEST}. What it holds is whole at every moment: parts are written
 * under names that readers skip and appear by one rename.
 */
public final class Output {
    private static final String LATEST = "LATEST";
    private static final String STAGING = "_staging-";

    private final Path root;
    private final Configuration conf;
    private final FileSystem fs;
    /** The same without checksum files beside small files: a file and its checksum cannot be switched in one step. */
    private final FileSystem plain;

    /** @throws UsageException if the place cannot be reached */
    public Output(String directory, Configuration conf) {
        this.conf = conf;
        try {
            Path path = new Path(directory);
            this.fs = path.getFileSystem(conf);
            this.plain = fs instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : fs;
            this.root = fs.makeQualified(path);
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException("output '" + directory + "': " + e.getMessage(), e);
        }
    }

    public Path root() {
        return root;
    }

    public Path hits() {
        return new Path(root, "hits");
    }

    /** What the hits are from, batch by batch. */
    public Path files() {
        return new Path(root, "files");
    }

    /** Events that later analyses of the same hits use again, by fingerprint. */
    public Path events() {
        return new Path(root, "events");
    }

    public Path results() {
        return new Path(root, "results");
    }

    public Configuration conf() {
        return conf;
    }

    FileSystem fs() {
        return fs;
    }

    /**
     * Whether an analysis may write here: nothing but its parts is there, and no result unless it may be replaced.
     *
     * @throws UsageException if the place is taken and may not be overwritten, or holds what this program did not write
     */
    public void check(boolean overwrite) throws IOException {
        if (!fs.exists(root)) {
            return;
        }
        if (latest().isPresent() && !overwrite) {
            throw new UsageException("output " + root + " exists; etroc reprocess "
                    + root.toUri().getPath() + " brings it up to date, --overwrite replaces it, another -o keeps it");
        }
        for (FileStatus child : fs.listStatus(root)) {
            String name = child.getPath().getName();
            if (Arrays.stream(Part.values()).noneMatch(p -> p.fileName.equals(name)) && !name.startsWith("_")) {
                throw new UsageException(
                        "output " + root + " holds '" + name + "', which no analysis wrote; nothing was overwritten");
            }
        }
    }

    /**
     * Takes the lock, and removes what killed commands left half made.
     *
     * @throws OutputLock.HeldException if somebody else has it
     */
    public OutputLock lock() throws IOException {
        OutputLock lock = OutputLock.take(fs, root);
        for (Path place : List.of(root, hits(), files(), events(), results())) {
            if (fs.exists(place)) {
                for (FileStatus child : fs.listStatus(place)) {
                    if (child.getPath().getName().startsWith(STAGING)) {
                        fs.delete(child.getPath(), true);
                    }
                }
            }
        }
        return lock;
    }

    private enum Part {
        HITS("hits"),
        FILES("files"),
        EVENTS("events"),
        RESULTS("results"),
        LATEST_FILE(LATEST);

        private final String fileName;

        Part(String fileName) {
            this.fileName = fileName;
        }
    }

    /** Whether a rename is one step; where it is not, a thing is written in place and its marker file last. */
    private boolean renames() {
        return !fs.getScheme().startsWith("s3");
    }

    /** A fresh directory for something that will become {@code target}. */
    public Path stage(Path target) throws IOException {
        Path staging = renames() ? new Path(target.getParent(), STAGING + target.getName()) : target;
        fs.delete(staging, true);
        if (!fs.mkdirs(staging)) {
            throw new IOException("cannot make directory " + staging);
        }
        return staging;
    }

    /**
     * Makes a staged directory appear under its name.
     *
     * @param marker name of the file that says that the directory is whole
     * @param content of that file
     */
    public void publish(Path staging, Path target, String marker, byte[] content) throws IOException {
        write(new Path(staging, marker), content);
        if (renames()) {
            FileContext.getFileContext(root.toUri(), conf).rename(staging, target);
        }
    }

    /** Takes over a local directory in place of what is there. */
    public void copyIn(java.nio.file.Path directory, Path target) throws IOException {
        Path staging = stage(target);
        fs.delete(staging, true);
        FileUtil.copy(directory.toFile(), fs, staging, false, conf);
        if (renames()) {
            fs.delete(target, true);
            FileContext.getFileContext(root.toUri(), conf).rename(staging, target);
        }
    }

    /** Removes a directory if it is there. */
    public void delete(Path path) throws IOException {
        fs.delete(path, true);
    }

    /** Switches {@code LATEST}. */
    public void setLatest(String id) throws IOException {
        replace(LATEST, (id + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Replaces a small file of the output's root in one step: whoever reads sees the old one or the new one. */
    public void replace(String name, byte[] content) throws IOException {
        Path target = new Path(root, name);
        if (!renames()) {
            write(target, content);
            return;
        }
        Path staged = new Path(root, STAGING + name);
        write(staged, content);
        if (plain != fs) {
            Files.move(local(staged), local(target), StandardCopyOption.ATOMIC_MOVE);
        } else {
            FileContext.getFileContext(root.toUri(), conf).rename(staged, target, Options.Rename.OVERWRITE);
        }
    }

    private static java.nio.file.Path local(Path path) {
        return java.nio.file.Path.of(path.toUri().getPath());
    }

    /** The id of the newest result set, if there is one. */
    public Optional<String> latest() throws IOException {
        return find(new Path(root, LATEST)).map(text -> new String(text, StandardCharsets.UTF_8).trim());
    }

    /** The newest result set. @throws InputException if there is none */
    public Path latestResult() throws IOException {
        return latest().map(id -> new Path(results(), id))
                .orElseThrow(() -> new InputException(root + " holds no results: there is no file " + LATEST
                        + "; etroc scan and etroc telescope make them"));
    }

    /** Writes a small file, replacing an older one. */
    public void write(Path file, byte[] content) throws IOException {
        try (FSDataOutputStream out = plain.create(file, true)) {
            out.write(content);
        }
    }

    /** Reads a small file, if it is there. */
    public Optional<byte[]> find(Path file) throws IOException {
        try {
            return Optional.of(read(file));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Reads a small file. */
    public byte[] read(Path file) throws IOException {
        try (FSDataInputStream in = plain.open(file)) {
            return in.readAllBytes();
        }
    }

    /** Names of the directories in a place, sorted; none if it does not exist. */
    public List<String> directories(Path in) throws IOException {
        if (!fs.exists(in)) {
            return List.of();
        }
        return Arrays.stream(fs.listStatus(in))
                .filter(FileStatus::isDirectory)
                .map(s -> s.getPath().getName())
                .filter(n -> !n.startsWith("_") && !n.startsWith("."))
                .sorted(Comparator.naturalOrder())
                .toList();
    }
}
