package etroc.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/**
 * A Parquet column whose value is the same for many rows on end, such as the name of the run: kept as run lengths and written as one
 * dictionary-encoded page a row group. Parquet's own writers look at every row.
 */
final class ConstantColumn {
    private final ColumnDescriptor column;
    /** Rows in order: value and how many. */
    private final List<@Nullable Object> values = new ArrayList<>();

    private final List<Integer> lengths = new ArrayList<>();

    ConstantColumn(ColumnDescriptor column) {
        this.column = column;
    }

    ColumnDescriptor column() {
        return column;
    }

    /** The next rows have this value: Binary, Integer, Long, Double, or null. */
    void add(@Nullable Object value, int rows) {
        if (rows > 0) {
            values.add(value);
            lengths.add(rows);
        }
    }

    /** Writes the rows so far as a row group's chunk and forgets them. */
    void flush(PageWriter pages) throws IOException {
        Map<Object, Integer> dictionary = new LinkedHashMap<>();
        for (Object value : values) {
            if (value != null) {
                dictionary.putIfAbsent(value, dictionary.size());
            }
        }
        int rows = lengths.stream().mapToInt(Integer::intValue).sum();
        // a column without any value has no dictionary
        Encoding encoding = dictionary.isEmpty() ? Encoding.PLAIN : Encoding.RLE_DICTIONARY;
        pages.writePage(page(dictionary), rows, rows, statistics(), Encoding.RLE, Encoding.RLE, encoding);
        if (!dictionary.isEmpty()) {
            pages.writeDictionaryPage(new DictionaryPage(plain(dictionary), dictionary.size(), Encoding.PLAIN));
        }
        values.clear();
        lengths.clear();
    }

    /** Definition levels where the column may be missing, then indices into the dictionary, both as run lengths. */
    private BytesInput page(Map<Object, Integer> dictionary) {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        if (column.getMaxDefinitionLevel() > 0) {
            ByteArrayOutputStream levels = new ByteArrayOutputStream();
            for (int i = 0; i < values.size(); i++) {
                run(levels, values.get(i) == null ? 0 : 1, lengths.get(i), 1);
            }
            littleEndian(page, levels.size(), 4);
            page.writeBytes(levels.toByteArray());
        }
        if (dictionary.isEmpty()) {
            return BytesInput.from(page.toByteArray());
        }
        int bits = BytesUtils.getWidthFromMaxInt(dictionary.size() - 1);
        page.write(bits);
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            if (value != null) {
                run(page, dictionary.getOrDefault(value, 0), lengths.get(i), bits);
            }
        }
        return BytesInput.from(page.toByteArray());
    }

    private static void run(ByteArrayOutputStream out, int value, int length, int bits) {
        int header = length << 1;
        while ((header & ~0x7F) != 0) {
            out.write((header & 0x7F) | 0x80);
            header >>>= 7;
        }
        out.write(header);
        littleEndian(out, value, BytesUtils.paddedByteCountFromBits(bits));
    }

    private static void littleEndian(ByteArrayOutputStream out, long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (value >>> (8 * i)) & 0xFF);
        }
    }

    private static BytesInput plain(Map<Object, Integer> dictionary) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Object value : dictionary.keySet()) {
            if (value instanceof Binary text) {
                littleEndian(out, text.length(), 4);
                out.writeBytes(text.getBytes());
            } else if (value instanceof Integer number) {
                littleEndian(out, number, 4);
            } else if (value instanceof Long number) {
                littleEndian(out, number, 8);
            } else if (value instanceof Double number) {
                littleEndian(out, Double.doubleToRawLongBits(number), 8);
            }
        }
        return BytesInput.from(out.toByteArray());
    }

    private Statistics<?> statistics() {
        Statistics<?> statistics = Statistics.createStats(column.getPrimitiveType());
        PrimitiveTypeName type = column.getPrimitiveType().getPrimitiveTypeName();
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            if (value == null) {
                statistics.incrementNumNulls(lengths.get(i));
            } else if (type == PrimitiveTypeName.BINARY) {
                statistics.updateStats((Binary) value);
            } else if (type == PrimitiveTypeName.INT32) {
                statistics.updateStats((int) value);
            } else if (type == PrimitiveTypeName.INT64) {
                statistics.updateStats((long) value);
            } else {
                statistics.updateStats((double) value);
            }
        }
        return statistics;
    }
}
