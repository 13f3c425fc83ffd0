package etroc.oracle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Runs of a telescope with everything drawn at random, and the events that the specification finds in them. */
final class RandomTelescope {
    private static final List<List<Integer>> PATTERNS = List.of(
            List.of(0, 1, 3),
            List.of(0, 1, 3),
            List.of(0, 1),
            List.of(1, 3),
            List.of(0, 3, 1),
            List.of(3),
            List.of(0, 1, 0),
            List.of(1, 0, 3, 1, 0),
            List.of());
    private static final int[] IDS = {0, 1, 3};

    final Random random;
    final Map<String, String> settings = new LinkedHashMap<>();
    final List<RandomText.Written> files = new ArrayList<>();
    /** Hits of each run, by its name; the order of the names is that of the runs. */
    final TreeMap<String, List<Hit>> hits = new TreeMap<>();

    final List<Event> events = new ArrayList<>();
    final List<Integer> pattern;
    final boolean keepAll;
    final boolean coincidence;
    final int slice;
    private final int lost;

    RandomTelescope(long seed) {
        random = new Random(seed);
        coincidence = random.nextBoolean();
        List<Integer> drawn = PATTERNS.get(random.nextInt(PATTERNS.size()));
        pattern = coincidence && (drawn.isEmpty() || drawn.stream().distinct().count() < drawn.size())
                ? List.of(0, 1, 3)
                : drawn;
        keepAll = random.nextInt(4) == 0;
        slice = 60 + random.nextInt(150);
        lost = random.nextInt(8) == 0 ? IDS[random.nextInt(3)] : -1;
        settings.put("input.mode", "DROPMALFORMED");
        settings.put("input.keep-all", "" + keepAll);
        settings.put("input.partitions", "" + random.nextInt(9));
        settings.put("telescope.events", coincidence ? "coincidence" : "sequence");
        settings.put("telescope.pattern", pattern.toString());
        settings.put("telescope.calibration-slice", "" + slice);
    }

    /** Writes the runs, and builds their events. */
    void write(Path directory, int runs) throws IOException {
        RandomText text = new RandomText(random);
        int window = 1 + random.nextInt(6);
        int toaWindow = random.nextBoolean() ? -1 : 20 + random.nextInt(200);
        int required = pattern.isEmpty() ? 1 : 1 + random.nextInt(pattern.size());
        settings.put("telescope.window", "" + window);
        settings.put("telescope.toa-window", toaWindow < 0 ? "none" : "" + toaWindow);
        settings.put("telescope.boards-required", required == pattern.size() ? "all" : "" + required);
        for (int run = 0; run < runs; run++) {
            String name = "F9P5_F11P5_F5P9_r" + random.nextInt(1000) + "x" + run;
            TextFile.Layout layout = TextFile.Layout.values()[random.nextInt(4)];
            int size = random.nextInt(12) == 0 ? 3000 : random.nextInt(120);
            List<RandomText.Written> written = text.write(directory, names(name, layout), layout, hits(size, layout));
            files.addAll(written);
            hits.put(
                    name,
                    written.stream()
                            .flatMap(f -> f.content().records.stream())
                            .filter(h -> keepAll || h.flag() == 1)
                            .toList());
        }
        int index = 0;
        for (List<Hit> ofRun : hits.values()) {
            build(index++, ofRun, window, toaWindow, required);
        }
    }

    private List<String> names(String run, TextFile.Layout layout) {
        String folder = random.nextBoolean() ? "a/" : "b/";
        if (layout == TextFile.Layout.BEAM) {
            return List.of(folder + run + ".txt");
        }
        List<String> names = new ArrayList<>();
        int split = random.nextInt(12);
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            String number = layout == TextFile.Layout.WORDS
                    ? "_" + split
                    : random.nextBoolean() ? "_Split_" + split : "_" + split + "_Split";
            names.add((random.nextBoolean() ? "a/" : "b/") + run + number + ".dat");
            split += 1 + random.nextInt(3);
        }
        return names;
    }

    /** Board, TOA, TOT, CAL, flag: mostly in the order of the boards, some swapped, missing, wild or saturated. */
    private List<int[]> hits(int size, TextFile.Layout layout) {
        List<int[]> hits = new ArrayList<>();
        double drift = random.nextInt(3) * 4.0;
        int time = 0;
        for (int i = 0; i < size; i++) {
            time = i % 3 == 0 ? 100 + random.nextInt(400) : time;
            int board = IDS[random.nextInt(5) == 0 ? random.nextInt(3) : i % 3];
            boolean wild = random.nextInt(30) == 0;
            int toa = wild ? random.nextInt(1024) : time + random.nextInt(40);
            int tot = wild ? random.nextInt(512) : 60 + random.nextInt(60);
            int cal = wild
                    ? random.nextInt(300)
                    : (int) Math.round(140 + 3 * board + drift * i / size + random.nextGaussian());
            boolean stop = random.nextInt(40) == 0;
            if (board != lost) {
                hits.add(new int[] {
                    layout == TextFile.Layout.FOUR ? 0 : board,
                    stop ? 1023 * random.nextInt(2) : toa,
                    stop && random.nextBoolean() ? 511 * random.nextInt(2) : tot,
                    random.nextInt(60) == 0 ? 0 : cal,
                    random.nextInt(20) == 0 ? 0 : 1
                });
            }
        }
        return hits;
    }

    private void build(int run, List<Hit> ofRun, int window, int toaWindow, int required) {
        if (pattern.isEmpty()) {
            ofRun.forEach(h -> events.add(new Event(run, h.line(), Map.of(h.board(), h), new HashMap<>())));
            return;
        }
        Builder builder = new Builder(ofRun, pattern);
        long number = 0;
        for (Hit[] event : coincidence ? builder.coincidence(window, toaWindow, required) : builder.sequence()) {
            Map<Integer, Hit> byBoard = new TreeMap<>();
            for (int slot = 0; slot < event.length; slot++) {
                if (event[slot] != null) {
                    byBoard.putIfAbsent(pattern.get(slot), event[slot]);
                }
            }
            events.add(new Event(run, number++, byBoard, new HashMap<>()));
        }
    }

    /** Boards of the analysis: those of the pattern, or all that have hits. */
    List<Integer> boards() {
        return (pattern.isEmpty() ? hits.values().stream().flatMap(List::stream).map(Hit::board) : pattern.stream())
                .distinct()
                .sorted()
                .toList();
    }
}
