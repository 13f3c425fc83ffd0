package etroc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import etroc.pipeline.ReachedCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules of the house, executable. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("etroc");

    private static final Pattern ROW = Pattern.compile("\\| `([a-z]+)` \\|[^|]*\\| ([a-z, ]+|-) \\|");

    /** The package table of src/docs/architecture.md: package to those that it may use. */
    private static Map<String, Set<String>> table() throws IOException {
        Map<String, Set<String>> table = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("src/docs/architecture.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                table.put(row.group(1), Set.copyOf(List.of(row.group(2).split(", "))));
            }
        }
        return table;
    }

    /** First part of a class's package below etroc; empty for the root package. */
    private static String top(JavaClass type) {
        String[] parts = type.getPackageName().split("\\.");
        return parts.length > 1 && parts[0].equals("etroc") ? parts[1] : "";
    }

    @Test
    void packagesAreThoseOfTheTable() throws IOException {
        assertThat(CLASSES.stream().map(ArchitectureTest::top).filter(p -> !p.isEmpty()))
                .containsOnlyElementsOf(table().keySet())
                .containsAll(table().keySet());
    }

    @Test
    void packagesUseOnlyWhatTheTableLets() throws IOException {
        Map<String, Set<String>> table = table();
        Set<String> used = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            for (Dependency d : type.getDirectDependenciesFromSelf()) {
                String to = top(d.getTargetClass());
                boolean own = d.getTargetClass().getPackageName().startsWith("etroc");
                if (own && !to.isEmpty() && !to.equals(top(type))) {
                    used.add(top(type) + " -> " + to);
                }
            }
        }
        Set<String> allowed = new TreeSet<>();
        table.forEach((from, to) -> table.keySet().stream()
                .filter(p -> to.contains(p) || to.contains("all"))
                .forEach(p -> allowed.add(from + " -> " + p)));
        assertThat(used).isSubsetOf(allowed);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("etroc.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    /** What a stage's fingerprint covers is what its code reaches, found in another way. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "etroc.ingest.Ingest",
                "etroc.scan.ScanCounts",
                "etroc.scan.ScanFits",
                "etroc.scan.laser.LaserHits",
                "etroc.scan.laser.LaserCurve",
                "etroc.telescope.EventsStage",
                "etroc.telescope.CutsStage",
                "etroc.telescope.TimesStage",
                "etroc.telescope.WalkStage",
                "etroc.telescope.ResolutionStage"
            })
    void aStageIsFingerprintedByAllCodeThatItReaches(String stage) throws ClassNotFoundException {
        Set<String> without =
                Set.of("", "pipeline", "settings", "store", "report", "spark", "simulate", "campaign", "cli");
        Set<String> reached = new TreeSet<>();
        Deque<JavaClass> left = new ArrayDeque<>(List.of(CLASSES.get(stage)));
        while (!left.isEmpty()) {
            JavaClass type = left.remove();
            if (!without.contains(top(type)) && reached.add(type.getName().replace('.', '/'))) {
                type.getDirectDependenciesFromSelf()
                        .forEach(d -> left.add(d.getTargetClass().getBaseComponentType()));
            }
        }
        assertThat(ReachedCode.names(Class.forName(stage))).containsAll(reached);
    }

    @Test
    void fingerprintsReachTheDecodersAndTheCounts() throws ClassNotFoundException {
        assertThat(ReachedCode.names(Class.forName("etroc.ingest.Ingest")))
                .contains("etroc/layout/SplitLayout", "etroc/source/HitReader")
                .doesNotContain("etroc/fits/SCurveFit", "etroc/report/Figure");
        assertThat(ReachedCode.names(Class.forName("etroc.scan.ScanCounts")))
                .contains("etroc/cuts/Cutflow")
                .doesNotContain("etroc/fits/SCurveFit");
        assertThat(ReachedCode.names(Class.forName("etroc.telescope.CutsStage")))
                .contains("etroc/cuts/Cutflow", "etroc/telescope/calibration/Calibration")
                .doesNotContain("etroc/telescope/resolution/BootstrapSums");
    }

    @Test
    void fitsKnowNothingOfSpark() {
        noClasses()
                .that()
                .resideInAPackage("etroc.fits..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.spark..")
                .check(CLASSES);
    }

    @Test
    void onePlaceMakesSessions() {
        noClasses()
                .that()
                .resideOutsideOfPackage("etroc.spark..")
                .should()
                .callMethod(SparkSession.class, "builder")
                .check(CLASSES);
    }

    @Test
    void onePlaceExits() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("etroc.cli.Main")
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(CLASSES);
    }
}
