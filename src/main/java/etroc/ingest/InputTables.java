package etroc.ingest;

import etroc.cuts.Cut;
import etroc.cuts.Cutflow;
import etroc.runs.BoardSetting;
import etroc.runs.Inventory;
import etroc.runs.Run;
import etroc.store.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tables that every analysis has: what was read, and what the cuts did. */
public final class InputTables {
    private InputTables() {}

    /** What each file holds. */
    public static Table quality(List<FileQuality> files) {
        Table table = Table.of(
                "quality",
                "path:t",
                "run:t",
                "split:i",
                "bytes:i",
                "crc32c:t",
                "layout:t",
                "lines:i",
                "hits:i",
                "no_hit_lines:i",
                "idle_words:i",
                "malformed:i",
                "header_lines:i");
        files.forEach(q -> table.row(
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
                q.headerLines()));
        return table;
    }

    /** Every run with its settings and counts. */
    public static Table runs(Inventory inventory, List<FileQuality> files) {
        List<String> columns = new ArrayList<>(List.of("run:t", "phase_adjust:i", "bias_voltage:r"));
        for (int board : Run.BOARD_IDS) {
            columns.addAll(List.of(
                    "pixel_id_" + board + ":t",
                    "board_injected_charge_" + board + ":i",
                    "board_discriminator_threshold_" + board + ":i"));
        }
        columns.addAll(List.of("files:i", "lines:i", "hits:i"));
        Table table = Table.of("runs", columns.toArray(String[]::new));
        Map<String, long[]> counts = new HashMap<>();
        for (FileQuality q : files) {
            long[] sums = counts.computeIfAbsent(q.file().run().name(), r -> new long[3]);
            sums[0]++;
            sums[1] += q.lines();
            sums[2] += q.hits();
        }
        for (Run run : inventory.runs()) {
            List<@Nullable Object> row = new ArrayList<>(Arrays.asList(run.name(), run.phase(), run.biasVoltage()));
            for (int board : Run.BOARD_IDS) {
                BoardSetting s = run.setting(board);
                row.addAll(Arrays.asList(
                        s == null ? null : s.pixel(), s == null ? null : s.charge(), s == null ? null : s.threshold()));
            }
            for (long count : counts.getOrDefault(run.name(), new long[3])) {
                row.add(count);
            }
            table.row(row.toArray());
        }
        return table;
    }

    /** Lines that were left out, with their text. */
    public static Table malformed(List<MalformedLine> lines) {
        Table table = Table.of("malformed_lines", "path:t", "line:i", "text:t", "reason:t");
        lines.forEach(l -> table.row(l.path(), l.line(), l.text(), l.reason()));
        return table;
    }

    /** An empty cutflow. */
    public static Table cutflow() {
        return Table.of(
                "cutflow",
                "stage:t",
                "cut_order:i",
                "step_name:t",
                "cut:t",
                "sql:t",
                "events:i",
                "passing_alone:i",
                "passing_cumulative:i",
                "passing_all_others:i",
                "fraction_alone:r",
                "fraction_cumulative:r");
    }

    /** Adds the lines of a stage. */
    public static void addCutflow(Table table, String stage, List<Cutflow.Line> lines) {
        lines.forEach(l -> table.row(
                stage,
                l.cut().row(),
                l.cut().output(),
                l.cut().text(),
                l.cut().sql(),
                l.all(),
                l.alone(),
                l.cumulative(),
                l.allOthers(),
                (double) l.alone() / l.all(),
                (double) l.cumulative() / l.all()));
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

    /** Adds a line a cut: what the user wrote, and what is done. */
    public static void addCuts(StringBuilder text, String what, List<Cut> cuts) {
        cuts.forEach(c -> text.append(String.format(Locale.ROOT, "%-11s", what))
                .append(c.text())
                .append("  ->  ")
                .append(c.sql())
                .append('\n'));
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
