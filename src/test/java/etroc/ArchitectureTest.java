package etroc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** The package table of the design, executable: which package may use which. */
class ArchitectureTest {
    /** Package to those that it may use. */
    private static final Map<String, String> MAY_USE = new TreeMap<>(Map.ofEntries(
            Map.entry("app", "settings jobs spark runs hits store report simulate"),
            Map.entry("settings", "runs"),
            Map.entry("jobs", "settings spark runs hits events cuts times results fits store report"),
            Map.entry("spark", ""),
            Map.entry("runs", ""),
            Map.entry("hits", "runs settings"),
            Map.entry("cuts", "settings"),
            Map.entry("results", "runs fits times cuts"),
            Map.entry("events", "runs hits"),
            Map.entry("times", "hits fits settings"),
            Map.entry("fits", ""),
            Map.entry("store", "fits"),
            Map.entry("report", "fits store"),
            Map.entry("simulate", "runs hits fits")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("etroc");

    @Test
    void packagesUseOnlyWhatTheDesignLets() {
        LayeredArchitecture layers = layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String name : MAY_USE.keySet()) {
            layers = layers.layer(name).definedBy("etroc." + name + "..");
        }
        for (Map.Entry<String, String> e : MAY_USE.entrySet()) {
            layers = e.getValue().isEmpty()
                    ? layers.whereLayer(e.getKey()).mayNotAccessAnyLayer()
                    : layers.whereLayer(e.getKey())
                            .mayOnlyAccessLayers(e.getValue().split(" "));
        }
        layers.check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("etroc.(*)..").should().beFreeOfCycles().check(CLASSES);
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
                .doNotHaveFullyQualifiedName("etroc.app.Main")
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(CLASSES);
    }
}
