package etroc.runs;

import etroc.InputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Files of ETROC2 data and the runs that they belong to. Their names say little: {@code output_run_<n>_rb<r>.dat} (readout board r),
 * {@code file_<n>_CE.dat}, {@code <base>_<n>.bin|nem|sem|dat}. A run's name is the place of its files below the input, and their base where it
 * says more than {@code file} or {@code TDC_Data}.
 */
public final class StreamFiles {
    private static final Pattern KCU = Pattern.compile("(output_run_.+?)_rb(\\d{1,4})\\.dat");
    private static final Pattern OLD_KCU = Pattern.compile("(file_\\d+_CE)\\.dat");
    private static final Pattern NUMBERED = Pattern.compile("(.*?)(?:_(\\d{1,9}))?\\.(dat|txt|bin|nem|sem)");
    /** The rest is a date, which orders the files. */
    private static final Pattern DATED = Pattern.compile("(run_\\d{1,9})_.+\\.(dat|bin|nem|sem)");

    private static final Set<String> SAYS_NOTHING =
            Set.of("", "file", "TDC_Data", "TDC_Data_translated", "translated", "output");

    private static final int UNNUMBERED = -1;

    private final Configuration conf;
    private final List<DataFile> files = new ArrayList<>();
    private final Map<String, Run> runs = new HashMap<>();
    private int ignored;

    private StreamFiles(Configuration conf) {
        this.conf = conf;
    }

    /**
     * Lists directories, files and globs; files of a run are in the order of their numbers, which become their places in the run.
     *
     * @throws InputException if an input does not exist or cannot be listed
     */
    public static Inventory list(List<String> inputs, Configuration conf) {
        StreamFiles listing = new StreamFiles(conf);
        inputs.forEach(listing::add);
        return listing.inventory();
    }

    private void add(String input) {
        Path path = new Path(input);
        try {
            FileSystem fs = path.getFileSystem(conf);
            for (FileStatus status : Inventory.expand(fs, path)) {
                String place =
                        status.isDirectory() ? "" : status.getPath().getParent().getName();
                walk(fs, status, place, status.isDirectory() ? status.getPath().getName() : place, true);
            }
        } catch (FileNotFoundException e) {
            throw Inventory.absent(input, e);
        } catch (IOException e) {
            throw new InputException("cannot list input '" + input + "': " + e.getMessage(), e);
        }
    }

    /** @param place below the input, empty for the input itself */
    private void walk(FileSystem fs, FileStatus status, String place, String root, boolean named) throws IOException {
        String name = status.getPath().getName();
        boolean hidden = name.startsWith(".") || name.startsWith("_");
        if (status.isDirectory()) {
            if (named || !hidden) {
                for (FileStatus child : Folders.children(fs, status)) {
                    String below = child.isDirectory()
                            ? (place.isEmpty() ? "" : place + "/")
                                    + child.getPath().getName()
                            : place;
                    walk(fs, child, below, root, false);
                }
            }
        } else if (hidden || !addFile(status, name, place.isEmpty() ? root : place, place)) {
            ignored++;
        }
    }

    /** @return whether a file of this name may hold data */
    private boolean addFile(FileStatus status, String name, String directory, String place) {
        Matcher kcu = KCU.matcher(name);
        Matcher old = OLD_KCU.matcher(name);
        Matcher dated = DATED.matcher(name);
        Matcher numbered = NUMBERED.matcher(name);
        String prefix = place.isEmpty() ? "" : place + "/";
        if (kcu.matches()) {
            add(status, prefix + kcu.group(1), Integer.parseInt(kcu.group(2)));
        } else if (old.matches()) {
            add(status, prefix + old.group(1), 0);
        } else if (dated.matches()) {
            add(status, prefix + dated.group(1), UNNUMBERED);
        } else if (numbered.matches() && numbered.group(1).equals("run")) {
            add(status, prefix + name.replaceFirst("\\.\\w+$", ""), 0);
        } else if (numbered.matches()) {
            String base = numbered.group(1);
            String number = numbered.group(2);
            boolean plain = SAYS_NOTHING.contains(base);
            add(status, plain ? directory : prefix + base, number == null ? 0 : Integer.parseInt(number));
        } else {
            return false;
        }
        return true;
    }

    private void add(FileStatus status, String runName, int number) {
        String ending = status.getPath().getName().replaceFirst(".*\\.", "");
        // the same words as .bin and as .nem are two things, of which only one may be read
        Run run = runs.computeIfAbsent(runName + " ." + ending, n -> new Run(runName, null, List.of(), null));
        files.add(
                new DataFile(status.getPath().toString(), status.getLen(), status.getModificationTime(), run, number));
    }

    private Inventory inventory() {
        files.sort(Comparator.comparing((DataFile f) -> f.run().name())
                .thenComparing(f -> f.path().replaceFirst(".*\\.", ""))
                .thenComparingInt(DataFile::split)
                .thenComparing(f -> padded(f.path())));
        List<DataFile> placed = new ArrayList<>();
        for (DataFile file : files) {
            DataFile last = placed.isEmpty() ? null : placed.get(placed.size() - 1);
            if (last != null && last.path().equals(file.path())) {
                continue; // the same file named twice is one file
            }
            placed.add(file);
        }
        return new Inventory(placed, List.of(), ignored);
    }

    /** With numbers of equal length, so that 2 is before 10. */
    private static String padded(String path) {
        return Pattern.compile("\\d+")
                .matcher(path)
                .replaceAll(m -> "0".repeat(Math.max(0, 20 - m.group().length())) + m.group());
    }

    /** @throws InputException if two files of a run, which are in their order, have one number */
    public static void check(List<DataFile> run) {
        for (int i = 1; i < run.size(); i++) {
            DataFile file = run.get(i);
            DataFile last = run.get(i - 1);
            if (file.split() != UNNUMBERED && file.split() == last.split()) {
                throw new InputException(file.path() + " is file " + file.split() + " of run "
                        + file.run().name() + " and so is " + last.path() + "; give one of them");
            }
        }
    }
}
