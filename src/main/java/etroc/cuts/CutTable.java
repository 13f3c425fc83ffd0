package etroc.cuts;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import etroc.FailureText;
import etroc.UsageException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/** Reads a CSV table of cuts; rows whose first field starts with {@code #} and more text are skipped but counted. */
final class CutTable {
    /** Of a table; more is another file, named by mistake. */
    private static final int MAX_BYTES = 1 << 20;

    private final List<CutRow> rows = new ArrayList<>();
    private int skipped;

    private CutTable() {}

    /**
     * Reads a table from any file system.
     *
     * @param required columns of the header; {@code output} may come in addition
     * @throws UsageException if it cannot be read, or the header has not these columns
     */
    static CutTable read(String file, List<String> required, Configuration conf) {
        try (FSDataInputStream in = open(new Path(file), conf)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new UsageException("cut table " + file + " has more than " + MAX_BYTES + " bytes");
            }
            return parse(file, new String(bytes, StandardCharsets.UTF_8), required);
        } catch (FileNotFoundException e) {
            throw new UsageException("cut table " + file + " does not exist", e);
        } catch (IOException | IllegalArgumentException | TextParsingException e) {
            throw new UsageException("cut table " + file + ": " + FailureText.of(e), e);
        }
    }

    private static FSDataInputStream open(Path path, Configuration conf) throws IOException {
        return path.getFileSystem(conf).open(path);
    }

    static CutTable parse(String file, String text, List<String> required) {
        CsvParserSettings settings = new CsvParserSettings();
        settings.getFormat().setComment('\0'); // a # is a kind of board
        settings.setLineSeparatorDetectionEnabled(true);
        settings.setSkipEmptyLines(true);
        settings.setNullValue("");
        CsvParser parser = new CsvParser(settings);
        parser.beginParsing(new StringReader(text.startsWith("\uFEFF") ? text.substring(1) : text));
        String[] header = parser.parseNext();
        CutTable table = new CutTable();
        List<String> columns = checkedHeader(file, header, required);
        String[] fields;
        while ((fields = parser.parseNext()) != null) {
            table.add(file, (int) parser.getContext().currentLine(), columns, fields);
        }
        parser.stopParsing();
        return table;
    }

    private static List<String> checkedHeader(String file, String[] header, List<String> required) {
        List<String> columns = header == null ? List.of() : Arrays.asList(header);
        List<String> allowed = new ArrayList<>(required);
        allowed.add("output");
        boolean fits = columns.containsAll(required) && allowed.containsAll(columns);
        if (!fits) {
            throw new UsageException(file + ", line 1: found the columns '" + String.join(",", columns)
                    + "'; expected '" + String.join(",", required) + "', and 'output' if wanted");
        }
        return columns;
    }

    private void add(String file, int line, List<String> columns, String[] fields) {
        int number = rows.size() + skipped;
        if (fields[0].startsWith("#") && fields[0].length() > 1) {
            skipped++;
            return;
        }
        if (fields.length > columns.size()) {
            throw new UsageException(file + ", line " + line + ": found " + fields.length
                    + " fields where the header has " + columns.size());
        }
        Map<String, String> byName = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i++) {
            byName.put(columns.get(i), fields[i]);
        }
        rows.add(new CutRow(file, line, number, byName));
    }

    /** The rows that are not skipped. */
    List<CutRow> rows() {
        return rows;
    }

    /** Number of rows, skipped ones too. */
    int size() {
        return rows.size() + skipped;
    }
}
