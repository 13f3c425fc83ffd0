package etroc.store;

import etroc.InputException;
import etroc.UsageException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/**
 * An output directory: {@code hits/}, {@code results/<id>/}, {@code LATEST}. What it holds is whole at every moment: parts are written
 * under names that readers skip and appear by one rename.
 */
public final class Output {
    private static final String LATEST = "LATEST";
    private static final String STAGING = "_staging-";

    private final Path root;
    private final Configuration conf;
    private final FileSystem fs;

    /** @throws UsageException if the place cannot be reached */
    public Output(String directory, Configuration conf) {
        this.conf = conf;
        try {
            Path path = new Path(directory);
            this.fs = path.getFileSystem(conf);
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

    public Path results() {
        return new Path(root, "results");
    }

    public Configuration conf() {
        return conf;
    }

    FileSystem fs() {
        return fs;
    }

    /** Whether anything was published here; what a killed command left staged does not count. */
    public boolean exists() throws IOException {
        return latest().isPresent()
                || !directories(hits()).isEmpty()
                || !directories(results()).isEmpty();
    }

    /**
     * Makes room for a new analysis.
     *
     * @throws UsageException if the place is taken and may not be overwritten, or holds what this program did not write
     */
    public void prepare(boolean overwrite) throws IOException {
        if (!fs.exists(root)) {
            return;
        }
        if (exists() && !overwrite) {
            throw new UsageException("output " + root + " exists; --overwrite replaces it, another -o keeps it");
        }
        for (FileStatus child : fs.listStatus(root)) {
            String name = child.getPath().getName();
            if (!EnumSet.allOf(Part.class).stream().anyMatch(p -> p.fileName.equals(name))
                    && !name.startsWith(STAGING)) {
                throw new UsageException(
                        "output " + root + " holds '" + name + "', which no analysis wrote; nothing was overwritten");
            }
        }
    }

    private enum Part {
        HITS("hits"),
        RESULTS("results"),
        LATEST_FILE(LATEST),
        LATEST_CHECKSUM("." + LATEST + ".crc");

        private final String fileName;

        Part(String fileName) {
            this.fileName = fileName;
        }
    }

    /** A fresh directory for something that will become {@code target}. */
    public Path stage(Path target) throws IOException {
        Path staging = new Path(target.getParent(), STAGING + target.getName());
        fs.delete(staging, true);
        if (!fs.mkdirs(staging)) {
            throw new IOException("cannot make directory " + staging);
        }
        return staging;
    }

    /** Makes a staged directory appear under its name. */
    public void publish(Path staging, Path target) throws IOException {
        FileContext.getFileContext(root.toUri(), conf).rename(staging, target);
    }

    /** Removes a directory if it is there. */
    public void delete(Path path) throws IOException {
        fs.delete(path, true);
    }

    /** Switches {@code LATEST}. */
    public void setLatest(String id) throws IOException {
        Path staged = new Path(root, STAGING + LATEST);
        write(staged, (id + "\n").getBytes(StandardCharsets.UTF_8));
        FileContext.getFileContext(root.toUri(), conf).rename(staged, new Path(root, LATEST), Options.Rename.OVERWRITE);
    }

    /** The id of the newest result set, if there is one. */
    public Optional<String> latest() throws IOException {
        try {
            return Optional.of(new String(read(new Path(root, LATEST)), StandardCharsets.UTF_8).trim());
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /** The newest result set. @throws InputException if there is none */
    public Path latestResult() throws IOException {
        return latest().map(id -> new Path(results(), id))
                .orElseThrow(() -> new InputException(root + " holds no results: there is no file " + LATEST
                        + "; etroc scan and etroc telescope make them"));
    }

    /** Writes a small file, replacing an older one. */
    public void write(Path file, byte[] content) throws IOException {
        try (FSDataOutputStream out = fs.create(file, true)) {
            out.write(content);
        }
    }

    /** Reads a small file. */
    public byte[] read(Path file) throws IOException {
        try (FSDataInputStream in = fs.open(file)) {
            return in.readAllBytes();
        }
    }

    /** Names of the directories in a place, sorted; none if it does not exist. */
    public java.util.List<String> directories(Path in) throws IOException {
        if (!fs.exists(in)) {
            return java.util.List.of();
        }
        return java.util.Arrays.stream(fs.listStatus(in))
                .filter(FileStatus::isDirectory)
                .map(s -> s.getPath().getName())
                .filter(n -> !n.startsWith("_") && !n.startsWith("."))
                .sorted(Comparator.naturalOrder())
                .toList();
    }
}
