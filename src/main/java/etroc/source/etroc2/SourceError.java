package etroc.source.etroc2;

import java.io.Serializable;

/**
 * Something in a file that is not as it should be.
 *
 * @param split number of the file in its run
 * @param line record, word or line, from 0
 * @param kind such as {@code no_event_trailer}, {@code malformed}
 */
public record SourceError(int split, long line, String kind, String text) implements Serializable {
    private static final long serialVersionUID = 1L;
}
