package etroc.scan.bench;

import etroc.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Reads a place of a scan and makes its rows. */
final class PlaceReader {
    private static final int SIDE = 16;

    private final BenchPlace place;
    private final BenchOptions options;
    private final Configuration conf;
    private final BenchFound found = new BenchFound();

    private PlaceReader(BenchPlace place, BenchOptions options, Configuration conf) {
        this.place = place;
        this.options = options;
        this.conf = conf;
    }

    /** @throws InputException if it holds what it must not */
    static BenchFound read(BenchPlace place, BenchOptions options, Configuration conf) throws IOException {
        PlaceReader reader = new PlaceReader(place, options, conf);
        switch (place.kind()) {
            case NOISEONLY -> reader.found.baselines.add(BenchFits.peak(place.folder(), reader.rows()));
            case TURNOFF ->
                reader.found.turnOffs.add(BenchFits.turnOff(
                        place.folder(), reader.rows(), options.qinj().count()));
            case TURNON -> {
                reader.rows();
                reader.found.remarks.add(place.lastName() + ": BinarySearch_TurnOn is listed, and nothing made of it");
            }
            case TDC -> reader.found.points.add(new TdcReader(place, options, conf, reader.found).read());
            case BASELINE_HISTORY, ACCUMULATOR_HISTORY -> new SqliteReader(place, reader.found).read(conf);
            case ACCUMULATOR_CSV -> reader.accumulator();
            case BASELINE_MATRIX, WIDTH_MATRIX -> reader.matrix();
        }
        return reader.found;
    }

    private FpgaRows rows() throws IOException {
        if (place.files().isEmpty()) {
            return FpgaRows.NOTHING;
        }
        BenchPlace.Part file = place.files().get(0);
        try (FileBytes bytes = new FileBytes(file.path(), conf)) {
            FpgaRows rows = FpgaRows.read(reader(bytes), bytes::endsWithLine, file.path(), options.failFast());
            rows.malformed().forEach(found.malformed::add);
            found.files.add(new BenchFound.FileRow(
                    file,
                    place.lastName(),
                    0,
                    bytes.crc32c(),
                    "fpga-data",
                    rows.lines(),
                    0,
                    rows.malformed().size()));
            return rows;
        }
    }

    private static BufferedReader reader(FileBytes bytes) {
        return new BufferedReader(new InputStreamReader(bytes.in(), StandardCharsets.ISO_8859_1));
    }

    private List<String> lines() throws IOException {
        BenchPlace.Part file = place.files().get(0);
        try (FileBytes bytes = new FileBytes(file.path(), conf)) {
            List<String> lines = reader(bytes).lines().toList();
            found.files.add(
                    new BenchFound.FileRow(file, place.lastName(), 0, bytes.crc32c(), "csv", lines.size(), 0, 0));
            return lines;
        }
    }

    /** Lines of {@code dac,acc} below that header. */
    private void accumulator() throws IOException {
        List<String> lines = lines();
        int first = !lines.isEmpty() && lines.get(0).strip().equals("dac,acc") ? 1 : 0;
        double[] dac = new double[lines.size() - first];
        double[] values = new double[dac.length];
        for (int i = 0; i < dac.length; i++) {
            double[] row = numbers(lines.get(i + first), i + first, 2);
            dac[i] = row[0];
            values[i] = row[1];
            if ((i > 0 && !(dac[i] > dac[i - 1])) || values[i] < 0) {
                throw new InputException(place.path() + ", line " + (i + first + 1)
                        + ": thresholds have to rise, and values not to be negative: '" + lines.get(i + first) + "'");
            }
        }
        BenchName of = place.folder();
        found.baselines.add(
                BenchFits.accumulator(new Pixel(of.chip(), of.row(), of.column()), of.attempt(), dac, values, ""));
    }

    private double[] numbers(String line, int number, int count) {
        try {
            double[] values = Arrays.stream(line.split(",", -1))
                    .map(String::strip)
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            if (values.length == count) {
                return values;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new InputException(
                place.path() + ", line " + (number + 1) + ": '" + line + "' is not " + count + " numbers with commas");
    }

    /** A matrix of the chip's own baselines or widths: a line a row, a number a column. */
    private void matrix() throws IOException {
        List<String> lines = lines().stream().filter(l -> !l.isBlank()).toList();
        if (lines.size() != SIDE) {
            throw new InputException(place.path() + ": has " + lines.size() + " lines; possible: " + SIDE);
        }
        boolean own = place.kind() == BenchKind.BASELINE_MATRIX;
        String[] name = place.lastName().replaceFirst("\\.csv$", "").split(own ? "_BL_" : "_NW_", 2);
        for (int row = 0; row < SIDE; row++) {
            double[] values = numbers(lines.get(row), row, SIDE);
            for (int column = 0; column < SIDE; column++) {
                found.baselines.add(Baseline.ofChip(
                        name[0], row, column, name[1], own ? values[column] : null, own ? null : values[column]));
            }
        }
    }
}
