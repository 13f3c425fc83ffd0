package etroc.simulate;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files of a run, of about equally many triggers; what they hold goes on from one to the next. */
final class RunFiles implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final List<Path> files;
    private final long triggers;
    private OutputStream out;
    private int file;

    RunFiles(List<Path> files, long triggers) throws IOException {
        this.files = files;
        this.triggers = triggers;
        this.out = open(files.get(0));
    }

    private static OutputStream open(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        return new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
    }

    /** Whether a trigger of the run, counted from 0, is the first of another file. */
    boolean cuts(long trigger) {
        return fileOf(trigger) > file;
    }

    private int fileOf(long trigger) {
        return (int) (trigger * files.size() / triggers);
    }

    /** Writes a trigger, of which this many bytes still stand in the file before. */
    void write(byte[] bytes, int before, long trigger) throws IOException {
        out.write(bytes, 0, before);
        goTo(fileOf(trigger));
        out.write(bytes, before, bytes.length - before);
    }

    private void goTo(int number) throws IOException {
        while (file < number) {
            out.close();
            file++;
            out = open(files.get(file));
        }
    }

    @Override
    public void close() throws IOException {
        goTo(files.size() - 1);
        out.close();
    }
}
