package etroc.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;
import org.apache.xbean.asm9.ClassReader;
import org.jspecify.annotations.Nullable;

/**
 * Which program a stage is done by: the classes that its code reaches, and a checksum of them. It changes when the code that does a stage
 * changes, and not with every release.
 */
public final class ReachedCode {
    private static final String ROOT = "etroc/";
    /** Packages that move results about and do not make them. */
    private static final List<String> WITHOUT_RESULTS =
            List.of("pipeline", "settings", "store", "report", "spark", "simulate", "campaign", "cli");

    private static final int CONSTANT_CLASS = 7;
    private static final Map<String, Node> NODES = new ConcurrentHashMap<>();

    /** A class: checksum of its bytes, and the classes that it names. */
    private record Node(long crc, Set<String> names) {}

    private ReachedCode() {}

    /** A checksum of all classes that a class reaches, itself included. */
    static String checksum(Class<?> begin) {
        CRC32C crc = new CRC32C();
        reached(begin).forEach((name, node) -> {
            byte[] bytes = (name + node.crc).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            crc.update(bytes);
        });
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }

    /** Names of all classes that a class reaches, itself included, without those of packages that only move results about. */
    public static Set<String> names(Class<?> begin) {
        return reached(begin).keySet();
    }

    private static Map<String, Node> reached(Class<?> begin) {
        Map<String, Node> reached = new TreeMap<>();
        Deque<String> left = new ArrayDeque<>(List.of(begin.getName().replace('.', '/')));
        while (!left.isEmpty()) {
            String name = left.remove();
            Node node = reached.containsKey(name) ? null : NODES.computeIfAbsent(name, ReachedCode::read);
            if (node != null) {
                reached.put(name, node);
                left.addAll(node.names);
            }
        }
        return reached;
    }

    private static @Nullable Node read(String name) {
        try (InputStream in = ReachedCode.class.getResourceAsStream("/" + name + ".class")) {
            if (in == null) {
                return null;
            }
            byte[] bytes = in.readAllBytes();
            CRC32C crc = new CRC32C();
            crc.update(bytes);
            ClassReader reader = new ClassReader(bytes);
            char[] buffer = new char[reader.getMaxStringLength()];
            Set<String> names = new HashSet<>();
            for (int i = 1; i < reader.getItemCount(); i++) {
                int item = reader.getItem(i); // 0 for the second half of a long
                if (item > 0 && reader.readByte(item - 1) == CONSTANT_CLASS) {
                    String other = reader.readUTF8(item, buffer);
                    if (counts(other)) {
                        names.add(other);
                    }
                }
            }
            return new Node(crc.getValue(), names);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean counts(String name) {
        return name.startsWith(ROOT)
                && WITHOUT_RESULTS.stream().noneMatch(p -> name.startsWith(ROOT + p + "/"))
                && name.indexOf('/', ROOT.length()) > 0;
    }
}
