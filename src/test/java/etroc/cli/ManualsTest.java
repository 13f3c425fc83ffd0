package etroc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Manual pages and completion have what the help has. */
class ManualsTest {
    @TempDir
    Path share;

    @Test
    void everyCommandHasItsPageWithAllOptions() throws Exception {
        Manuals.main(new String[] {share.toString()});
        CommandLine scan = Main.commandLine().getSubcommands().get("scan");
        String page = Files.readString(share.resolve("man/man1/etroc-scan.1"));
        scan.getCommandSpec()
                .options()
                .forEach(o -> assertThat(page).contains(o.longestName().replace("-", "\\-")));
        assertThat(page).startsWith(".TH ETROC-SCAN 1\n").contains("etroc scan data/scan \\-o out");
        assertThat(share.resolve("man/man1/etroc-simulate-telescope.1")).exists();
        assertThat(share.resolve("man/man1/etroc-exit-status.1")).doesNotExist();
        assertThat(Files.readString(share.resolve("bash-completion/completions/etroc")))
                .contains("telescope", "--systematics");
        try (Stream<Path> pages = Files.list(share.resolve("man/man1"))) {
            assertThat(pages.toList())
                    .allSatisfy(p -> assertThat(Files.readAllLines(p))
                            .allSatisfy(l -> assertThat(l).matches("[^.'].*|\\.(TH|SH|TP|nf|fi).*|")));
        }
    }
}
