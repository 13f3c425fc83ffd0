package etroc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a process listens on, as the kernel tells it. */
public final class Listeners {
    /** 127.0.0.1, the same in IPv6, and ::1, as the kernel writes them. */
    public static final Set<String> LOOPBACK =
            Set.of("0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000");

    private static final Path PROC = Path.of("/proc");
    private static final String LISTENING = "0A";

    private Listeners() {}

    /** Whether this kernel tells it. */
    public static boolean known() {
        return Files.isReadable(PROC.resolve("self/net/tcp"));
    }

    private static Set<String> sockets(Path process) throws IOException {
        Set<String> own = new TreeSet<>();
        try (Stream<Path> open = Files.list(process.resolve("fd"))) {
            for (Path one : open.toList()) {
                try {
                    String target = Files.readSymbolicLink(one).toString();
                    if (target.startsWith("socket:[")) {
                        own.add(target.substring(8, target.length() - 1));
                    }
                } catch (IOException e) {
                    // closed meanwhile
                }
            }
        } catch (NoSuchFileException e) {
            // ended
        }
        return own;
    }

    /** Addresses that a process listens on; none of one that has ended. */
    public static Set<String> of(long process) throws IOException {
        Set<String> own = sockets(PROC.resolve(Long.toString(process)));
        Set<String> addresses = new TreeSet<>();
        for (String protocol : Set.of("tcp", "tcp6")) {
            try (Stream<String> lines = Files.lines(PROC.resolve("self/net").resolve(protocol))) {
                lines.skip(1)
                        .map(line -> line.strip().split(" +"))
                        .filter(fields -> fields[3].equals(LISTENING) && own.contains(fields[9]))
                        .forEach(fields -> addresses.add(fields[1].split(":")[0]));
            }
        }
        return addresses;
    }
}
