package etroc.cli;

import etroc.CommandRun;
import etroc.Sqlite;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Machines whose language has other digits, another decimal point, other capital letters. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocaleSparkTest {
    private final Locale usual = Locale.getDefault();

    @TempDir
    static Path directory;

    @BeforeAll
    void simulate() {
        CommandRun.ok("simulate", "telescope", directory.resolve("beam"), "--events", 600, "--seed", 5);
        CommandRun.ok("simulate", "scan", directory.resolve("bench"), "--charges", "14,20", "--step", 20);
        analyse("usual");
    }

    private void analyse(String to) {
        CommandRun.ok("telescope", directory.resolve("beam"), "-o", directory.resolve(to + "-beam"), "-q");
        CommandRun.ok("scan", directory.resolve("bench"), "-o", directory.resolve(to + "-bench"), "-q");
    }

    @AfterEach
    void usual() {
        Locale.setDefault(usual);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar-EG-u-nu-arab", "tr-TR", "de-DE"})
    void tablesAreTheSame(String language) throws Exception {
        Locale.setDefault(Locale.forLanguageTag(language));
        analyse(language);
        for (String kind : new String[] {"-beam", "-bench"}) {
            Sqlite.assertSame(
                    Sqlite.latest(directory.resolve("usual" + kind)).resolve("results.sqlite"),
                    Sqlite.latest(directory.resolve(language + kind)).resolve("results.sqlite"));
        }
    }
}
