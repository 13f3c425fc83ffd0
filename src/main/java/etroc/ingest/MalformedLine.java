package etroc.ingest;

import etroc.About;
import java.io.Serializable;

/** A line that is no record; a row of the table {@code malformed_lines}. */
@About("a line that is no record; at most etroc.input.malformed-lines-kept, quality has the true count")
public record MalformedLine(
        @About("file") String path,
        @About("number within the file, from 0") long line,
        @About("its first 200 characters") String text,
        @About("what is wrong with it") String reason)
        implements Serializable {
    private static final long serialVersionUID = 1L;
}
