package etroc.source.etroc2;

import etroc.layout.etroc2.FpgaDecoder;
import etroc.layout.etroc2.FpgaPassages;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;

/** Walks through a piece of FPGA words from every place at which reading may enter it. */
final class Passages {
    private Passages() {}

    static FpgaPassages.Passage of(Piece piece, Configuration conf) throws IOException {
        long start = piece.run().places().firstWord()[piece.file()] + piece.start() / Integer.BYTES;
        FpgaPassages passages = new FpgaPassages(start, Decoding.end(piece));
        int[] words = new int[FpgaDecoder.LOOKAHEAD + Decoding.CHUNK / Integer.BYTES];
        int valid = 0;
        boolean ended = false;
        long position = start;
        try (RunWords in = new RunWords(piece.run(), start, conf)) {
            while (!passages.done()) {
                while (!ended && valid < words.length) {
                    int read = in.read(words, valid);
                    ended = read < 0;
                    valid += Math.max(0, read);
                }
                int left = passages.walk(words, valid, ended, position);
                System.arraycopy(words, left, words, 0, valid - left);
                valid -= left;
                position += left;
            }
        }
        return passages.passage();
    }
}
