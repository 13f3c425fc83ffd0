package etroc.runs;

import etroc.InputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The data files of some directories, files and globs, and the runs that they belong to. The order is by run name and split number,
 * whatever the order of the listing.
 *
 * @param files all data files, empty ones too
 * @param skipped files left out on request, with the reason
 * @param ignored how many other files (hidden, or not {@code .dat} or {@code .txt}) were seen
 */
public record Inventory(List<DataFile> files, List<Skipped> skipped, int ignored) {
    /** A file that was left out, and why. */
    public record Skipped(String path, String reason) {}

    /** What to do with a name that does not parse, or a run and split that occur twice. */
    public enum OnOdd {
        FAIL,
        SKIP
    }

    /** How to read names. */
    public record Options(ChargeFromQSel charge, OnOdd oddNames, OnOdd duplicates) implements java.io.Serializable {
        public static final Options DEFAULT = new Options(ChargeFromQSel.FC, OnOdd.FAIL, OnOdd.FAIL);
    }

    private static final Comparator<DataFile> ORDER = Comparator.comparing(
                    (DataFile f) -> f.run().name())
            .thenComparingInt(DataFile::split)
            .thenComparing(DataFile::path);

    public Inventory {
        files = List.copyOf(files);
        skipped = List.copyOf(skipped);
    }

    /** All runs, by name. */
    public List<Run> runs() {
        return files.stream().map(DataFile::run).distinct().toList();
    }

    /** Sum of the files' sizes [bytes]. */
    public long bytes() {
        return files.stream().mapToLong(DataFile::length).sum();
    }

    /** Splits that a run lacks between its first and its last, for the log: {@code run: 2, 3}. */
    public List<String> missingSplits() {
        Map<String, List<Integer>> splits = files.stream()
                .collect(Collectors.groupingBy(
                        f -> f.run().name(), TreeMap::new, Collectors.mapping(DataFile::split, Collectors.toList())));
        List<String> missing = new ArrayList<>();
        splits.forEach((run, numbers) -> {
            StringBuilder gaps = new StringBuilder();
            for (int i = 1; i < numbers.size(); i++) {
                int from = numbers.get(i - 1) + 1;
                int to = numbers.get(i) - 1;
                if (from <= to) {
                    gaps.append(gaps.isEmpty() ? "" : ", ").append(from == to ? "" + from : from + " to " + to);
                }
            }
            if (!gaps.isEmpty()) {
                missing.add(run + ": " + gaps);
            }
        });
        return missing;
    }

    /**
     * Lists the inputs.
     *
     * @throws InputException if an input does not exist or cannot be listed, no data file is found, or a name or a duplicate is odd
     */
    public static Inventory list(List<String> inputs, Configuration conf, Options options) {
        Listing listing = new Listing(conf, options);
        inputs.forEach(listing::add);
        return listing.inventory(inputs);
    }

    /** The file or directory of a name, also one that holds glob characters, or what the name matches as a glob. */
    static List<FileStatus> expand(FileSystem fs, Path path) throws IOException {
        try {
            return List.of(fs.getFileStatus(path)); // also a name that holds glob characters
        } catch (FileNotFoundException e) {
            FileStatus[] matches = fs.globStatus(path);
            if (matches == null || matches.length == 0) {
                throw e;
            }
            return List.of(matches);
        }
    }

    /** What is to be said of an input that is not found: it may stand in a directory that one may not enter. */
    static InputException absent(String input, FileNotFoundException e) {
        if (!input.contains(":")) {
            for (var at = java.nio.file.Path.of(input).toAbsolutePath().getParent(); at != null; at = at.getParent()) {
                if (Files.isDirectory(at) && !Files.isExecutable(at)) {
                    return new InputException("input '" + input + "': no permission to enter directory " + at, e);
                }
            }
        }
        return new InputException("input '" + input + "' does not exist", e);
    }

    private static final class Listing {
        private final Configuration conf;
        private final Options options;
        private final Map<String, Run> runs = new HashMap<>();
        private final List<DataFile> files = new ArrayList<>();
        private final List<Skipped> skipped = new ArrayList<>();
        private int ignored;

        Listing(Configuration conf, Options options) {
            this.conf = conf;
            this.options = options;
        }

        void add(String input) {
            Path path = new Path(input);
            try {
                FileSystem fs = path.getFileSystem(conf);
                for (FileStatus status : expand(fs, path)) {
                    walk(fs, status, true);
                }
            } catch (FileNotFoundException e) {
                throw absent(input, e);
            } catch (IOException e) {
                throw new InputException("cannot list input '" + input + "': " + e.getMessage(), e);
            }
        }

        private void walk(FileSystem fs, FileStatus status, boolean named) throws IOException {
            String name = status.getPath().getName();
            boolean hidden = name.startsWith(".") || name.startsWith("_");
            if (status.isDirectory()) {
                if (named || !hidden) {
                    for (FileStatus child : Folders.children(fs, status)) {
                        walk(fs, child, false);
                    }
                }
            } else if (hidden || !RunName.isDataFile(name)) {
                ignored++;
            } else {
                addFile(status, name);
            }
        }

        private void addFile(FileStatus status, String name) {
            String path = status.getPath().toString();
            try {
                RunName.Parsed parsed = RunName.parse(name, options.charge());
                Run run = runs.computeIfAbsent(parsed.run().name(), n -> parsed.run());
                files.add(new DataFile(path, status.getLen(), status.getModificationTime(), run, parsed.split()));
            } catch (InputException e) {
                if (options.oddNames() == OnOdd.FAIL) {
                    throw new InputException(
                            path + ": " + e.getMessage() + " (etroc.input.odd-names = skip leaves such files out)", e);
                }
                skipped.add(new Skipped(path, String.valueOf(e.getMessage())));
            }
        }

        Inventory inventory(List<String> inputs) {
            files.sort(ORDER);
            List<DataFile> unique = new ArrayList<>();
            for (DataFile file : files) {
                DataFile last = unique.isEmpty() ? null : unique.get(unique.size() - 1);
                if (last == null || last.split() != file.split() || !last.run().equals(file.run())) {
                    unique.add(file);
                } else if (!last.path().equals(file.path())) { // the same file named twice is one file
                    duplicate(last, file);
                }
            }
            if (unique.isEmpty()) {
                throw new InputException("no data in " + String.join(", ", inputs)
                        + ": no file ends in .dat, .txt, .dat.gz or .txt.gz" + " (" + ignored + " other files, "
                        + skipped.size() + " with odd names)");
            }
            return new Inventory(unique, skipped, ignored);
        }

        private void duplicate(DataFile first, DataFile second) {
            String reason =
                    "is split " + second.split() + " of run " + second.run().name() + " and so is " + first.path();
            if (options.duplicates() == OnOdd.FAIL) {
                throw new InputException(second.path() + " " + reason
                        + "; remove one, or set etroc.input.duplicates = skip to keep the first");
            }
            skipped.add(new Skipped(second.path(), reason));
        }
    }
}
