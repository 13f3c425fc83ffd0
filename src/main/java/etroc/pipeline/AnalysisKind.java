package etroc.pipeline;

/** Kinds of analyses. */
public enum AnalysisKind {
    /** Hits only. */
    INGEST,
    /** Charge injection: suggested thresholds. */
    SCAN,
    /** Beam or cosmics: time resolutions. */
    TELESCOPE
}
