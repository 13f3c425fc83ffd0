package etroc.scan.bench;

import etroc.InputException;
import etroc.runs.Inventory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The places of a scan in some directories, by path, whatever the order of the listing.
 *
 * @param skipped places with odd names, left out on request
 * @param ignored how many other files were seen
 */
record BenchListing(List<BenchPlace> places, List<Inventory.Skipped> skipped, int ignored) {
    private static final Pattern TDC_FILE = Pattern.compile("(?i).*\\.nem|file_\\d+\\.bin|TDC_Data.*\\.dat");
    private static final Pattern ACC_CSV = Pattern.compile("(?:(.*)_)?acc_C(\\d{1,2})_R(\\d{1,2})\\.csv");
    private static final Pattern MATRIX = Pattern.compile(".+_(BL|NW)_.+\\.csv");
    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final String FPGA_DATA = "FPGA_Data.dat";

    /** Numbers within names by their value. */
    static final Comparator<String> NATURAL = Comparator.<String, String>comparing(s -> DIGITS.matcher(s)
                    .replaceAll(m -> "0".repeat(Math.max(0, 20 - m.group().length())) + m.group()))
            .thenComparing(Comparator.naturalOrder());

    /** Lists the inputs. @throws InputException if one does not exist, nothing of a scan is found, or a name is odd */
    static BenchListing list(List<String> inputs, Configuration conf, Inventory.Options names) {
        Walk walk = new Walk(names);
        try {
            for (String input : inputs) {
                Path path = new Path(input);
                FileSystem fs = path.getFileSystem(conf);
                FileStatus[] found = fs.globStatus(path);
                if (found == null || found.length == 0) {
                    throw new InputException(input + " does not exist");
                }
                for (FileStatus status : found) {
                    walk.visit(fs, status);
                }
            }
        } catch (IOException e) {
            throw new InputException(String.join(", ", inputs) + " cannot be listed: " + e.getMessage(), e);
        }
        if (walk.places.isEmpty()) {
            throw new InputException("nothing of an ETROC2 scan in " + String.join(", ", inputs)
                    + ": no folder has a token Pixel_C<column>_R<row> and a measurement, no BaselineHistory.sqlite,"
                    + " ACCScurveHistory.sqlite, <chip>_BL_<time>.csv or acc_C<column>_R<row>.csv is there ("
                    + walk.ignored + " other files, " + walk.skipped.size() + " with odd names)");
        }
        walk.places.sort(Comparator.comparing(BenchPlace::path, NATURAL));
        return new BenchListing(List.copyOf(walk.places), List.copyOf(walk.skipped), walk.ignored);
    }

    /** Whether there is anything of a scan, at most so many directories deep. Does not look at whether inputs exist. */
    static boolean any(List<String> inputs, Configuration conf, int depth) {
        try {
            for (String input : inputs) {
                Path path = new Path(input);
                FileSystem fs = path.getFileSystem(conf);
                FileStatus[] found = fs.globStatus(path);
                for (FileStatus status : found == null ? new FileStatus[0] : found) {
                    if (any(fs, status, depth)) {
                        return true;
                    }
                }
            }
            return false;
        } catch (IOException e) {
            return false; // whoever lists them will say so
        }
    }

    private static boolean any(FileSystem fs, FileStatus status, int depth) throws IOException {
        String name = status.getPath().getName();
        if (!status.isDirectory()) {
            return name.equals(FPGA_DATA) || fileKind(name) != null;
        }
        if (BenchName.looksLikeOne(name)) {
            return true;
        }
        RemoteIterator<FileStatus> children = fs.listStatusIterator(status.getPath());
        boolean found = false;
        while (depth > 0 && !found && children.hasNext()) {
            found = any(fs, children.next(), depth - 1);
        }
        return found;
    }

