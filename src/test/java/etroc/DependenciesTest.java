package etroc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is used and comes with Spark is declared at the version that Spark brings: another one would be on the class path of tests only. */
class DependenciesTest {
    private static final Pattern DEPENDENCY =
            Pattern.compile("<groupId>(.+?)</groupId>\\s*<artifactId>(.+?)</artifactId>\\s*<version>(.+?)</version>");
    private static final Pattern PROPERTY = Pattern.compile("<([\\w.-]+)>([^<>]+)</\\1>");

    @Test
    void versionsAreThoseOfSpark() throws Exception {
        String pom = Files.readString(Path.of("pom.xml"));
        Map<String, String> declared = dependencies(pom);
        Map<String, String> brought = dependencies(sparkSql(declared.get("org.apache.spark:spark-sql_2.13")));
        assertThat(brought).hasSizeGreaterThan(100);
        declared.keySet().retainAll(brought.keySet());
        assertThat(declared)
                .containsKeys("org.apache.commons:commons-math3", "org.apache.hadoop:hadoop-client-api")
                .allSatisfy((name, version) -> assertThat(version).as(name).isEqualTo(brought.get(name)));
        assertThat(dependencies(pom))
                .as("the HDFS of the tests is the client's")
                .containsEntry(
                        "org.apache.hadoop:hadoop-client-minicluster",
                        brought.get("org.apache.hadoop:hadoop-client-api"));
    }

    /** What Maven read of spark-sql when it resolved it; its dependencies are listed flat, with versions. */
    private static String sparkSql(String version) throws IOException {
        String name = "spark-sql_2.13";
        return Files.readString(Path.of(System.getProperty("localRepository"), "org/apache/spark", name)
                .resolve(version)
                .resolve(name + "-" + version + ".pom"));
    }

    private static Map<String, String> dependencies(String pom) {
        Map<String, String> properties = new HashMap<>();
        PROPERTY.matcher(pom).results().forEach(m -> properties.put(m.group(1), m.group(2)));
        Map<String, String> versions = new HashMap<>();
        for (MatchResult m : DEPENDENCY.matcher(pom).results().toList()) {
            versions.put(filled(m.group(1) + ":" + m.group(2), properties), filled(m.group(3), properties));
        }
        return versions;
    }

    private static String filled(String text, Map<String, String> properties) {
        return Pattern.compile("\\$\\{(.+?)}")
                .matcher(text)
                .replaceAll(m -> properties.getOrDefault(m.group(1), "absent"));
    }
}
