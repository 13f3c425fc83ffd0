package etroc.layout;

import java.io.Serializable;

/** How bytes become hits. One class a layout; nothing after the reader knows which it was. */
public interface RecordLayout extends Serializable {
    /** The value of the option {@code layout} that names it. */
    String name();

    /** Whether hits carry a time stamp. */
    boolean hasDatetime();

    /** A decoder for one file; not shared between threads. */
    Decoder decoder();

    /** Decodes the lines of one file. */
    interface Decoder {
        /**
         * Decodes a record in the layout's usual form, quickly, or gives up.
         *
         * @param from first byte of the line
         * @param limit end of the valid bytes of the buffer
         * @return bytes used, the line end included; 0 if the line has another form and {@link #decode} must look at it
         */
        int decodeUsual(byte[] buffer, int from, int limit, HitRecord record);

        /**
         * Decodes any line.
         *
         * @param from first byte of the line
         * @param to end of the line, without its line end
         */
        LineKind decode(byte[] buffer, int from, int to, HitRecord record);
    }
}
