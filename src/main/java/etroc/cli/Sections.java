package etroc.cli;

import etroc.cuts.CutSettings;
import etroc.ingest.InputSettings;
import etroc.report.ReportSettings;
import etroc.scan.ScanSettings;
import etroc.telescope.TelescopeSettings;
import etroc.telescope.etroc2.Etroc2Settings;

/** All sections of settings: every command checks them all before it does anything. */
public record Sections(
        InputSettings input,
        ScanSettings scan,
        TelescopeSettings telescope,
        Etroc2Settings etroc2,
        CutSettings cuts,
        ReportSettings report) {}