    private static @org.jspecify.annotations.Nullable BenchKind fileKind(String name) {
        if (name.equals("BaselineHistory.sqlite")) {
            return BenchKind.BASELINE_HISTORY;
        } else if (name.equals("ACCScurveHistory.sqlite")) {
            return BenchKind.ACCUMULATOR_HISTORY;
        } else if (ACC_CSV.matcher(name).matches()) {
            return BenchKind.ACCUMULATOR_CSV;
        }
        var matrix = MATRIX.matcher(name);
        return !matrix.matches()
                ? null
                : matrix.group(1).equals("BL") ? BenchKind.BASELINE_MATRIX : BenchKind.WIDTH_MATRIX;
    }

    private static final class Walk {
        private final Inventory.Options names;
        private final List<BenchPlace> places = new ArrayList<>();
        private final List<Inventory.Skipped> skipped = new ArrayList<>();
        private final Set<String> seen = new HashSet<>();
        private int ignored;

        Walk(Inventory.Options names) {
            this.names = names;
        }

        void visit(FileSystem fs, FileStatus status) throws IOException {
            if (!seen.add(status.getPath().toString()) || isHidden(status)) {
                return; // inputs may overlap
            }
            if (!status.isDirectory()) {
                file(status);
                return;
            }
            List<FileStatus> files = new ArrayList<>();
            RemoteIterator<FileStatus> children = fs.listStatusIterator(status.getPath());
            while (children.hasNext()) {
                FileStatus child = children.next();
                if (child.isDirectory()) {
                    visit(fs, child);
                } else if (!isHidden(child)) {
                    files.add(child);
                }
            }
            String name = status.getPath().getName();
            boolean measured = files.stream()
                    .map(f -> f.getPath().getName())
                    .anyMatch(f -> f.equals(FPGA_DATA) || TDC_FILE.matcher(f).matches());
            if (measured || BenchName.looksLikeOne(name)) {
                folder(status, name, files);
            } else {
                files.forEach(this::file);
            }
        }

        private static boolean isHidden(FileStatus status) {
            return status.getPath().getName().startsWith(".")
                    || status.getPath().getName().startsWith("_");
        }

        private void folder(FileStatus status, String name, List<FileStatus> files) {
            BenchName parsed;
            String path = status.getPath().toString();
            try {
                parsed = BenchName.parse(name, names.charge());
            } catch (InputException e) {
                odd(path, String.valueOf(e.getMessage()), e);
                return;
            }
            boolean tdc = parsed.kind() == BenchKind.TDC;
            List<BenchPlace.Part> parts = files.stream()
                    .filter(f -> tdc
                            ? TDC_FILE.matcher(f.getPath().getName()).matches()
                            : f.getPath().getName().equals(FPGA_DATA))
                    .map(Walk::part)
                    .sorted(Comparator.comparing(BenchPlace.Part::path, NATURAL))
                    .toList();
            ignored += files.size() - parts.size();
            places.add(new BenchPlace(parsed.kind(), path, parsed, parts));
        }

        private void odd(String path, String reason, InputException cause) {
            if (names.oddNames() == Inventory.OnOdd.FAIL) {
                throw new InputException(
                        path + ": " + reason + " (etroc.input.odd-names = skip leaves such folders out)", cause);
            }
            skipped.add(new Inventory.Skipped(path, reason));
        }

        private void file(FileStatus status) {
            String name = status.getPath().getName();
            BenchKind kind = fileKind(name);
            if (kind == null) {
                ignored++;
                return;
            }
            String path = status.getPath().toString();
            BenchName of = null;
            var csv = ACC_CSV.matcher(name);
            if (csv.matches()) {
                try {
                    String chip = csv.group(1) == null ? "" : csv.group(1);
                    of = BenchName.ofPixel(chip, kind, csv.group(2), csv.group(3));
                } catch (InputException e) {
                    odd(path, String.valueOf(e.getMessage()), e);
                    return;
                }
            }
            places.add(new BenchPlace(kind, path, of, List.of(part(status))));
        }

        private static BenchPlace.Part part(FileStatus status) {
            return new BenchPlace.Part(status.getPath().toString(), status.getLen(), status.getModificationTime());
        }
    }
}
