package etroc.cli;

import etroc.cuts.CutSettings;
import etroc.ingest.InputSettings;
import etroc.report.ReportSettings;
import etroc.scan.ScanSettings;
import etroc.scan.bench.QinjSettings;
import etroc.telescope.TelescopeSettings;

/** All sections of settings: every command checks them all before it does anything. */
public record Sections(
        InputSettings input,
        Etroc2 etroc2,
        ScanSettings scan,
        TelescopeSettings telescope,
        CutSettings cuts,
        ReportSettings report) {
    /** What is special to ETROC2 ({@code etroc.etroc2}). */
    public record Etroc2(QinjSettings qinj) {}
}
