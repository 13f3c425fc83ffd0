package etroc.scan.bench;

import etroc.ingest.etroc2.QinjSettings;
import java.io.Serializable;

/**
 * How places are read.
 *
 * @param failFast whether a malformed line is an error
 */
record BenchOptions(QinjSettings qinj, boolean failFast) implements Serializable {
    private static final long serialVersionUID = 1L;
}
