package etroc.layout.etroc2;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The files of a run whose words are one stream.
 *
 * @param firstWord of each file, place in the run; ascending, empty files have the place of the next
 * @param words of the run
 */
public record RunPlaces(long[] firstWord, long words) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The files' places, by their numbers of words. */
    public static RunPlaces of(long... wordsOfFiles) {
        long[] first = new long[wordsOfFiles.length];
        long sum = 0;
        for (int i = 0; i < first.length; i++) {
            first[i] = sum;
            sum += wordsOfFiles[i];
        }
        return new RunPlaces(first, sum);
    }

    /** Number of the file that holds a word of the run. */
    public int file(long position) {
        int i = Arrays.binarySearch(firstWord, position);
        int file = i >= 0 ? i : -i - 2;
        while (file + 1 < firstWord.length && firstWord[file + 1] <= position) {
            file++;
        }
        return file;
    }

    /** Place of a word counted from the beginning of a file, which may be an earlier one than holds it. */
    public long line(long position, int file) {
        return position - firstWord[file];
    }
}
