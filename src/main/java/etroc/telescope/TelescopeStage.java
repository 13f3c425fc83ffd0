package etroc.telescope;

/** Stages of a telescope run, in order. */
public enum TelescopeStage {
    INGEST,
    EVENTS,
    CUTS,
    TIMES,
    WALK,
    RESOLUTION
}
