package etroc.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;

/** A file in a directory in the making that says who makes it. */
final class Claim {
    private static final String PREFIX = "_writing-";

    /** This machine until it is started again, and this space of process numbers: a container has its own. */
    private static final String MACHINE = machine();

    private final OutputFiles files;
    private final org.apache.hadoop.fs.Path directory;
    private final String name = PREFIX + UUID.randomUUID();

    /** Puts one into a directory, which need not be there. */
    Claim(OutputFiles files, org.apache.hadoop.fs.Path directory) throws IOException {
        this.files = files;
        this.directory = directory;
        String text = String.join(
                " ",
                MACHINE,
                process(ProcessHandle.current()),
                System.getProperty("user.name", "?"),
                "since",
                Instant.now().toString());
        files.write(new org.apache.hadoop.fs.Path(directory, name), text.getBytes(StandardCharsets.UTF_8));
    }

    private static String machine() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).trim()
                    + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
        } catch (IOException | UnsupportedOperationException e) {
            return UUID.randomUUID().toString(); // not Linux: no other process is known to be on this machine
        }
    }

    private static String process(ProcessHandle process) {
        return process.pid() + "@" + process.info().startInstant().orElse(Instant.EPOCH);
    }

    /** Whether the directory holds nothing else: of several that claim one at the same time, at most one is alone. */
    boolean isAlone() throws IOException {
        List<FileStatus> there = files.children(directory);
        return there.size() == 1 && there.get(0).getPath().getName().equals(name);
    }

    /** Takes it back, from where the directory is by now. */
    void remove(org.apache.hadoop.fs.Path now) throws IOException {
        files.delete(new org.apache.hadoop.fs.Path(now, name));
    }

    /** Who may be writing a directory: those who claim it and are not known to be gone, in words. */
    static List<String> of(OutputFiles files, org.apache.hadoop.fs.Path directory) throws IOException {
        List<String> writers = new ArrayList<>();
        for (FileStatus child : files.children(directory)) {
            if (child.getPath().getName().startsWith(PREFIX)) {
                String text = new String(files.find(child.getPath()).orElse(new byte[0]), StandardCharsets.UTF_8);
                String[] words = text.split(" ", 3);
                if (words.length < 3 || !words[0].equals(MACHINE) || isAlive(words[1])) {
                    writers.add(words[words.length - 1].replaceAll("\\P{Print}", "?")); // a terminal will show it
                }
            }
        }
        return writers;
    }

    private static boolean isAlive(String process) {
        return ProcessHandle.allProcesses().anyMatch(p -> process(p).equals(process));
    }
}
