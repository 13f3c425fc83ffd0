package etroc.pipeline;

import etroc.About;
import etroc.store.BuildInfo;
import etroc.store.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.util.Utils;
import scala.Tuple2;
import scala.collection.immutable.ArraySeq;
import scala.jdk.javaapi.CollectionConverters;

/** From a result to what made it: program, settings, inputs, Spark. */
final class Provenance {
    /** How the keys begin that are told. */
    private static final List<String> TOLD = List.of(
            "spark.app.name",
            "spark.master",
            "spark.submit.deployMode",
            "spark.scheduler.mode",
            "spark.default.parallelism",
            "spark.driver.memory",
            "spark.driver.cores",
            "spark.driver.maxResultSize",
            "spark.executor.instances",
            "spark.executor.memory",
            "spark.executor.cores",
            "spark.dynamicAllocation.",
            "spark.sql.shuffle.",
            "spark.sql.session.",
            "spark.sql.adaptive.",
            "spark.sql.ansi.",
            "spark.sql.files.",
            "spark.sql.parquet.");

    private final Context context;
    private final String command;
    private final List<Fingerprint> stages;

    Provenance(Context context, String command, List<Fingerprint> stages) {
        this.context = context;
        this.command = command;
        this.stages = stages;
    }

    /** The manifest. */
    Map<String, Object> manifest() {
        Map<String, Object> manifest = new LinkedHashMap<>(general());
        manifest.put("settings", context.settings().all());
        manifest.put("spark_conf", sparkConf());
        manifest.put("durations_s", context.durations());
        Map<String, Object> fingerprints = new LinkedHashMap<>();
        for (Fingerprint stage : stages) {
            Map<String, String> entry = new LinkedHashMap<>(stage.parts());
            entry.put(Earlier.FINGERPRINT, stage.value());
            fingerprints.put(stage.stage(), entry);
        }
        manifest.put("stages", fingerprints);
        return manifest;
    }

    /** A fact. */
    @About("a fact; the files that were read stand in quality and manifest.json")
    record Fact(
            @About("general, settings, stages (with their fingerprints), spark")
            String section,

            @About("what it is about") String key,
            @About("what it is") String value) {}

    /** The same as a table. */
    Table table() {
        List<Fact> facts = new ArrayList<>();
        general().forEach((k, v) -> facts.add(new Fact("general", k, v)));
        context.settings().all().forEach((k, v) -> facts.add(new Fact("settings", "etroc." + k, v)));
        stages.forEach(s -> facts.add(new Fact("stages", s.stage(), s.value())));
        sparkConf().forEach((k, v) -> facts.add(new Fact("spark", k, v)));
        return Table.of("provenance", Fact.class, facts);
    }

    private Map<String, String> general() {
        BuildInfo build = BuildInfo.current();
        SparkContext spark = context.spark().sparkContext();
        Plan.Inputs inputs = context.plan().inputs();
        Map<String, String> general = new LinkedHashMap<>();
        general.put("command", command);
        general.put("etroc_spark_version", build.version());
        general.put("commit", build.commit());
        general.put("spark_version", spark.version());
        general.put("java_version", Runtime.version().toString());
        general.put("spark_application_id", spark.applicationId());
        general.put("user", spark.sparkUser());
        general.put("started", context.started().toString());
        general.put("finished", Instant.now().toString());
        if (inputs.files() > 0) {
            general.put("newest_input", inputs.newest().toString());
        }
        general.put("input_files", Integer.toString(inputs.files()));
        general.put("input_bytes", Long.toString(inputs.bytes()));
        return general;
    }

    /** What of Spark's configuration may have to do with results and times; credentials stand elsewhere, and are masked all the same. */
    private Map<String, String> sparkConf() {
        SparkConf all = context.spark().sparkContext().getConf();
        Map<String, String> told = new TreeMap<>();
        for (Tuple2<String, String> entry :
                CollectionConverters.asJava(Utils.redact(all, ArraySeq.unsafeWrapArray(all.getAll())))) {
            if (TOLD.stream().anyMatch(entry._1()::startsWith)) {
                told.put(entry._1(), entry._2());
            }
        }
        return told;
    }
}
