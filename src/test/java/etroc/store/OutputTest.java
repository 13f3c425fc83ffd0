package etroc.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import etroc.InputException;
import etroc.ObjectStoreFileSystem;
import etroc.store.Output.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many writers of one output, some of them killed: on local files, and on a store of objects that can do next to nothing. */
class OutputTest {
    private static final String FILES = "file";
    private static final String OBJECTS = ObjectStoreFileSystem.SCHEME;

    @TempDir
    Path directory;

    @AfterEach
    void revive() {
        ObjectStoreFileSystem.revive();
    }

    private Output output(String scheme) {
        return new Output(scheme + "://" + directory + "/out", ObjectStoreFileSystem.conf());
    }

    private Path local(org.apache.hadoop.fs.Path path) {
        return Path.of(path.toUri().getPath());
    }

    /** A file of somebody who does not know what it is for. */
    private void put(Output output, Draft draft, String name, String content) throws IOException {
        output.files()
                .write(new org.apache.hadoop.fs.Path(draft.path(), name), content.getBytes(StandardCharsets.UTF_8));
    }

    /** Hits and their files, in the order of an ingest. */
    private String batch(Output output, String content) throws IOException {
        String name;
        try (Draft draft = output.numbered(Part.FILES, Part.HITS, Manifest.BATCH)) {
            put(output, draft, "part-0.parquet", content);
            name = draft.publish(Map.of());
        }
        try (Draft draft = output.draft(Part.HITS, name)) {
            put(output, draft, "part-0.parquet", content);
            assertThat(draft.publish(Map.of("how", content))).isEqualTo(name);
        }
        assertThat(Files.readString(local(output.path(Part.FILES, name)).resolve("part-0.parquet")))
                .isEqualTo(content);
        return name;
    }

    private record RunRow(String run) {}

    private String result(Output output, List<Integer> hits, List<String> events) throws IOException {
        try (ResultSetWriter writer = new ResultSetWriter(output, Instant.now())) {
            return publish(writer, hits, events);
        }
    }

    private static String publish(ResultSetWriter writer, List<Integer> hits, List<String> events) throws IOException {
        writer.write(List.of(Table.of("runs", RunRow.class, List.of(new RunRow("one")))));
        return writer.publish(Map.of("hits", hits, "events", events)).getName();
    }

    /** Makes everything below a path so old that its writer is taken for gone. */
    private static void age(Path path) throws IOException {
        FileTime old = FileTime.from(Instant.now().minus(Prune.SILENCE).minusSeconds(60));
        try (Stream<Path> all = Files.walk(path)) {
            for (Path one : all.toList()) {
                Files.setLastModifiedTime(one, old);
            }
        }
    }

