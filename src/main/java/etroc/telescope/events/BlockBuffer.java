package etroc.telescope.events;

/** Puts the pieces of a block together, which come in order, and shows them to a matcher. */
final class BlockBuffer {
    private final Blocks blocks;
    private final int block;
    private final long seenFrom;
    private final int[] board;
    private final int[] toa;
    private final long[] codes;
    private final long[] seconds;
    private int size;

    BlockBuffer(Blocks blocks, int block) {
        this.blocks = blocks;
        this.block = block;
        seenFrom = blocks.seenFrom(block);
        int capacity = Math.toIntExact(blocks.seenTo(block) - seenFrom);
        board = new int[capacity];
        toa = new int[capacity];
        codes = new long[capacity];
        seconds = new long[capacity];
    }

    int block() {
        return block;
    }

    /** @throws IllegalStateException if the piece is not the next one: hits are missing, or there twice */
    void add(HitPiece piece) {
        if (piece.firstRow() != seenFrom + size || size + piece.size() > board.length) {
            throw new IllegalStateException("hits from row " + (seenFrom + size) + " expected, but from row "
                    + piece.firstRow() + " found " + piece.size());
        }
        for (int i = 0; i < piece.size(); i++) {
            board[size + i] = piece.board()[i];
            toa[size + i] = PackedHit.toa(piece.codes()[i]);
        }
        System.arraycopy(piece.codes(), 0, codes, size, piece.size());
        System.arraycopy(piece.seconds(), 0, seconds, size, piece.size());
        size += piece.size();
    }

    /** The whole block. */
    HitBlock view() {
        if (size != board.length) {
            throw new IllegalStateException(size + " of " + board.length + " hits of a block are there");
        }
        return new HitBlock(
                seenFrom,
                board,
                toa,
                (int) (blocks.from(block) - seenFrom),
                (int) (blocks.to(block) - seenFrom),
                seenFrom == 0,
                blocks.endsRun(block));
    }

    long codes(int hit) {
        return codes[hit];
    }

    /** {@link HitPiece#NO_TIME} for none. */
    long seconds(int hit) {
        return seconds[hit];
    }
}
