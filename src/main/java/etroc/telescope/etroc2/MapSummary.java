package etroc.telescope.etroc2;

import etroc.About;
import etroc.report.Rounded;
import etroc.store.Table;
import etroc.store.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Efficiencies, noise and neighbours of the boards, for {@code show} and the page. */
final class MapSummary {
    private static final double PERCENT = 100;
    private static final double KHZ = 1e-3;

    private MapSummary() {}

    private record Efficient(
            int board,
            long events,
            @About(value = "", name = "efficiency [%]") String near,

            @About(value = "", name = "without edges [%]") String inner,

            @About(value = "", name = "anywhere on board [%]")
            String anywhere,

            @About(value = "", name = "by accident [%]") String accidental,
            @About(value = "", name = "without frame") long noFrame,
            String remark) {}

    private record Noisy(
            int board,
            @About(value = "", name = "pixels") int pixels,
            @About(value = "", name = "without hits") long silent,
            long hits,

            @About(value = "", name = "noise, mean of pixels [kHz]")
            String mean,

            @About(value = "", name = "median [kHz]") String median,
            @About(value = "", name = "noisiest") String noisiest,
            String remark) {}

    private record Beside(
            int board,
            @About(value = "", name = "hits of particles") long events,

            @About(value = "", name = "more hits at 4 sides [%]")
            String sides,

            @About(value = "", name = "more hits at 4 corners [%]")
            String corners,

            @About(value = "", name = "TOA at sides minus particle's [ns]")
            String dtoa,

            @About(value = "", name = "mean cluster [hits]") String cluster) {}

    static List<Table> of(Tables tables) {
        List<Table> summary = new ArrayList<>();
        if (!tables.has(BoardEfficiency.TABLE)) {
            return summary;
        }
        summary.add(Table.of(
                "efficiency",
                Efficient.class,
                tables.as(BoardEfficiency.TABLE, BoardEfficiency.class).stream()
                        .map(MapSummary::efficient)
                        .toList()));
        List<HitMap> pixels = tables.as(HitMap.TABLE, HitMap.class);
        if (pixels.stream().anyMatch(p -> p.noise().noiseFrames() != null)) {
            summary.add(Table.of("noise", Noisy.class, noise(pixels)));
        }
        List<Beside> beside =
                beside(tables.as(Neighbour.TABLE, Neighbour.class), tables.as(ClusterSize.TABLE, ClusterSize.class));
        summary.add(Table.of("hits beside particles", Beside.class, beside));
        return summary;
    }

    private static Efficient efficient(BoardEfficiency e) {
        Found f = e.found();
        BoardEfficiency.Inner i = e.inner();
        return new Efficient(
                e.dataBoardId(),
                f.denominator(),
                percent(f.efficiency(), f.low(), f.high()),
                percent(i.efficiencyInner(), i.lowInner(), i.highInner()),
                percent(f.efficiencyAnywhere(), f.lowAnywhere(), f.highAnywhere()),
                f.denominator() == 0
                        ? ""
                        : String.format(Locale.ROOT, "%.2f", PERCENT * f.accidental() / f.denominator()),
                f.noFrame(),
                e.remark());
    }

    private static String percent(double value, double low, double high) {
        return Double.isNaN(value)
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%.2f -%.2f +%.2f",
                        PERCENT * value,
                        PERCENT * (value - low),
                        PERCENT * (high - value));
    }

    private static List<Noisy> noise(List<HitMap> pixels) {
        Map<Integer, List<HitMap>> boards =
                pixels.stream().collect(Collectors.groupingBy(HitMap::dataBoardId, TreeMap::new, Collectors.toList()));
        List<Noisy> rows = new ArrayList<>();
        boards.forEach((board, all) -> {
            List<HitMap> known = all.stream()
                    .filter(p -> p.noise().noiseFrames() != null)
                    .sorted((a, b) ->
                            Double.compare(a.noise().noiseHz(), b.noise().noiseHz()))
                    .toList();
            long hits = known.stream().mapToLong(p -> hits(p)).sum();
            double mean = known.stream()
                    .mapToDouble(p -> p.noise().noiseHz())
                    .average()
                    .orElse(Double.NaN);
            HitMap most = known.isEmpty() ? null : known.get(known.size() - 1);
            rows.add(new Noisy(
                    board,
                    known.size(),
                    known.stream().filter(p -> hits(p) == 0).count(),
                    hits,
                    most == null ? "" : Rounded.of(KHZ * mean, KHZ * mean / Math.sqrt(Math.max(1.0, (double) hits))),
                    most == null ? "" : khz(known.get(known.size() / 2).noise().noiseHz()),
                    most == null
                            ? ""
                            : "R" + most.row() + "C" + most.column() + " "
                                    + khz(most.noise().noiseHz()) + " kHz",
                    all.get(0).remark()));
        });
        return rows;
    }

    private static long hits(HitMap pixel) {
        Long hits = pixel.noise().noiseHits();
        return hits == null ? 0 : hits;
    }

    private static String khz(double hz) {
        return String.format(Locale.ROOT, "%.3g", KHZ * hz);
    }

    private static List<Beside> beside(List<Neighbour> neighbours, List<ClusterSize> clusters) {
        Map<Integer, List<Neighbour>> boards = neighbours.stream()
                .filter(n -> n.tot().equals("all"))
                .collect(Collectors.groupingBy(Neighbour::dataBoardId, TreeMap::new, Collectors.toList()));
        clusters.forEach(c -> boards.computeIfAbsent(c.dataBoardId(), b -> List.of()));
        List<Beside> rows = new ArrayList<>();
        boards.forEach((board, own) -> {
            long events = own.stream().mapToLong(Neighbour::events).max().orElse(0);
            long timed = own.stream()
                    .filter(Neighbour::isAtSide)
                    .mapToLong(Neighbour::timed)
                    .sum();
            double dtoa = own.stream()
                    .filter(n -> n.isAtSide() && n.timed() > 0)
                    .mapToDouble(n -> n.timed() * n.dtoaMeanNs())
                    .sum();
            double size = clusters.stream()
                    .filter(c -> c.dataBoardId() == board)
                    .mapToDouble(c -> c.size() * c.fraction())
                    .sum();
            rows.add(new Beside(
                    board,
                    events,
                    more(own, Neighbour::isAtSide),
                    more(own, n -> !n.isAtSide()),
                    timed == 0 ? "" : String.format(Locale.ROOT, "%.2f", dtoa / timed),
                    String.format(Locale.ROOT, "%.3f", size)));
        });
        return rows;
    }

    /** Excess of some directions together. */
    private static String more(List<Neighbour> directions, Predicate<Neighbour> some) {
        List<Neighbour> own =
                directions.stream().filter(some).filter(n -> n.events() > 0).toList();
        double unc = Math.sqrt(
                own.stream().mapToDouble(n -> n.excessUnc() * n.excessUnc()).sum());
        return own.isEmpty()
                ? ""
                : Rounded.of(
                        PERCENT * own.stream().mapToDouble(Neighbour::excess).sum(), PERCENT * unc);
    }
}
