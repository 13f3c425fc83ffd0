package etroc.simulate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;

/** What a simulated telescope is like: {@code truth.csv}, a row a board, and {@code truth_runs.csv}, a row a run and board. */
final class TelescopeTruth {
    private final TelescopeModel model;
    private final List<StandardDeviation> all = new ArrayList<>();
    private final List<StandardDeviation> core = new ArrayList<>();
    private final long[] saturated;

    TelescopeTruth(TelescopeModel model) {
        this.model = model;
        this.saturated = new long[model.boards().size()];
        for (int i = 0; i < saturated.length; i++) {
            all.add(new StandardDeviation());
            core.add(new StandardDeviation());
        }
    }

    /** Notes what a board measured; hits at an end stop have no time. */
    void add(int board, TelescopeModel.Measured measured) {
        if (measured.isSaturated()) {
            saturated[board]++;
            return;
        }
        all.get(board).increment(measured.errorNs());
        if (!measured.isTail()) {
            core.get(board).increment(measured.errorNs());
        }
    }

    void write(Path directory, List<String> runs) throws IOException {
        StringBuilder boards =
                new StringBuilder("board,sigma_ps,offset_ns,walk,tot_jitter_ns,cal,width_with_true_walk_ps,"
                        + "core_with_true_walk_ps,saturated_hits\n");
        StringBuilder ofRuns = new StringBuilder("run,board,cal_first,cal_last,delay_first_ns,delay_last_ns\n");
        for (int i = 0; i < model.boards().size(); i++) {
            TelescopeModel.Board b = model.boards().get(i);
            boards.append(String.format(
                    Locale.ROOT,
                    "%d,%s,%s,%s,%s,%s,%.4f,%.4f,%d\n",
                    b.id(),
                    b.sigmaNs() * 1000,
                    b.offsetNs(),
                    b.walk(),
                    b.totJitterNs(),
                    b.cal(),
                    all.get(i).getResult() * 1000,
                    core.get(i).getResult() * 1000,
                    saturated[i]));
        }
        for (int run = 0; run < runs.size(); run++) {
            TelescopeImperfections flaws = model.imperfections();
            TelescopeImperfections.Moment first = new TelescopeImperfections.Moment(run, 0);
            TelescopeImperfections.Moment last = new TelescopeImperfections.Moment(run, 1);
            for (TelescopeModel.Board b : model.boards()) {
                boolean isFirst = b.equals(model.boards().get(0));
                ofRuns.append(String.format(
                        Locale.ROOT,
                        "%s,%d,%.4f,%.4f,%.6f,%.6f\n",
                        runs.get(run),
                        b.id(),
                        b.cal() + (isFirst ? flaws.calShift(first) : 0),
                        b.cal() + (isFirst ? flaws.calShift(last) : 0),
                        b.offsetNs() + (isFirst ? flaws.delayNs(first) : 0),
                        b.offsetNs() + (isFirst ? flaws.delayNs(last) : 0)));
            }
        }
        Files.writeString(directory.resolve("truth.csv"), boards.toString());
        Files.writeString(directory.resolve("truth_runs.csv"), ofRuns.toString());
    }
}
