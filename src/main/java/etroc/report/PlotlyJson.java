package etroc.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A figure as the traces and the layout that Plotly draws. */
final class PlotlyJson implements Series.Visitor<ObjectNode> {
    private static final JsonMapper JSON = new JsonMapper();

    private final ArrayNode data;
    private final String ink;

    private PlotlyJson(ArrayNode data, String ink) {
        this.data = data;
        this.ink = ink;
    }

    /** An object with {@code data} and {@code layout}, safe inside a script element. */
    static String of(Figure figure) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode data = root.putArray("data");
        List<Integer> inks = figure.inks();
        for (int i = 0; i < inks.size(); i++) {
            figure.series().get(i).accept(new PlotlyJson(data, Palette.hex(inks.get(i))));
        }
        ObjectNode layout = root.putObject("layout");
        layout.putObject("xaxis").putObject("title").put("text", label(figure.x()));
        layout.putObject("yaxis").putObject("title").put("text", label(figure.y()));
        if (figure.x().equals("board")) {
            ((ObjectNode) layout.get("xaxis")).put("dtick", 1);
        }
        layout.put("showlegend", figure.series().size() > 1);
        if (figure.series().stream().anyMatch(s -> s instanceof Series.Plane p && p.square())) {
            ((ObjectNode) layout.get("xaxis")).put("constrain", "domain");
            ((ObjectNode) layout.get("yaxis")).put("scaleanchor", "x").put("constrain", "domain");
        }
        try {
            return JSON.writeValueAsString(root).replace("<", "\\u003c").replace("\u2028", "\\u2028");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A text for Plotly, which takes tags for markup and knows few entities. */
    private static String label(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private ObjectNode trace(Series series, String type, String mode) {
        ObjectNode trace = data.addObject();
        trace.put("type", type);
        trace.put("mode", mode);
        trace.put("name", label(series.name()));
        return trace;
    }

    @Override
    public ObjectNode points(Series.Points p) {
        ObjectNode trace = trace(p, "scatter", "markers");
        trace.set("x", numbers(p.x()));
        trace.set("y", numbers(p.y()));
        trace.putObject("marker").put("color", ink).put("size", 5);
        ObjectNode error = trace.putObject("error_y");
        error.put("type", "data").put("thickness", 1).put("width", 2);
        error.set("array", numbers(p.unc()));
        return trace;
    }

    @Override
    public ObjectNode line(Series.Line l) {
        ObjectNode trace = trace(l, "scatter", "lines");
        trace.set("x", numbers(l.x()));
        trace.set("y", numbers(l.y()));
        trace.putObject("line").put("color", ink).put("width", 2);
        return trace;
    }

    @Override
    public ObjectNode band(Series.Band b) {
        List<Double> x = new ArrayList<>(b.x());
        List<Double> y = new ArrayList<>(b.low());
        for (int i = b.x().size() - 1; i >= 0; i--) {
            x.add(b.x().get(i));
            y.add(b.high().get(i));
        }
        ObjectNode trace = trace(b, "scatter", "lines");
        trace.set("x", numbers(x));
        trace.set("y", numbers(y));
        trace.put("fill", "toself").put("fillcolor", ink + "33").put("hoverinfo", "skip");
        trace.putObject("line").put("width", 0).put("color", ink);
        return trace;
    }

    @Override
    public ObjectNode counts(Series.Counts c) {
        ObjectNode trace = trace(c, "scatter", "lines");
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (int i = 0; i < c.low().size(); i++) {
            x.add(c.low().get(i));
            y.add(c.count().get(i));
        }
        if (!x.isEmpty()) {
            x.add(c.high().get(x.size() - 1));
            y.add(y.get(y.size() - 1));
        }
        trace.set("x", numbers(x));
        trace.set("y", numbers(y));
        trace.putObject("line").put("color", ink).put("width", 1.5).put("shape", "hv");
        return trace;
    }

    @Override
    public ObjectNode plane(Series.Plane p) {
        ObjectNode trace = data.addObject();
        trace.put("type", "heatmap");
        trace.put("name", label(p.name()));
        trace.set("x", numbers(p.xEdges()));
        trace.set("y", numbers(p.yEdges()));
        ArrayNode rows = trace.putArray("z");
        p.count().forEach(row -> rows.add(numbers(row)));
        ArrayNode scale = trace.putArray("colorscale");
        for (int i = 0; i < Palette.SCALE.size(); i++) {
            scale.addArray().add(i / (Palette.SCALE.size() - 1.0)).add(Palette.SCALE.get(i));
        }
        trace.put("hoverongaps", false);
        if (!Double.isNaN(p.low()) || !Double.isNaN(p.high())) {
            double[] ends = p.scale();
            trace.put("zmin", ends[0]).put("zmax", ends[1]);
        }
        return trace;
    }

    /** Numbers with seven digits; what is missing is null, which Plotly leaves out. */
    private static ArrayNode numbers(List<Double> values) {
        ArrayNode array = JSON.createArrayNode();
        for (@Nullable Double value : values) {
            if (value == null || !Double.isFinite(value)) {
                array.addNull();
            } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
                array.add(value.longValue());
            } else {
                array.add(new java.math.BigDecimal(value).round(new java.math.MathContext(7)));
            }
        }
        return array;
    }
}
