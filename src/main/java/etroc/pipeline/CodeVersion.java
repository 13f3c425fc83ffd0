package etroc.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * Which program a stage is done by: a checksum of each package's classes. It changes when the code that does a stage changes, and not with
 * every release.
 */
public final class CodeVersion {
    private static final Map<String, String> PACKAGES = checksums();

    private CodeVersion() {}

    /** Of some packages, such as {@code hits}. */
    public static String of(List<String> packages) {
        CRC32C crc = new CRC32C();
        for (String name : packages) {
            crc.update((name + PACKAGES.getOrDefault(name, "")).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return hex(crc);
    }

    private static String hex(CRC32C crc) {
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }

    private static Map<String, String> checksums() {
        try {
            URI source = CodeVersion.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            Path place = Path.of(source);
            if (Files.isDirectory(place)) {
                return checksums(place.resolve("etroc"));
            }
            try (FileSystem jar = FileSystems.newFileSystem(place)) {
                return checksums(jar.getPath("etroc"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> checksums(Path root) throws IOException {
        Map<String, String> checksums = new TreeMap<>();
        try (Stream<Path> packages = Files.list(root)) {
            for (Path one : packages.filter(Files::isDirectory).toList()) {
                String name = one.getFileName().toString();
                checksums.put(name.replace("/", ""), checksum(one));
            }
        }
        return checksums;
    }

    private static String checksum(Path directory) throws IOException {
        CRC32C crc = new CRC32C();
        List<Path> classes;
        try (Stream<Path> files = Files.list(directory)) {
            classes = files.filter(f -> f.toString().endsWith(".class"))
                    .sorted((a, b) -> a.toString().compareTo(b.toString()))
                    .toList();
        }
        for (Path file : classes) {
            try (InputStream in = new CheckedInputStream(Files.newInputStream(file), crc)) {
                in.transferTo(java.io.OutputStream.nullOutputStream());
            }
        }
        return hex(crc);
    }
}
