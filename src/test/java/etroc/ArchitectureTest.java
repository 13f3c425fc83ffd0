package etroc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** Rules of the house, executable. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("etroc");

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
