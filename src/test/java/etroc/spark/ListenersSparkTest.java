package etroc.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import etroc.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A local session listens on the loopback interface only: nothing that another machine could speak to. */
class ListenersSparkTest {
    private static final Path PROC = Path.of("/proc/self");
    private static final String LISTENING = "0A";
    /** As the kernel writes them: 127.0.0.1, the same in IPv6, and ::1. */
    private static final Set<String> LOOPBACK =
            Set.of("0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000");

    /** Sockets of this process. */
    private static Set<String> ownSockets() throws IOException {
        Set<String> own = new TreeSet<>();
        try (Stream<Path> open = Files.list(PROC.resolve("fd"))) {
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
        }
        return own;
    }

    /** Addresses that this process listens on. */
    private static List<String> listeners() throws IOException {
        Set<String> own = ownSockets();
        List<String> addresses = new ArrayList<>();
        for (String protocol : List.of("tcp", "tcp6")) {
            List<String> lines = Files.readAllLines(PROC.resolve("net").resolve(protocol));
            for (String line : lines.subList(1, lines.size())) {
                String[] fields = line.strip().split(" +");
                if (fields[3].equals(LISTENING) && own.contains(fields[9])) {
                    addresses.add(fields[1].split(":")[0]);
                }
            }
        }
        return addresses;
    }

    @Test
    void nothingListensBeyondTheLoopbackInterface() throws IOException {
        assumeTrue(Files.isReadable(PROC.resolve("net/tcp")), "no /proc/net");
        SharedSession.get();
        assertThat(listeners()).isNotEmpty().isSubsetOf(LOOPBACK);
    }
}
