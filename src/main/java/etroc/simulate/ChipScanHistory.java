package etroc.simulate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.RandomGenerator;

/** What the chip says of its baselines, and its accumulator's values, as data bases or as text. */
final class ChipScanHistory {
    private static final int SIDE = 16;
    private static final int MOST_WIDTH = 15;
    private static final int REACH = 25;
    private static final String BEFORE = "2024-01-19 10:00:00";
    private static final String NOW = "2024-01-20 10:00:00";

    private final ChipScan model;
    private final RandomGenerator random;

    ChipScanHistory(ChipScan model, RandomGenerator random) {
        this.model = model;
        this.random = random;
    }

    void write(Path directory, ChipScanSimulator.History history) throws IOException {
        switch (history) {
            case SQLITE -> dataBases(directory);
            case CSV -> text(directory);
            case NONE -> {
                // nothing
            }
        }
    }

    private static int width(ChipScanPixel pixel) {
        return (int) Math.min(MOST_WIDTH, Math.round(4 * pixel.width()));
    }

    private int first(ChipScanPixel pixel) {
        return (int) Math.round(pixel.baseline()) - REACH;
    }

    private List<Integer> samples(ChipScanPixel pixel) {
        return IntStream.rangeClosed(0, 2 * REACH)
                .mapToObj(k -> pixel.samples(first(pixel) + k, random))
                .toList();
    }

    /** Each pixel twice in the chip's own: the older row does not count. */
    private void dataBases(Path directory) throws IOException {
        try (Connection own = open(directory, "BaselineHistory.sqlite");
                Connection accumulator = open(directory, "ACCScurveHistory.sqlite")) {
            PreparedStatement baselines = prepared(
                    own,
                    "create table baselines(\"row\" integer, col integer, baseline integer, noise_width integer,"
                            + " \"timestamp\" text, chip_name text, note text)",
                    "insert into baselines values (?, ?, ?, ?, ?, ?, '')");
            PreparedStatement curves = prepared(
                    accumulator,
                    "create table acc_scurve(chip_name text, \"row\" integer, col integer, xmin integer, xmax integer,"
                            + " xstep real, accscurve text, \"timestamp\" text, note text)",
                    "insert into acc_scurve values (?, ?, ?, ?, ?, 1.0, ?, '" + NOW + "', '')");
            for (ChipScanPixel p : model.pixels()) {
                int baseline = (int) Math.round(p.baseline());
                set(baselines, p.row(), p.column(), baseline, width(p), NOW, model.chip());
                set(baselines, p.row(), p.column(), baseline + 1, width(p), BEFORE, model.chip());
                String values = samples(p).stream().map(String::valueOf).collect(Collectors.joining(","));
                set(curves, model.chip(), p.row(), p.column(), first(p), first(p) + 2 * REACH + 1, values);
            }
            own.commit();
            accumulator.commit();
        } catch (SQLException e) {
            throw new IOException("data bases in " + directory + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static Connection open(Path directory, String name) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(name));
        connection.setAutoCommit(false);
        return connection;
    }

    private static PreparedStatement prepared(Connection connection, String table, String insert) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(table);
        }
        return connection.prepareStatement(insert);
    }

    private static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        statement.executeUpdate();
    }

    /** Matrices have 0 at pixels that were not measured. */
    private void text(Path directory) throws IOException {
        int[][] baselines = new int[SIDE][SIDE];
        int[][] widths = new int[SIDE][SIDE];
        for (ChipScanPixel p : model.pixels()) {
            baselines[p.row()][p.column()] = (int) Math.round(p.baseline());
            widths[p.row()][p.column()] = width(p);
            StringBuilder curve = new StringBuilder("dac,acc\n");
            List<Integer> values = samples(p);
            for (int k = 0; k < values.size(); k++) {
                curve.append(first(p) + k).append(',').append(values.get(k)).append('\n');
            }
            write(directory, model.chip() + "_acc_C" + p.column() + "_R" + p.row() + ".csv", curve.toString());
        }
        write(directory, model.chip() + "_BL_2024-01-20.csv", matrix(baselines));
        write(directory, model.chip() + "_NW_2024-01-20.csv", matrix(widths));
    }

    private static String matrix(int[][] rows) {
        StringBuilder text = new StringBuilder();
        for (int[] row : rows) {
            text.append(IntStream.of(row).mapToObj(String::valueOf).collect(Collectors.joining(",")))
                    .append('\n');
        }
        return text.toString();
    }

    private static void write(Path directory, String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text, StandardCharsets.US_ASCII);
    }
}
