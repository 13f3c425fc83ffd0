package etroc.ingest;

import etroc.About;
import etroc.runs.Inventory;
import etroc.runs.Run;
import etroc.store.Table;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables that every analysis has: what was read, and what the cuts did. */
public final class InputTables {
    private InputTables() {}

    /** What a file holds. */
    @About("a file; lines = hits + no_hit_lines + idle_words + malformed")
    public record Quality(
            @About("where it was read") String path,
            @About("name of its run") String run,
            @About("number within the run") int split,
            @About("size as stored") long bytes,
            @About("CRC-32C of the stored bytes") String crc32c,

            @About("how its lines were read; empty for an empty file")
            String layout,

            @About("lines without header") long lines,
            @About("lines with hit flag 1") long hits,

            @About("lines with hit flag 0, and words of board 2")
            long noHitLines,

            @About("idle words and blank lines") long idleWords,
            @About("lines that are no record") long malformed,
            @About("header lines") long headerLines) {
        private static Quality of(FileQuality q) {
            return new Quality(
                    q.file().path(),
                    q.file().run().name(),
                    q.file().split(),
                    q.file().length(),
                    q.crc32c(),
                    q.layout(),
                    q.lines(),
                    q.hits(),
                    q.noHitLines(),
                    q.idleWords(),
                    q.malformed(),
                    q.headerLines());
        }
    }

    /** A run with its settings and counts. */
    @About("a run; _0, _1, _3 stand for the boards")
    public record RunRow(
            @About("name: that of its files without split number and ending")
            String run,

            @About("phase adjustment") @Nullable Integer phaseAdjust,
            @About("sensor bias [V]") @Nullable Double biasVoltage,

            @About("attenuation of the laser, where there is one [%]") @Nullable
            Double laserAttenuation,

            Map<Integer, Setting> boards,
            @About("files") long files,
            @About("lines without header") long lines,
            @About("lines with hit flag 1") long hits) {}

    /** How a board was set. */
    public record Setting(
            @About("pixel, such as F9P5: board F9, pixel 5") @Nullable
            String pixelId,

            @About("injected charge [fC]") @Nullable Integer boardInjectedCharge,

            @About("discriminator threshold [DAC]") @Nullable
            Integer boardDiscriminatorThreshold) {}

    /** What each file holds. */
    public static Table quality(List<FileQuality> files) {
        return Table.of(
                "quality", Quality.class, files.stream().map(Quality::of).toList());
    }

    /** Every run with its settings and counts. */
    public static Table runs(Inventory inventory, List<FileQuality> files) {
        Map<String, List<FileQuality>> ofRuns =
                files.stream().collect(Collectors.groupingBy(q -> q.file().run().name()));
        return Table.of(
                "runs",
                RunRow.class,
                inventory.runs().stream()
                        .map(r -> run(r, ofRuns.getOrDefault(r.name(), List.of())))
                        .toList());
    }

    private static RunRow run(Run run, List<FileQuality> files) {
        Map<Integer, Setting> boards = new TreeMap<>();
        Run.BOARD_IDS.forEach(b -> boards.put(b, new Setting(null, null, null)));
        run.boards().forEach(b -> boards.put(b.board(), new Setting(b.pixel(), b.charge(), b.threshold())));
        return new RunRow(
                run.name(),
                run.phase(),
                run.biasVoltage(),
                run.laserAttenuation(),
                boards,
                files.size(),
                files.stream().mapToLong(FileQuality::lines).sum(),
                files.stream().mapToLong(FileQuality::hits).sum());
    }

    /** Lines that were left out, with their text. */
    public static Table malformed(List<MalformedLine> lines) {
        return Table.of("malformed_lines", MalformedLine.class, lines);
    }

    /** What will be read, as text for {@code --dry-run}. */
    public static String plan(Inventory inventory) {
        StringBuilder text = new StringBuilder();
        text.append("read       ")
                .append(inventory.files().size())
                .append(" files of ")
                .append(inventory.runs().size())
                .append(" runs, ")
                .append(inventory.bytes())
                .append(" bytes\n");
        inventory
                .skipped()
                .forEach(s -> text.append("skip       ")
                        .append(s.path())
                        .append(": ")
                        .append(s.reason())
                        .append('\n'));
        inventory
                .missingSplits()
                .forEach(m -> text.append("missing    split of ").append(m).append('\n'));
        return text.toString();
    }

    /** Sums over files, for the log: {@code 235 files, 235 runs, 46530 lines: 20000 hits, ...}. */
    static String summary(Inventory inventory, List<FileQuality> files) {
        long lines = files.stream().mapToLong(FileQuality::lines).sum();
        long hits = files.stream().mapToLong(FileQuality::hits).sum();
        long noHits = files.stream().mapToLong(FileQuality::noHitLines).sum();
        long idle = files.stream().mapToLong(FileQuality::idleWords).sum();
        long malformed = files.stream().mapToLong(FileQuality::malformed).sum();
        return String.format(
                Locale.ROOT,
                "%,d files (%,.1f MB) of %,d runs, %,d lines = %,d hits + %,d without hit + %,d idle + %,d malformed",
                files.size(),
                inventory.bytes() / 1e6,
                inventory.runs().size(),
                lines,
                hits,
                noHits,
                idle,
                malformed);
    }
}
