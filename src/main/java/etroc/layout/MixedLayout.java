package etroc.layout;

import etroc.layout.etroc2.FpgaText;
import etroc.layout.etroc2.MixedCount;
import etroc.layout.etroc2.MixedWord;

/**
 * The hits of ETROC1 in mixed word lines, a 32-bit word a line, decimal or binary; the slices of ETROC2 and the control words between them are
 * idle lines here. Source: src/docs/formats.md, "Mixed word lines".
 */
record MixedLayout() implements RecordLayout {
    private static final long serialVersionUID = 1L;
    static final MixedLayout INSTANCE = new MixedLayout();

    @Override
    public String name() {
        return "mixed";
    }

    @Override
    public boolean hasDatetime() {
        return false;
    }

    @Override
    public Decoder decoder() {
        return new Decoder() {
            @Override
            public int decodeUsual(byte[] buffer, int from, int limit, HitRecord record) {
                return 0;
            }

            @Override
            public LineKind decode(byte[] buffer, int from, int to, HitRecord record) {
                long word = FpgaText.word(buffer, from, to);
                if (word == FpgaText.MALFORMED) {
                    return record.malformed(Malformation.NOT_A_NUMBER);
                }
                if (MixedWord.kind(word) != MixedCount.ETROC1_HITS) {
                    return LineKind.IDLE;
                }
                record.board = MixedWord.hitChannel(word);
                record.toa = MixedWord.toa(word);
                record.tot = MixedWord.tot(word);
                record.cal = MixedWord.cal(word);
                record.flag = 1;
                return LineKind.HIT;
            }
        };
    }
}
