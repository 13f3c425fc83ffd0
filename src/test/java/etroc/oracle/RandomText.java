package etroc.oracle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;

/** Files of random hits in any layout of ETROC1, with damage. */
final class RandomText {
    /** A file as it was written, and what a reader has to find in it. */
    record Written(Path path, String crc32c, TextFile content) {}

    private final Random random;

    RandomText(Random random) {
        this.random = random;
    }

    /**
     * Writes hits as the splits of a run, with gaps between their numbers.
     *
     * @param names one a split
     */
    List<Written> write(Path directory, List<String> names, TextFile.Layout layout, List<int[]> hits)
            throws IOException {
        List<Written> files = new ArrayList<>();
        long lines = 0;
        int from = 0;
        for (int i = 0; i < names.size(); i++) {
            boolean last = i == names.size() - 1;
            int to = last ? hits.size() : from + random.nextInt(hits.size() - from + 1);
            byte[] bytes = bytes(layout, hits.subList(from, to));
            TextFile content = TextFile.read(bytes, layout, lines);
            lines += content.lines;
            from = to;
            boolean compressed = random.nextInt(7) == 0;
            Path path = directory.resolve(names.get(i) + (compressed ? ".gz" : ""));
            byte[] stored = compressed ? gzip(bytes) : bytes;
            Files.createDirectories(path.getParent());
            Files.write(path, stored);
            CRC32C crc = new CRC32C();
            crc.update(stored);
            files.add(new Written(path, String.format(Locale.ROOT, "%08x", crc.getValue()), content));
        }
        return files;
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(stored)) {
            out.write(bytes);
        }
        return stored.toByteArray();
    }

    /** The first line is whole, so that the layout can be told. */
    private byte[] bytes(TextFile.Layout layout, List<int[]> hits) {
        StringBuilder text = new StringBuilder();
        String end = random.nextInt(5) == 0 ? "\r\n" : "\n";
        double damage = new double[] {0, 0, 0.03, 0.3}[random.nextInt(4)];
        if (layout == TextFile.Layout.BEAM && random.nextBoolean()) {
            text.append("min file index: 0, max file index: 299").append(end);
        }
        for (int i = 0; i < hits.size(); i++) {
            String line = line(layout, hits.get(i), i);
            text.append(line).append(end);
            while (i > 0 && random.nextDouble() < damage) {
                text.append(damaged(line)).append(end);
            }
        }
        if (text.length() > 0 && random.nextInt(4) == 0) {
            text.setLength(text.length() - end.length());
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private String line(TextFile.Layout layout, int[] h, int place) {
        String columns = String.format(Locale.ROOT, "%3d %3d %3d %d", h[1], h[2], h[3], h[4]);
        return switch (layout) {
            case WORDS ->
                Long.toString((long) h[0] << 30 | (long) h[2] << 21 | (long) h[1] << 11 | (long) h[3] << 1 | h[4]);
            case FIVE -> String.format(Locale.ROOT, "%2d ", h[0]) + columns;
            case FOUR -> columns;
            case BEAM ->
                h[0] + " " + columns.strip().replaceAll(" +", " ")
                        + String.format(Locale.ROOT, " 2022-04-08 01:%02d:%02d", place / 600 % 60, place / 10 % 60);
        };
    }

    private String damaged(String line) {
        StringBuilder text = new StringBuilder(line);
        int at = random.nextInt(line.length());
        switch (random.nextInt(9)) {
            case 0 -> text.setCharAt(at, (char) random.nextInt(256));
            case 1 -> text.deleteCharAt(at);
            case 2 -> text.insert(at, ' ');
            case 3 -> text.insert(at, (char) ('0' + random.nextInt(10)));
            case 4 -> text.setLength(at);
            case 5 -> text.append(' ').append(line);
            case 6 -> text.setLength(random.nextInt(3));
            case 7 -> text = new StringBuilder(" ".repeat(random.nextInt(5)) + (random.nextBoolean() ? "0" : ""));
            default -> text.setCharAt(at, (char) ('0' + random.nextInt(10)));
        }
        return text.toString().replace('\n', '?');
    }
}
