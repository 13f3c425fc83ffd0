package etroc.store;

import etroc.InputException;

/** A part of an output that another version of this program wrote in another format. */
public final class FormatException extends InputException {
    private static final long serialVersionUID = 1L;

    FormatException(String message) {
        super(message);
    }
}
