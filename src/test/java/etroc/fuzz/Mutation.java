package etroc.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes valid inputs a little, from a seed. */
final class Mutation {
    private static final List<String> WORDS = List.of(
            "\r\n",
            "\n\n",
            "\0",
            "\uFEFF",
            "#",
            "*",
            "-1",
            "1e308",
            "NaN",
            "99999999999",
            "\"",
            "'",
            "${x}",
            "null",
            "{",
            "]",
            "(",
            " ",
            "_Split_7",
            "=",
            "min file index",
            "2",
            "0",
            ",",
            "é",
            "\u202e",
            "--",
            "/*",
            "CAST",
            "reflect",
            "_",
            ".",
            "[[[[[[[[[[[[[[[[",
            "2022-02-30 01:00:00");

    private final Random random;

    Mutation(long seed) {
        random = new Random(seed);
    }

    /** One to five changes. */
    byte[] of(byte[] valid, byte[] other) {
        byte[] mutated = valid;
        for (int n = 1 + random.nextInt(5); n > 0; n--) {
            mutated = once(mutated, other);
        }
        return mutated;
    }

    private byte[] once(byte[] bytes, byte[] other) {
        int at = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, at + 1 + random.nextInt(20));
        byte[] word = WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(7)) {
            case 0 -> join(bytes, at, new byte[] {(byte) random.nextInt(256)}, Math.min(bytes.length, at + 1));
            case 1 -> join(bytes, at, word, at);
            case 2 -> join(bytes, at, word, to);
            case 3 -> join(bytes, at, new byte[0], to);
            case 4 -> join(bytes, at, Arrays.copyOfRange(bytes, at, to), at);
            case 5 -> join(bytes, at, other, random.nextBoolean() ? bytes.length : at);
            default -> join(bytes, at, repeated(word), at);
        };
    }

    private byte[] repeated(byte[] word) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int n = random.nextInt(10) == 0 ? 5000 : random.nextInt(50); n > 0; n--) {
            all.writeBytes(word);
        }
        return all.toByteArray();
    }

    /** The bytes before a place, some others, and those from another place on. */
    private static byte[] join(byte[] bytes, int before, byte[] between, int from) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(bytes, 0, before);
        all.writeBytes(between);
        all.write(bytes, from, bytes.length - from);
        return all.toByteArray();
    }
}
