package etroc.cuts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import etroc.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimeCutsTest {
    private static final String HEADER =
            "cut_type,cut_direction,variable_1,board_id_1,variable_2,board_id_2,value_1,value_2,value_3,output\n";

    @TempDir
    Path directory;

    private TimeCuts read(int steps) throws Exception {
        String rows = IntStream.range(0, steps)
                .mapToObj(i -> "simple,<,time_of_arrival,0,,,500,,,s" + i + "\n")
                .collect(Collectors.joining());
        Path table =
                Files.writeString(directory.resolve("cuts.csv"), HEADER + rows + "simple,<,time_of_arrival,0,,,9,,,\n");
        CutColumns columns = CutColumns.ofEvents(List.of(0), List.of("time_of_arrival"), List.of());
        return TimeCuts.read(List.of(CutSettings.Source.table(table.toString())), columns, false, new Configuration());
    }

    @Test
    void stepsAreBitsOfLong() throws Exception {
        assertThat(read(60).rows()).isEqualTo(61);
        assertThatThrownBy(() -> read(61))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("61 steps")
                .hasMessageContaining("at most 60");
    }
}
