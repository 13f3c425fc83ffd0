package etroc.oracle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A directory of a scan with everything drawn at random. */
final class RandomScan {
    private static final int[] IDS = {0, 1, 3};

    final Random random;
    final int boards;
    final List<ScanOracle.Setting> settings = new ArrayList<>();
    /** Files and hits of each run. */
    final List<List<RandomText.Written>> files = new ArrayList<>();

    final List<List<Hit>> hits = new ArrayList<>();
    final boolean keepAll;

    private final List<String> names = new ArrayList<>();

    RandomScan(long seed) {
        random = new Random(seed);
        boards = 1 + random.nextInt(3);
        keepAll = random.nextInt(4) == 0;
    }

    /** Scans of some boards, where thresholds are lost at random; now and then a run with all at rest. */
    void write(Path directory) throws IOException {
        int[] rest = {500 + random.nextInt(20), 520, 540};
        int[] restCharge = {10, 10 + random.nextInt(2), 12};
        for (int phase = 0; phase < 1 + random.nextInt(2); phase++) {
            for (int b = 0; b < boards; b++) {
                if (random.nextInt(5) == 0) {
                    continue;
                }
                for (int charge = 8; charge < 8 + 4 * (1 + random.nextInt(3)); charge += 4) {
                    int first = 480 + random.nextInt(30);
                    int step = 1 + random.nextInt(8);
                    for (int t = 0; t < 3 + random.nextInt(8); t++) {
                        int[] thresholds = rest.clone();
                        int[] charges = restCharge.clone();
                        thresholds[b] = random.nextInt(25) == 0 ? rest[b] : first + step * t;
                        charges[b] = charge;
                        if (random.nextInt(10) > 0) {
                            run(directory, phase, charges, thresholds);
                        }
                    }
                }
            }
        }
        for (int n = random.nextInt(4); n >= 0; n--) {
            run(directory, random.nextInt(2), restCharge, rest);
        }
    }

    private void run(Path directory, int phase, int[] charges, int[] thresholds) throws IOException {
        StringBuilder name = new StringBuilder("TDC_Data_PhaseAdj" + phase);
        List<ScanOracle.Setting> own = new ArrayList<>();
        for (int b = 0; b < boards; b++) {
            String pixel = "F" + (9 + b) + "P" + (random.nextInt(30) == 0 ? 6 : 5);
            name.append("_" + pixel + "_QSel" + charges[b] + "_DAC" + thresholds[b]);
            own.add(new ScanOracle.Setting(files.size(), phase, IDS[b], pixel, charges[b], thresholds[b]));
        }
        if (names.contains(name.toString())) {
            return;
        }
        names.add(name.toString());
        settings.addAll(own);
        TextFile.Layout layout = boards == 1 && random.nextBoolean()
                ? TextFile.Layout.FOUR
                : random.nextBoolean() ? TextFile.Layout.WORDS : TextFile.Layout.FIVE;
        List<String> splits = new ArrayList<>();
        int split = random.nextInt(12);
        for (int n = 1 + random.nextInt(2); n > 0; n--) {
            splits.add(name + (random.nextBoolean() ? "_Split_" + split : "_" + split + "_Split") + ".dat");
            split += 1 + random.nextInt(3);
        }
        files.add(new RandomText(random).write(directory, splits, layout, hits(layout)));
        hits.add(files.get(files.size() - 1).stream()
                .flatMap(f -> f.content().records.stream())
                .filter(h -> keepAll || h.flag() == 1)
                .toList());
    }

    private List<int[]> hits(TextFile.Layout layout) {
        List<int[]> hits = new ArrayList<>();
        int count = random.nextInt(4) == 0 ? 0 : random.nextInt(60);
        for (int i = 0; i < count; i++) {
            hits.add(new int[] {
                layout == TextFile.Layout.FOUR ? 0 : IDS[random.nextInt(boards)],
                random.nextInt(1024),
                random.nextInt(512),
                random.nextInt(3) == 0 ? random.nextInt(1024) : 140 + random.nextInt(5),
                random.nextInt(10) == 0 ? 0 : 1
            });
        }
        return hits;
    }
}
