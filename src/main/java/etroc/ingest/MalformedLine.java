package etroc.ingest;

import java.io.Serializable;

/**
 * A line that is no record.
 *
 * @param line number within the file, from 0
 * @param text its first 200 characters
 * @param reason what is wrong with it
 */
public record MalformedLine(String path, long line, String text, String reason) implements Serializable {}
