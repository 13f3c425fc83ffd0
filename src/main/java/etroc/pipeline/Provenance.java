package etroc.pipeline;

import etroc.ingest.FileQuality;
import etroc.store.BuildInfo;
import etroc.store.Table;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/** From a result to what made it: program, settings, inputs, Spark. */
final class Provenance {
    private final JobContext context;
    private final List<FileQuality> files;
    private final List<Stage> stages;

    Provenance(JobContext context, List<FileQuality> files, List<Stage> stages) {
        this.context = context;
        this.files = files;
        this.stages = stages;
    }

    /** The manifest. */
    Map<String, Object> manifest() {
        Map<String, Object> manifest = new LinkedHashMap<>();
        general().forEach(manifest::put);
        manifest.put("settings", context.settings().all());
        manifest.put("spark_conf", sparkConf());
        manifest.put("durations_s", context.durations());
        Map<String, Object> fingerprints = new LinkedHashMap<>();
        for (Stage stage : stages) {
            Map<String, String> entry = new LinkedHashMap<>(stage.parts());
            entry.put("fingerprint", stage.fingerprint());
            fingerprints.put(stage.name(), entry);
        }
        manifest.put("stages", fingerprints);
        manifest.put(
                "inputs",
                files.stream()
                        .map(q -> {
                            Map<String, Object> input = new LinkedHashMap<>();
                            input.put("path", q.file().path());
                            input.put("bytes", q.file().length());
                            input.put(
                                    "modified",
                                    Instant.ofEpochMilli(q.file().modified()).toString());
                            input.put("crc32c", q.crc32c());
                            return input;
                        })
                        .toList());
        return manifest;
    }

    /** The same without the list of inputs, as a table; inputs stand in {@code quality}. */
    Table table() {
        Table table = Table.of("provenance", "section:t", "key:t", "value:t");
        general().forEach((k, v) -> table.row("general", k, v));
        context.settings().all().forEach((k, v) -> table.row("settings", "etroc." + k, v));
        stages.forEach(s -> table.row("stages", s.name(), s.fingerprint()));
        sparkConf().forEach((k, v) -> table.row("spark", k, v));
        return table;
    }

    private Map<String, String> general() {
        BuildInfo build = BuildInfo.current();
        SparkSession spark = context.spark();
        Map<String, String> general = new LinkedHashMap<>();
        general.put("command", context.command());
        general.put("etroc_spark_version", build.version());
        general.put("commit", build.commit());
        general.put("spark_version", spark.version());
        general.put("java_version", Runtime.version().toString());
        general.put("spark_application_id", spark.sparkContext().applicationId());
        general.put("user", spark.sparkContext().sparkUser());
        general.put("started", context.started().toString());
        general.put("finished", Instant.now().toString());
        files.stream()
                .mapToLong(q -> q.file().modified())
                .max()
                .ifPresent(
                        t -> general.put("newest_input", Instant.ofEpochMilli(t).toString()));
        general.put("input_files", Integer.toString(files.size()));
        general.put(
                "input_bytes",
                Long.toString(files.stream().mapToLong(q -> q.file().length()).sum()));
        return general;
    }

    private Map<String, String> sparkConf() {
        Map<String, String> conf = new TreeMap<>();
        for (Tuple2<String, String> entry :
                context.spark().sparkContext().getConf().getAll()) {
            boolean secret =
                    entry._1().toLowerCase(java.util.Locale.ROOT).matches(".*(secret|password|token|access\\.key).*");
            boolean own =
                    entry._1().matches("spark\\.(app\\.(id|startTime|submitTime)|driver\\.port|.*extraJavaOptions)");
            if (!secret && !own) {
                conf.put(entry._1(), entry._2());
            }
        }
        return conf;
    }
}
