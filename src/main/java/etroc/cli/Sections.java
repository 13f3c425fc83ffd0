package etroc.cli;

import etroc.cuts.CutSettings;
import etroc.ingest.InputSettings;
import etroc.report.ReportSettings;
import etroc.scan.ScanSettings;
import etroc.telescope.TelescopeSettings;

/** All sections of settings: every command checks them all before it does anything. */
public record Sections(
        InputSettings input, ScanSettings scan, TelescopeSettings telescope, CutSettings cuts, ReportSettings report) {}
