package etroc.simulate;

import etroc.layout.etroc2.ChipWord;
import etroc.layout.etroc2.ChipWriter;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.random.RandomGenerator;

/** Damages frames, each in one way. */
final class FrameFlaws {
    private static final long FILLER = 0x3C5C800000L;

    /** What is wrong with a frame. */
    enum Flaw {
        NONE,
        /** Its CRC does not fit. */
        CRC,
        /** Its trailer declares one hit more; the CRC fits. */
        COUNT,
        /** Its first hit comes twice; the rest fits. */
        DUPLICATE,
        /** Its type is that of a self-test; the CRC fits. */
        TEST_PATTERN,
        /** A filler stands before its trailer; only where fillers can be written. */
        FOREIGN,
        /** It has no trailer. */
        NO_TRAILER
    }

    private static final List<Flaw> ALWAYS = List.of(Flaw.CRC, Flaw.COUNT, Flaw.TEST_PATTERN, Flaw.NO_TRAILER);

    private final RandomGenerator random;
    private final boolean fillers;

    FrameFlaws(RandomGenerator random, boolean fillers) {
        this.random = random;
        this.fillers = fillers;
    }

    /** One of the flaws that a frame with so many hits can have; the same whether there are fillers or not, but for these. */
    Flaw draw(int hits) {
        int i = random.nextInt(ALWAYS.size() + 2);
        if (i < ALWAYS.size()) {
            return ALWAYS.get(i);
        }
        Flaw other = i == ALWAYS.size() ? Flaw.DUPLICATE : Flaw.FOREIGN;
        boolean possible = other == Flaw.DUPLICATE ? hits > 0 : fillers;
        return possible ? other : Flaw.CRC;
    }

    /** The words of a frame with the flaw. */
    long[] apply(Flaw flaw, long[] words, int chip) {
        int last = words.length - 1;
        long trailer = words[last];
        int hits = last - 1;
        int status = ChipWord.status(trailer);
        return switch (flaw) {
            case NONE -> words;
            case CRC -> with(words, last, trailer ^ 1L << random.nextInt(8));
            case COUNT -> with(words, last, counting(words, chip, hits + 1));
            case TEST_PATTERN -> {
                long header = ChipWord.header(ChipWord.l1(words[0]), 1, ChipWord.bcid(words[0]));
                yield frame(header, Arrays.copyOfRange(words, 1, last), chip, status);
            }
            case DUPLICATE -> {
                long[] data = Arrays.copyOfRange(words, 1, last + 1);
                data[hits] = data[0];
                yield frame(words[0], data, chip, status);
            }
            case FOREIGN -> {
                long[] more = Arrays.copyOf(words, last + 2);
                more[last] = FILLER;
                more[last + 1] = trailer;
                yield more;
            }
            case NO_TRAILER -> Arrays.copyOf(words, last);
        };
    }

    private static long[] with(long[] words, int place, long word) {
        long[] changed = words.clone();
        changed[place] = word;
        return changed;
    }

    private static long[] frame(long header, long[] data, int chip, int status) {
        long[] words = new long[data.length + 2];
        words[0] = header;
        System.arraycopy(data, 0, words, 1, data.length);
        words[data.length + 1] = ChipWriter.trailer(header, data, chip, status);
        return words;
    }

    /** The trailer that declares this number of hits. */
    private static long counting(long[] words, int chip, int hits) {
        int last = words.length - 1;
        long[] data = Arrays.copyOfRange(words, 1, last);
        return ChipWriter.trailer(words[0], data, chip, ChipWord.status(words[last]), hits);
    }
}
