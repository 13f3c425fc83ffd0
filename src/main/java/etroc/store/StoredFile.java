package etroc.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a manifest says of a file.
 *
 * @param crc32c checksum of the content, eight hexadecimal digits
 * @param rows of a table
 */
public record StoredFile(
        long bytes, String crc32c, @Nullable Long rows) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Reads a file once, as a stream. */
    static StoredFile of(Path file, @Nullable Long rows, Configuration conf) throws IOException {
        try (InputStream in = file.getFileSystem(conf).open(file)) {
            return of(in, OutputStream.nullOutputStream(), rows);
        }
    }

    /** Copies a stream. */
    static StoredFile of(InputStream in, OutputStream copy, @Nullable Long rows) throws IOException {
        CRC32C crc = new CRC32C();
        long bytes = new CheckedInputStream(in, crc).transferTo(copy);
        return new StoredFile(bytes, String.format(Locale.ROOT, "%08x", crc.getValue()), rows);
    }

    /** What is different from what the manifest says of the file, if anything. */
    Optional<String> difference(Map<String, String> entry) {
        return difference(entry.get("bytes") + " bytes, CRC-32C " + entry.get("crc32c"));
    }

    /** What is different from what it was when it was written, if anything. */
    Optional<String> difference(StoredFile written) {
        return difference(written.text());
    }

    private Optional<String> difference(String said) {
        return text().equals(said) ? Optional.empty() : Optional.of(text() + ", but written were " + said);
    }

    private String text() {
        return bytes + " bytes, CRC-32C " + crc32c;
    }

    /** For the manifest. */
    Map<String, Object> entry() {
        Map<String, Object> entry = new TreeMap<>(Map.of("bytes", bytes, "crc32c", crc32c));
        if (rows != null) {
            entry.put("rows", rows);
        }
        return entry;
    }
}
