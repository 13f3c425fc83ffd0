package etroc.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import etroc.UsageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** The paths that a reading was asked for. */
public final class Paths {
    private Paths() {}

    /** Those of {@code load(path)} and of {@code load(path, path, ...)}. */
    public static List<String> of(CaseInsensitiveStringMap options) {
        List<String> paths = new ArrayList<>();
        String several = options.get("paths"); // how Spark hands over load(path, path, ...)
        if (several != null) {
            paths.addAll(json(several));
        }
        String one = options.get("path");
        if (one != null) {
            paths.add(one);
        }
        return paths;
    }

    private static List<String> json(String text) {
        try {
            return Arrays.asList(new JsonMapper().readValue(text, String[].class));
        } catch (JsonProcessingException e) {
            throw new UsageException("option paths is no JSON list: " + text, e);
        }
    }
}
