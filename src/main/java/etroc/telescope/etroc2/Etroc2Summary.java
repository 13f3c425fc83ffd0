package etroc.telescope.etroc2;

import etroc.About;
import etroc.report.Rounded;
import etroc.store.Table;
import etroc.store.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The results of an ETROC2 telescope that are looked for first. */
public final class Etroc2Summary {
    /** Said beside every resolution. */
    public static final String ASSUMPTION =
            "Resolutions take the times of the boards to be independent of one another, and hold the step of the TDC.";

    /** Name of the table of different ways to find a resolution. */
    public static final String SPREAD = "spread of the core resolution (not in its uncertainty)";

    private static final double PS = 1000;

    private Etroc2Summary() {}

    /** Whether the tables are those of such a telescope. */
    public static boolean has(Tables tables) {
        return tables.has(HitFlow.TABLE);
    }

    private record Resolution(
            String boards,
            int board,
            int tracks,
            long events,
            @About(value = "", name = "core [ps]") String core,

            @About(value = "", name = "standard deviation [ps]")
            String walk,

            @About(value = "", name = "before correction [ps]")
            String raw,

            @About(value = "", name = "chi2 of tracks") String chi2,
            String remark) {}

    private record Spread(
            String boards,
            int board,
            String one,
            String other,
            @About(value = "", name = "difference [ps]") String difference,
            String remark) {}

    private record Flow(
            int board,
            long hits,
            @About(value = "", name = "dropped") long dropped,
            @About(value = "", name = "input hits") long input,
            @About(value = "", name = "good hits") long good) {}

    /** A row of {@code board_resolution}, as the summary needs it. */
    private record Step(
            String boards,
            String step,
            int dataBoardId,
            int tracks,
            long events,
            double sigmaNs,
            double sigmaUncNs,
            double chi2,
            int ndf,
            String remark) {}

    /** Tables for {@code show} and the page: resolutions, hits, what maps say. */
    public static List<Table> of(Tables tables) {
        List<Table> summary = new ArrayList<>();
        if (tables.has(Combined.BOARDS)) {
            summary.add(
                    Table.of("time resolution", Resolution.class, resolutions(tables.as(Combined.BOARDS, Step.class))));
        }
        if (tables.has(ResolutionSpread.TABLE)) {
            summary.add(Table.of(
                    SPREAD,
                    Spread.class,
                    tables.as(ResolutionSpread.TABLE, ResolutionSpread.class).stream()
                            .filter(r -> r.step().equals("core"))
                            .map(Etroc2Summary::spread)
                            .toList()));
        }
        summary.add(Table.of("hits", Flow.class, flows(tables.as(HitFlow.TABLE, HitFlow.class))));
        summary.addAll(MapSummary.of(tables));
        return summary;
    }

    private static List<Flow> flows(List<HitFlow> of) {
        return of.stream()
                .map(HitFlow::dataBoardId)
                .distinct()
                .sorted()
                .map(board -> {
                    List<HitFlow> own =
                            of.stream().filter(f -> f.dataBoardId() == board).toList();
                    long hits = own.stream().mapToLong(HitFlow::hits).sum();
                    long input = own.stream().mapToLong(HitFlow::inputHits).sum();
                    return new Flow(
                            board,
                            hits,
                            hits - input,
                            input,
                            own.stream().mapToLong(HitFlow::goodHits).sum());
                })
                .toList();
    }

    private static List<Resolution> resolutions(List<Step> steps) {
        return steps.stream()
                .filter(s -> s.step.equals("core"))
                .map(core -> {
                    Step walk = find(steps, core, "walk");
                    Step raw = find(steps, core, "raw");
                    return new Resolution(
                            core.boards,
                            core.dataBoardId,
                            core.tracks,
                            core.events,
                            ps(core),
                            ps(walk),
                            ps(raw),
                            core.ndf > 0 ? String.format(Locale.ROOT, "%.1f/%d", core.chi2, core.ndf) : "",
                            core.remark);
                })
                .toList();
    }

    private static Spread spread(ResolutionSpread r) {
        return new Spread(
                r.boards(),
                r.dataBoardId(),
                r.kind() + " " + r.one(),
                r.other(),
                Double.isNaN(r.differenceNs()) ? "" : Rounded.of(PS * r.differenceNs(), PS * r.differenceUncNs()),
                r.remark());
    }

    private static @Nullable Step find(List<Step> steps, Step like, String step) {
        return steps.stream()
                .filter(s -> s.step.equals(step) && s.boards.equals(like.boards) && s.dataBoardId == like.dataBoardId)
                .findFirst()
                .orElse(null);
    }

    private static String ps(@Nullable Step of) {
        return of == null || Double.isNaN(of.sigmaNs) ? "" : Rounded.of(PS * of.sigmaNs, PS * of.sigmaUncNs);
    }
}
