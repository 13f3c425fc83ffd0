package etroc.source.etroc2;

import etroc.InputException;
import etroc.layout.RawFiles;
import etroc.layout.etroc2.Etroc2Layout;
import etroc.layout.etroc2.TextDialect;
import etroc.runs.DataFile;
import etroc.runs.Inventory;
import etroc.runs.StreamFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.jspecify.annotations.Nullable;

/** The runs of some inputs, each with the layout that its content shows. */
public final class StreamRuns {
    /** Files that are looked at to tell the chip. */
    private static final int LOOKED_AT = 3;

    private StreamRuns() {}

    /** What a run's first file with content is. */
    private record Seen(
            List<DataFile> files,
            @Nullable Etroc2Layout layout,
            @Nullable TextDialect dialect) {
        DataFile first() {
            return files.stream().filter(f -> f.length() > 0).findFirst().orElse(files.get(0));
        }
    }

    /**
     * Whether inputs hold ETROC2 data: what the option says, else what the first files with content are.
     *
     * @throws InputException if an input cannot be listed
     */
    public static boolean recognise(List<String> inputs, String layout, Configuration conf) {
        if (!layout.equalsIgnoreCase("auto")) {
            return Etroc2Layout.isName(layout);
        }
        Collection<List<DataFile>> runs = byRun(StreamFiles.list(inputs, conf)).values();
        List<List<DataFile>> withContent = runs.stream()
                .filter(r -> r.stream().anyMatch(f -> f.length() > 0))
                .toList();
        List<List<DataFile>> looked = withContent.isEmpty() ? List.copyOf(runs) : withContent;
        // endings that ETROC1 does not have come first
        return looked.stream()
                .sorted((a, b) -> Boolean.compare(isText(a), isText(b)))
                .limit(LOOKED_AT)
                .anyMatch(r -> see(r, null, conf).layout != null);
    }

    private static boolean isText(List<DataFile> run) {
        return run.get(0).path().matches(".*\\.(dat|txt)");
    }

    private static Map<String, List<DataFile>> byRun(Inventory inventory) {
        return inventory.files().stream()
                .collect(Collectors.groupingBy(
                        f -> f.run().name() + " " + f.path().replaceFirst(".*\\.", ""),
                        LinkedHashMap::new,
                        Collectors.toList()));
    }

    /**
     * The runs of an inventory.
     *
     * @throws InputException if a file is none of ETROC2, or several layouts lie side by side
     */
    public static List<StreamRun> of(Inventory inventory, Etroc2Options options, Configuration conf) {
        List<Seen> seen = new ArrayList<>();
        for (List<DataFile> files : byRun(inventory).values()) {
            Seen run = see(files, options.dialect(), conf);
            boolean chosen = options.layout().equals("auto")
                    || (run.layout != null && run.layout.optionName().equals(options.layout()));
            if (chosen) {
                StreamFiles.check(files);
                seen.add(run);
            }
        }
        check(inventory, options, seen);
        List<StreamRun> runs = new ArrayList<>();
        Map<String, Seen> names = new TreeMap<>();
        for (Seen run : seen) {
            String name = run.files.get(0).run().name();
            Seen other = names.put(name, run);
            if (other != null) {
                throw new InputException("run " + name + " is in "
                        + other.first().path() + " and in " + run.first().path() + "; give one of them");
            }
            Etroc2Layout layout = java.util.Objects.requireNonNull(run.layout);
            runs.add(new StreamRun(runs.size(), name, layout, run.dialect, run.files));
        }
        return runs;
    }

    private static void check(Inventory inventory, Etroc2Options options, List<Seen> seen) {
        if (seen.isEmpty()) {
            throw new InputException("no ETROC2 data "
                    + (options.layout().equals("auto") ? "" : "of layout " + options.layout() + " ") + "among "
                    + inventory.files().size() + " files that end in .dat, .bin, .nem, .sem or .txt");
        }
        seen.stream().filter(s -> s.layout == null).findFirst().ifPresent(s -> {
            throw new InputException(s.first().path() + " is no ETROC2 data: tried " + Etroc2Layout.possible()
                    + "; etroc.input.layout = kcu, fpga or nem chooses");
        });
        Map<String, Seen> layouts = seen.stream()
                .collect(Collectors.toMap(
                        s -> s.layout == null ? "" : s.layout.optionName(),
                        Function.identity(),
                        (a, b) -> a,
                        TreeMap::new));
        if (layouts.size() > 1) {
            throw new InputException("several layouts lie side by side, whose hits might be the same: "
                    + layouts.entrySet().stream()
                            .map(e ->
                                    e.getKey() + " (as " + e.getValue().first().path() + ")")
                            .collect(Collectors.joining(", "))
                    + "; etroc.input.layout chooses one");
        }
    }

    private static Seen see(List<DataFile> files, @Nullable TextDialect dialect, Configuration conf) {
        Seen seen = new Seen(files, null, dialect);
        DataFile first = seen.first();
        byte[] head = head(first, conf);
        String name = first.path().replaceFirst(".*/", "");
        Optional<Etroc2Layout> layout = Etroc2Layout.of(head, name, first.length());
        TextDialect of = dialect;
        if (layout.orElse(null) == Etroc2Layout.NEM && of == null) {
            of = TextDialect.of(Etroc2Layout.lines(head, first.length()), name).orElse(TextDialect.NEM_1);
        }
        return new Seen(files, layout.orElse(null), layout.orElse(null) == Etroc2Layout.NEM ? of : null);
    }

    private static byte[] head(DataFile file, Configuration conf) {
        try (FSDataInputStream in = RawFiles.open(file.path(), conf)) {
            return in.readNBytes((int) Math.min(file.length(), Etroc2Layout.HEAD));
        } catch (IOException e) {
            throw new InputException("cannot read " + file.path() + ": " + e.getMessage(), e);
        }
    }
}