    private static List<String> children(Path path) throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(path)) {
            return all.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    private static <T> List<T> atOnce(int threads, Callable<T> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CyclicBarrier start = new CyclicBarrier(threads);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(pool.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            pool.shutdown();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {FILES, OBJECTS})
    void everyBatchHasANumberOfItsOwn(String scheme) throws Exception {
        Output output = output(scheme);
        Set<String> names = new HashSet<>();
        for (int round = 0; round < 12; round++) {
            names.addAll(atOnce(6, () -> batch(output, Thread.currentThread().getName())));
        }
        assertThat(names).hasSize(72).allMatch(n -> n.matches("ingest=\\d+"));
        assertThat(output.whole(Part.HITS)).containsExactlyInAnyOrderElementsOf(names);
        for (String name : names) { // nobody wrote into another's directory
            Path place = local(output.path(Part.HITS, name));
            assertThat(children(place))
                    .contains("_batch.json", "part-0.parquet")
                    .noneMatch(n -> n.contains("writing"));
            assertThat(new JsonMapper()
                            .readTree(place.resolve("_batch.json").toFile())
                            .get("how")
                            .asText())
                    .isEqualTo(Files.readString(place.resolve("part-0.parquet")));
        }
        assertThat(children(directory.resolve("out/hits"))).hasSize(72);
    }

    @Test
    void whatNoWriterWroteIsInNobodysWay() throws Exception {
        Output output = output(FILES);
        batch(output, "one");
        Path odd = Files.createDirectories(local(output.path(Part.FILES, "ingest=odd")));
        for (String claim : List.of("", "x y z", "\u001b[31mred", "a b \u001b[31mred")) {
            Files.writeString(odd.resolve("_writing-" + claim.length()), claim);
        }
        assertThat(batch(output, "two")).isEqualTo("ingest=2");
        assertThat(String.join("", new Prune(output).writers())).contains("red").doesNotContain("\u001b");
    }

    @ParameterizedTest
    @ValueSource(strings = {FILES, OBJECTS})
    void ofEqualEventsTheFirstStay(String scheme) throws Exception {
        Output output = output(scheme);
        try (Draft first = output.draft(Part.EVENTS, "f00d");
                Draft second = output.draft(Part.EVENTS, "f00d")) {
            assertThat(first.path()).isNotEqualTo(second.path());
            put(output, first, "part-0.parquet", "first");
            put(output, second, "part-0.parquet", "second");
            String published = second.publish(Map.of("n", 2));
            assertThat(first.publish(Map.of("n", 1))).isEqualTo(published);
            assertThat(output.events("f00d")).contains(published);
            assertThat(output.record(Part.EVENTS, published, JsonNode.class)
                            .orElseThrow()
                            .get("n")
                            .asInt())
                    .isEqualTo(2);
            assertThat(Files.readString(
                            local(output.path(Part.EVENTS, published)).resolve("part-0.parquet")))
                    .isEqualTo("second");
        }
        assertThat(children(directory.resolve("out/events"))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {FILES, OBJECTS})
    void resultsOfWritersAtOnceAreAllThere(String scheme) throws Exception {
        Output output = output(scheme);
        batch(output, "x");
        List<String> ids = atOnce(4, () -> result(output, List.of(1), List.of()));
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(output.whole(Part.RESULTS)).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(ids).contains(output.latest().orElseThrow());
        assertThat(children(directory.resolve("out"))).noneMatch(n -> n.startsWith("_"));
        for (String id : ids) {
            assertFilesAreThoseOfTheManifest(local(output.path(Part.RESULTS, id)));
        }
    }

    /** An independent look: every file but the manifest is in it, with its size and checksum. */
    private static void assertFilesAreThoseOfTheManifest(Path result) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> all = Files.walk(result)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = result.relativize(file).toString();
                if (!name.equals("manifest.json") && !name.endsWith(".crc")) {
                    CRC32C crc = new CRC32C();
                    crc.update(Files.readAllBytes(file));
                    found.put(name, "%d %08x".formatted(Files.size(file), crc.getValue()));
                }
            }
        }
        Map<String, String> said = new TreeMap<>();
        new JsonMapper()
                .readTree(result.resolve("manifest.json").toFile())
                .get("files")
                .properties()
                .forEach(e -> said.put(
                        e.getKey(),
                        e.getValue().get("bytes").asLong() + " "
                                + e.getValue().get("crc32c").asText()));
        assertThat(said).isEqualTo(found).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {FILES, OBJECTS})
    void theReportIsInTheManifestAndMayBeDrawnAgain(String scheme) throws Exception {
        Output output = output(scheme);
        Path report =
                Files.createDirectories(directory.resolve("report/figures")).getParent();
        Files.writeString(report.resolve("index.html"), "one");
        Files.writeString(report.resolve("figures/a.csv"), "1");
        String id;
        try (ResultSetWriter writer = new ResultSetWriter(output, Instant.now())) {
            writer.report(report);
            id = publish(writer, List.of(), List.of());
        }
        Path result = local(output.path(Part.RESULTS, id));
        assertFilesAreThoseOfTheManifest(result);
        Files.writeString(report.resolve("index.html"), "another");
        Files.delete(report.resolve("figures/a.csv"));
        Files.writeString(report.resolve("figures/b.csv"), "2");
        ResultSetWriter.replaceReport(output, id, report);
        assertThat(Files.readString(result.resolve("report/index.html"))).isEqualTo("another");
        assertThat(children(result.resolve("report/figures")))
                .filteredOn(n -> !n.startsWith("."))
                .containsExactly("b.csv");
        assertFilesAreThoseOfTheManifest(result);
    }

    /** A run that replaces everything ends while others are at work on what is there. */
    @ParameterizedTest
    @ValueSource(strings = {FILES, OBJECTS})
    void whatSomebodyMayBeUsingStays(String scheme) throws Exception {
        Output output = output(scheme);
        batch(output, "old");
        String old = result(output, List.of(1), List.of());

        Prune before = new Prune(output);
        String fresh;
        try (ResultSetWriter other = new ResultSetWriter(output, Instant.now())) {
            try (ResultSetWriter overwriting = new ResultSetWriter(output, Instant.now())) {
                assertThat(batch(output, "fresh")).isEqualTo("ingest=2");
                fresh = publish(overwriting, List.of(2), List.of());
            }
            assertThat(before.writers())
                    .singleElement()
                    .satisfies(w -> assertThat(w).contains(System.getProperty("user.name")));
            assertThat(before.keep(0, true)).isEmpty();
            assertThat(output.whole(Part.HITS)).containsExactly("ingest=1", "ingest=2");
            assertThat(output.whole(Part.FILES)).containsExactly("ingest=1", "ingest=2");
            publish(other, List.of(1), List.of()); // on the hits that were there when it began
        }
        // now nobody is at work; what came after the beginning is not the overwriting run's to remove
        before.keep(0, true);
        assertThat(output.whole(Part.RESULTS)).hasSize(2).contains(fresh).doesNotContain(old);
        assertThat(output.whole(Part.HITS)).containsExactly("ingest=1", "ingest=2");
        new Prune(output).keep(1, true);
        assertThat(output.whole(Part.RESULTS))
                .hasSize(1)
                .contains(output.latest().orElseThrow());
        assertThat(output.whole(Part.HITS)).containsExactly("ingest=1");
        assertThat(output.whole(Part.FILES)).containsExactly("ingest=1");
    }

    /** Somebody begins exactly when hits are about to be removed, and has seen them. */
    @Test
    void whoBeginsInTheMiddleOfPruneLosesNothing() throws Exception {
        Output output = output(OBJECTS);
        batch(output, "unused");
        result(output, List.of(), List.of());
        List<ResultSetWriter> begun = new ArrayList<>();
        ObjectStoreFileSystem.afterDelete = path -> {
            if (path.getName().equals("_batch.json")) {
                try {
                    begun.add(new ResultSetWriter(output, Instant.now()));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        };
        assertThat(new Prune(output).keep(1, true)).isEmpty();
        assertThat(output.whole(Part.HITS)).containsExactly("ingest=1");
        ObjectStoreFileSystem.revive();
        begun.get(0).close();
        new Prune(output).keep(1, true);
        assertThat(children(directory.resolve("out/hits"))).isEmpty();
    }

    @Test
    void halfResultsOfTheKilledAreNobodysAndGoWhenTheyAreOld() throws Exception {
        Output output = output(OBJECTS);
        batch(output, "one");
        String id = result(output, List.of(1), List.of());
        // killed while the hits, then while the result was written: nobody cleans up after them
        ObjectStoreFileSystem.dieAt("_batch.json");
        assertThatThrownBy(() -> batch(output, "two")).isInstanceOf(IOException.class);
        ObjectStoreFileSystem.revive();
        ObjectStoreFileSystem.dieAt("manifest.json");
        assertThatThrownBy(() -> result(output, List.of(1), List.of())).isInstanceOf(IOException.class);
        ObjectStoreFileSystem.revive();

        assertThat(children(directory.resolve("out/hits"))).containsExactly("ingest=1", "ingest=2");
        assertThat(output.whole(Part.HITS)).containsExactly("ingest=1");
        assertThat(output.whole(Part.RESULTS)).containsExactly(id);
        assertThat(children(directory.resolve("out/results"))).hasSize(2);
        // they may be of somebody who is at work
        assertThat(new Prune(output).keep(2, true)).isEmpty();
        assertThat(new Prune(output).writers()).hasSize(2);
        assertThat(batch(output, "three")).isEqualTo("ingest=3");
        // a day later they are not
        Prune later = new Prune(output, Instant.now().plus(Prune.SILENCE).plus(Duration.ofMinutes(1)));
        assertThat(later.keep(2, false)).hasSize(5);
        later.keep(2, true);
        assertThat(children(directory.resolve("out/hits"))).containsExactly("ingest=1");
        assertThat(children(directory.resolve("out/results"))).containsExactly(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {FILES, OBJECTS})
    void whatIsNotPublishedIsRemoved(String scheme) throws Exception {
        Output output = output(scheme);
        try (Draft draft = output.numbered(Part.FILES, Part.HITS, Manifest.BATCH)) {
            put(output, draft, "part-0.parquet", "x");
        }
        assertThat(children(directory.resolve("out/files"))).isEmpty();
    }

    /** A local file system tells at once whether a writer lives. */
    @Test
    void aKilledProcessIsKnownToBeGone() throws Exception {
        Output output = output(FILES);
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Waiting.class.getName(),
                        output.root().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(writer.inputReader().readLine()).isEqualTo("writing");
            new Prune(output).sweep();
            assertThat(new Prune(output).writers()).hasSize(1);
            assertThat(children(directory.resolve("out/results"))).hasSize(1);
        } finally {
            writer.destroyForcibly().waitFor();
        }
        assertThat(new Prune(output).writers()).isEmpty();
        new Prune(output).sweep();
        assertThat(children(directory.resolve("out/results"))).isEmpty();
    }

    /** A process that writes a result and never ends. */
    static final class Waiting {
        public static void main(String[] args) throws Exception {
            try (ResultSetWriter writer = new ResultSetWriter(
                    new Output(args[0], new org.apache.hadoop.conf.Configuration()), Instant.now())) {
                System.out.println("writing");
                Thread.sleep(Duration.ofMinutes(10).toMillis());
            }
        }
    }

    @Test
    void leftoversOfAnotherMachineWaitForADay() throws Exception {
        Output output = output(FILES);
        Path staging = Files.createDirectories(directory.resolve("out/hits/_staging-x"));
        Files.writeString(staging.resolve("_writing-y"), "elsewhere 1@2026-11-01 ada since yesterday");
        Path file = Files.writeString(directory.resolve("out/_staging-z"), "half a LATEST");
        new Prune(output).sweep();
        assertThat(staging).exists();
        assertThat(file).exists();
        assertThat(new Prune(output).writers())
                .singleElement()
                .satisfies(w -> assertThat(w).contains("ada since yesterday"));
        age(directory.resolve("out"));
        new Prune(output).sweep();
        assertThat(staging).doesNotExist();
        assertThat(file).doesNotExist();
    }

    @Test
    void localFileSystemsHaveALinkToTheNewest() throws Exception {
        Output output = output(FILES);
        for (int i = 0; i < 2; i++) {
            String id = result(output, List.of(), List.of());
            assertThat(Files.readSymbolicLink(directory.resolve("out/latest"))).hasToString("results/" + id);
            assertThat(directory.resolve("out/latest/results.sqlite")).exists();
        }
        output.check(true);
        // what a user put there stays
        Files.delete(directory.resolve("out/latest"));
        Files.writeString(directory.resolve("out/latest"), "mine");
        result(output, List.of(), List.of());
        assertThat(Files.readString(directory.resolve("out/latest"))).isEqualTo("mine");
    }

    @Test
    void otherFormatsAreNamedAndNotCalledDamaged() throws Exception {
        Output output = output(FILES);
        batch(output, "x");
        String id = result(output, List.of(1), List.of());
        Path manifest = local(output.path(Part.RESULTS, id)).resolve("manifest.json");
        Path record = local(output.path(Part.HITS, "ingest=1")).resolve("_batch.json");
        String text = Files.readString(manifest);
        String ours = "\"format\" : " + Json.FORMAT;
        assertThat(text).contains(ours);

        Files.writeString(manifest, text.replace(ours + ",", "\"colour\" : \"green\", " + ours + ","));
        assertThatThrownBy(() -> Manifest.read(output, id)).hasMessageContaining("is damaged: its CRC-32C is");
        ChangedJson.vouchFor(manifest);
        assertThat(Manifest.read(output, id).texts("hits")).containsExactly("1");

        Files.writeString(manifest, text.replace(ours + ",", ""));
        assertThatThrownBy(() -> Manifest.read(output, id))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("format 1")
                .hasMessageContaining("--overwrite once")
                .hasMessageNotContaining("damaged");
        assertThatThrownBy(() -> new ResultSetReader(output)).isInstanceOf(FormatException.class);
        Files.writeString(manifest, text.replace(ours, "\"format\" : 99"));
        assertThatThrownBy(() -> Manifest.read(output, id)).hasMessageContaining("format 99");
        // old results and hits are kept and removed as others are
        assertThat(new Prune(output).keep(1, false)).isEmpty();
        Files.writeString(record, Files.readString(record).replace(ours + ",", ""));
        assertThat(output.records(Part.HITS, Map.class)).isEmpty();
        assertThat(output.whole(Part.HITS)).containsExactly("ingest=1");

        Files.writeString(manifest, text.substring(0, 40));
        assertThatThrownBy(() -> Manifest.read(output, id))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void whatCannotRenameIsKnownWithoutItsName() throws IOException {
        assertThat(output(FILES).files().renames()).isTrue();
        assertThat(output(OBJECTS).files().renames()).isFalse();
        org.apache.hadoop.conf.Configuration forced = new org.apache.hadoop.conf.Configuration();
        forced.setBoolean(Output.RENAME, false);
        Output output = new Output(directory + "/forced", forced);
        assertThat(batch(output, "x")).isEqualTo("ingest=1");
        assertThat(batch(output, "y")).isEqualTo("ingest=2");
        assertThat(children(directory.resolve("forced/hits/ingest=2"))).contains("_batch.json", "part-0.parquet");
    }
}
