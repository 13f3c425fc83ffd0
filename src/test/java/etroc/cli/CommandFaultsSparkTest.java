package etroc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import etroc.CommandRun;
import etroc.FaultyFileSystem;
import etroc.FaultyFileSystem.Fault;
import etroc.ObjectStoreFileSystem;
import etroc.SharedSession;
import etroc.Sqlite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An operation of each command's output fails, on a file system and on an object store: a whole result or none, the exit code, and a second
 * run that gives what an undisturbed one gives. The build tries some operations; {@code -Dfaults=1} all, {@code -Dfaults.of=EXPORT,PRUNE} those of some commands.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandFaultsSparkTest {
    private static final boolean ALL = Integer.getInteger("faults", 0) == 1;
    /** Names of commands; all if it is empty. */
    private static final String OF = System.getProperty("faults.of", "");

    private static final int SOME = 1;

    @TempDir
    static Path directory;

    private enum Command {
        INGEST,
        SCAN,
        TELESCOPE,
        REPROCESS,
        REPORT,
        EXPORT,
        PRUNE,
        CAMPAIGN;

        /** Whether it works on an output that is there. */
        boolean onResult() {
            return this == REPROCESS || this == REPORT || this == EXPORT || this == PRUNE;
        }
    }

    private enum Store {
        FILES(FaultyFileSystem.SCHEME),
        OBJECTS(ObjectStoreFileSystem.SCHEME);

        private final String scheme;

        Store(String scheme) {
            this.scheme = scheme;
        }

        void failAt(int operation, Fault fault) {
            if (this == FILES) {
                FaultyFileSystem.failAt(operation, fault);
            } else {
                ObjectStoreFileSystem.failAt(operation);
            }
        }

        /** How many operations there were. */
        int heal() {
            int operations = this == FILES ? FaultyFileSystem.heal() : ObjectStoreFileSystem.operations();
            ObjectStoreFileSystem.revive();
            return operations;
        }
    }

    private Path scan;
    private Path beam;

    @BeforeAll
    void simulate() throws IOException {
        SharedSession.get();
        scan = directory.resolve("scan");
        CommandRun.ok(
                "simulate", "scan", scan, "--boards", 1, "--charges", 20, "--step", 12, "--lines", 50, "--seed", 6);
        beam = directory.resolve("beam");
        CommandRun.ok("simulate", "telescope", beam, "--events", 400, "--seed", 6);
        for (Path input : List.of(scan, beam)) {
            try (Stream<Path> files = Files.list(input)) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".csv")).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @AfterEach
    void heal() {
        FaultyFileSystem.heal();
        ObjectStoreFileSystem.revive();
    }

    /** A place with what the command needs there: two results, for those that work on one. */
    private Path place(Command command, Store store, String name) throws IOException {
        Path place = Files.createDirectory(directory.resolve(name));
        if (command.onResult()) {
            Path base = directory.resolve("base-" + store);
            if (!Files.exists(base)) {
                CommandRun.ok("scan", scan, "-o", uri(store, base), "-q");
                CommandRun.ok("reprocess", uri(store, base), "-q", "--set", "scan.noise.edge-offset=3");
            }
            FileUtils.copyDirectory(base.toFile(), place.resolve("out").toFile());
        }
        if (command == Command.CAMPAIGN) {
            Files.writeString(
                    place.resolve("c.conf"),
                    "campaign { output = \"" + uri(store, place.resolve("out"))
                            + "\", datasets = [ { name = a, kind = scan, inputs = \"" + scan + "\" } ] }");
        }
        return place;
    }

    private static String uri(Store store, Path path) {
        return store.scheme + "://" + path;
    }

    private CommandRun run(Command command, Store store, Path place) {
        String out = uri(store, place.resolve("out"));
        return switch (command) {
            case INGEST -> CommandRun.of("ingest", scan, "-o", out, "-q");
            case SCAN -> CommandRun.of("scan", scan, "-o", out, "-q");
            case TELESCOPE -> CommandRun.of("telescope", beam, "-o", out, "-q", "--until", "cuts");
            case REPROCESS -> CommandRun.of("reprocess", out, "-q", "--set", "scan.noise.edge-offset=5");
            case REPORT -> CommandRun.of("report", out, "--formats", "svg");
            case EXPORT -> CommandRun.of("export", out, "dac_points", "-o", place.resolve("t.csv"), "--overwrite");
            case PRUNE -> CommandRun.of("prune", out, "--keep", 1);
            case CAMPAIGN -> CommandRun.of("campaign", place.resolve("c.conf"), "-q");
        };
    }

    private static Path output(Command command, Path place) {
        return command == Command.CAMPAIGN ? place.resolve("out/a") : place.resolve("out");
    }

    @ParameterizedTest
    @EnumSource
    void aFaultLeavesAWholeResultOrNone(Command command) throws Exception {
        assumeTrue(OF.isEmpty() || List.of(OF.split(",")).contains(command.name()), "not asked for");
        List<String> broken = new ArrayList<>();
        for (Store store : Store.values()) {
            Path undisturbed = place(command, store, command + "-" + store);
            store.failAt(Integer.MAX_VALUE, Fault.EXCEPTION);
            CommandRun first = run(command, store, undisturbed);
            int operations = store.heal();
            assertThat(first.exit()).as(first.err()).isZero();
            Map<String, Integer> outcomes = new TreeMap<>();
            for (int operation : chosen(operations, command.ordinal())) {
                Fault fault = Fault.values()[(operation + command.ordinal()) % 2];
                Path place = place(command, store, command + "-" + store + operation);
                store.failAt(operation, fault);
                CommandRun run = run(command, store, place);
                String failed = store == Store.FILES ? FaultyFileSystem.failed() : "";
                store.heal();
                outcomes.merge("exit " + run.exit(), 1, Integer::sum);
                try {
                    check(command, store, place, run, undisturbed);
                } catch (AssertionError | IOException e) {
                    broken.add(store + " operation " + operation + " of " + operations + ", " + fault + " " + failed
                            + ", exit " + run.exit() + " " + run.err().strip() + ": " + e.getMessage());
                }
                FileUtils.deleteDirectory(place.toFile());
            }
            System.out.printf("%s on %s: %d operations, %s%n", command, store, operations, outcomes);
        }
        assertThat(broken).isEmpty();
    }

    private static TreeSet<Integer> chosen(int operations, int offset) {
        TreeSet<Integer> chosen = new TreeSet<>();
        int tries = ALL ? operations : SOME;
        for (int i = 0; i < tries; i++) {
            chosen.add(ALL ? i : (int) ((i + (offset * 3 % 8 + 1) / 9.0) * operations / tries));
        }
        return chosen;
    }

    private void check(Command command, Store store, Path place, CommandRun run, Path undisturbed) throws Exception {
        if (run.exit() != 0) {
            assertThat(run.exit()).isIn(2, 3);
            assertThat(run.out() + run.err()).contains(FaultyFileSystem.MESSAGE).doesNotContain("\tat ");
            if (command != Command.CAMPAIGN) {
                assertThat(run.err().strip().lines()).hasSize(1);
            }
        }
        Path out = output(command, place);
        if (Files.exists(out.resolve("LATEST"))) {
            assertThat(CommandRun.of("verify", uri(store, out)).err()).isEmpty();
        }
        CommandRun again = run(command, store, place);
        assertThat(again.exit()).as("again: " + again.err()).isZero();
        Path expected = output(command, undisturbed);
        Sqlite.assertSame(
                Sqlite.latest(expected).resolve("results.sqlite"),
                Sqlite.latest(out).resolve("results.sqlite"));
        assertThat(CommandRun.of("verify", uri(store, out)).err()).isEmpty();
        if (command == Command.EXPORT) {
            assertThat(place.resolve("t.csv")).hasSameTextualContentAs(undisturbed.resolve("t.csv"));
        }
        if (command == Command.PRUNE) {
            assertThat(children(out.resolve("results"))).isEqualTo(children(expected.resolve("results")));
        }
        if (command == Command.CAMPAIGN) {
            assertThat(place.resolve("out/campaign.sqlite")).exists();
        }
    }

    private static List<String> children(Path path) throws IOException {
        try (Stream<Path> all = Files.list(path)) {
            return all.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }
}
