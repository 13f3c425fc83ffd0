package etroc.scan.bench;

import etroc.InputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;

/** Reads the notebooks' data bases, of which a row of each (chip, note, row, column) counts: the newest. */
final class SqliteReader {
    private record Key(String chip, String note, int row, int column) {}

    private final BenchPlace place;
    private final BenchFound found;
    private long rows;

    SqliteReader(BenchPlace place, BenchFound found) {
        this.place = place;
        this.found = found;
    }

    /** Copies the file, since it may lie anywhere, and reads it. @throws InputException if it is no such data base */
    void read(Configuration conf) throws IOException {
        Path copy = Files.createTempFile("etroc-", ".sqlite");
        try {
            String crc;
            try (FileBytes bytes = new FileBytes(place.path(), conf);
                    OutputStream out = Files.newOutputStream(copy)) {
                bytes.in().transferTo(out);
                crc = bytes.crc32c();
            }
            boolean own = place.kind() == BenchKind.BASELINE_HISTORY;
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
                    Statement statement = connection.createStatement()) {
                if (own) {
                    baselines(statement);
                } else {
                    accumulators(statement);
                }
            } catch (SQLException e) {
                throw new InputException(place.path() + ": is no data base with a table "
                        + (own ? "baselines" : "acc_scurve") + " as src/docs/formats.md has it: " + e.getMessage());
            }
            found.files.add(
                    new BenchFound.FileRow(place.files().get(0), place.lastName(), 0, crc, "sqlite", rows, 0, 0));
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private void baselines(Statement statement) throws SQLException {
        Map<Key, Baseline> newest = new LinkedHashMap<>();
        String note = columns(statement, "baselines").contains("note") ? "note" : "save_notes";
        try (ResultSet r = statement.executeQuery("select \"row\", col, baseline, noise_width, chip_name, " + note
                + " from baselines order by \"timestamp\", rowid")) {
            while (r.next()) {
                rows++;
                Key key = key(r, note);
                Number baseline = (Number) r.getObject("baseline");
                Number width = (Number) r.getObject("noise_width");
                newest.put(key, Baseline.ofChip(key.chip, key.row, key.column, key.note, baseline, width));
            }
        } catch (ClassCastException e) {
            throw new InputException(
                    place.path() + ", row " + rows + " by time: baseline and noise_width have to be numbers");
        }
        found.baselines.addAll(newest.values());
    }

    private Key key(ResultSet r, String note) throws SQLException {
        Key key = new Key(text(r, "chip_name"), text(r, note), r.getInt("row"), r.getInt("col"));
        if (key.row < 0 || key.row > 15 || key.column < 0 || key.column > 15) {
            throw new InputException(place.path() + ", row " + rows + " by time: row " + key.row + ", column "
                    + key.column + "; possible: 0 to 15");
        }
        return key;
    }

    private static String text(ResultSet r, String column) throws SQLException {
        String text = r.getString(column);
        return text == null ? "" : text;
    }

    private static java.util.Set<String> columns(Statement statement, String table) throws SQLException {
        TreeSet<String> names = new TreeSet<>();
        try (ResultSet r = statement.executeQuery("pragma table_info(" + table + ")")) {
            while (r.next()) {
                names.add(r.getString("name").toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    private void accumulators(Statement statement) throws SQLException {
        Map<Key, Baseline> newest = new LinkedHashMap<>();
        try (ResultSet r = statement.executeQuery("select chip_name, \"row\", col, xmin, xmax, xstep, accscurve, note"
                + " from acc_scurve order by \"timestamp\", rowid")) {
            while (r.next()) {
                rows++;
                newest.put(key(r, "note"), accumulator(r));
            }
        }
        found.baselines.addAll(newest.values());
    }

    private Baseline accumulator(ResultSet r) throws SQLException {
        Key key = key(r, "note");
        double from = r.getDouble("xmin");
        double to = r.getDouble("xmax");
        double step = r.getDouble("xstep");
        List<Double> values = new ArrayList<>();
        try {
            for (String value : text(r, "accscurve").split(",", -1)) {
                if (!value.isBlank()) {
                    values.add(Double.valueOf(value.strip()));
                }
            }
        } catch (NumberFormatException e) {
            throw new InputException(place.path() + ", row " + rows + " by time: accscurve: " + e.getMessage());
        }
        if (!(step > 0) || !values.stream().allMatch(v -> v >= 0)) {
            throw new InputException(place.path() + ", row " + rows + " by time: xstep " + step
                    + " has to be positive, and no value of accscurve negative");
        }
        double[] dac = new double[values.size()];
        for (int i = 0; i < dac.length; i++) {
            dac[i] = from + i * step;
        }
        boolean cut = dac.length == 0 || dac[dac.length - 1] + Math.max(step, 1) + 0.5 < to;
        return BenchFits.accumulator(
                new Pixel(key.chip, key.row, key.column),
                key.note,
                dac,
                values.stream().mapToDouble(Double::doubleValue).toArray(),
                cut ? "the curve ends before its xmax " + to : "");
    }
}
