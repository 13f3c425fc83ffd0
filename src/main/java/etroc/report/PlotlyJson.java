package etroc.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A figure as the traces and the layout that Plotly draws. */
final class PlotlyJson implements Series.Visitor<ObjectNode> {
    private static final JsonMapper JSON = new JsonMapper();

    private static final int DECADES = 10;
    /** Where an empty bin is drawn on a logarithmic axis. */
    static final double BELOW_ONE = 0.3;

    private final ArrayNode data;
    private final String ink;
    private final boolean logY;

    private PlotlyJson(ArrayNode data, String ink, boolean logY) {
        this.data = data;
        this.ink = ink;
        this.logY = logY;
    }

    /** An object with {@code data} and {@code layout}, safe inside a script element. */
    static String of(Figure figure) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode data = root.putArray("data");
        List<String> colours = figure.colours();
        for (int i = 0; i < colours.size(); i++) {
            Series one = figure.series().get(i);
            ObjectNode trace = one.accept(
                    new PlotlyJson(data, colours.get(i), figure.axes().logY()));
            trace.put("legendgroup", one.name().replaceFirst(": .*", ""));
            if (!figure.isListed(one)) {
                trace.put("showlegend", false);
            }
        }
        if (!figure.axes().scale().isEmpty()) {
            scale(data, figure);
        }
        ObjectNode layout = root.putObject("layout");
        ObjectNode x = layout.putObject("xaxis");
        ObjectNode y = layout.putObject("yaxis");
        axes(x, y, figure);
        if (figure.hasWholeNumbers()) {
            x.put("dtick", 1);
        }
        if (figure.series().stream().anyMatch(s -> s instanceof Series.Plane p && p.square())) {
            x.put("constrain", "domain");
            y.put("scaleanchor", "x").put("constrain", "domain");
        }
        layout.put("showlegend", figure.series().size() > 1);
        try {
            return JSON.writeValueAsString(root).replace("<", "\\u003c").replace("\u2028", "\\u2028");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void axes(ObjectNode x, ObjectNode y, Figure figure) {
        x.putObject("title").put("text", label(figure.x()));
        y.putObject("title").put("text", label(figure.y()));
        Axes axes = figure.axes();
        if (axes.logY()) {
            y.put("type", "log").put("dtick", 1);
        }
        if (!axes.categories().isEmpty()) {
            ArrayNode places = x.put("tickmode", "array").putArray("tickvals");
            ArrayNode names = x.putArray("ticktext");
            for (int i = 0; i < axes.categories().size(); i++) {
                places.add(i + 1);
                names.add(label(axes.categories().get(i)));
            }
            x.putArray("range").add(0.5).add(axes.categories().size() + 0.5);
        }
        if (!axes.x().isEmpty()) {
            x.set("range", numbers(axes.x()));
        }
        if (!axes.y().isEmpty()) {
            y.set(
                    "range",
                    numbers(axes.logY() ? axes.y().stream().map(Math::log10).toList() : axes.y()));
        }
    }

    /** A trace that draws nothing but the scale of the colours. */
    private static void scale(ArrayNode data, Figure figure) {
        ObjectNode trace = data.addObject();
        trace.put("type", "scatter")
                .put("mode", "markers")
                .put("showlegend", false)
                .put("hoverinfo", "skip");
        trace.putArray("x").addNull();
        trace.putArray("y").addNull();
        ObjectNode marker = trace.putObject("marker");
        marker.putArray("color").add(figure.least());
        marker.put("cmin", figure.least()).put("cmax", figure.most()).put("showscale", true);
        ArrayNode colours = marker.putArray("colorscale");
        for (int i = 0; i < Palette.SCALE.size(); i++) {
            double at = i / (Palette.SCALE.size() - 1.0);
            colours.addArray().add(at).add(Palette.ordered(at));
        }
        bar(marker.putObject("colorbar"), figure.axes().scale());
    }

    private static void bar(ObjectNode bar, String title) {
        bar.put("thickness", 14).putObject("title").put("text", label(title)).put("side", "right");
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
        ObjectNode marker = trace.putObject("marker");
        marker.put("color", ink).put("size", 6);
        if (p.name().contains(": ")) { // beside what it belongs to
            marker.put("symbol", "diamond-open").put("size", 9);
        }
        ObjectNode error = trace.putObject("error_y");
        error.put("type", "data").put("thickness", 1).put("width", 2);
        error.set("array", numbers(p.unc()));
        if (!p.isSymmetric()) {
            error.put("symmetric", false).set("arrayminus", numbers(p.down()));
        }
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
            y.add(logY ? Math.max(c.count().get(i), BELOW_ONE) : c.count().get(i));
        }
        if (!x.isEmpty()) {
            x.add(c.high().get(x.size() - 1));
            y.add(y.get(y.size() - 1));
        }
        trace.set("x", numbers(x));
        trace.set("y", numbers(y));
        ObjectNode line = trace.putObject("line");
        line.put("color", ink).put("width", 1.5).put("shape", "hv");
        if (c.name().contains(": ")) { // beside what it belongs to
            line.put("dash", "dot");
        }
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
        p.count()
                .forEach(row -> rows.add(
                        numbers(p.log() ? row.stream().map(PlotlyJson::log).toList() : row)));
        ObjectNode bar = trace.putObject("colorbar");
        bar(bar, p.name());
        if (p.log()) {
            ArrayNode texts = trace.putArray("text");
            p.count().forEach(row -> texts.add(numbers(row)));
            trace.put("hovertemplate", "%{x}, %{y}: %{text}<extra></extra>");
            ArrayNode places = bar.put("tickmode", "array").putArray("tickvals");
            ArrayNode names = bar.putArray("ticktext");
            for (int decade = 0; decade < DECADES; decade++) {
                places.add(decade);
                names.add(String.format(Locale.ROOT, "%,d", Math.round(Math.pow(10, decade))));
            }
        }
        ArrayNode scale = trace.putArray("colorscale");
        for (int i = 0; i < Palette.SCALE.size(); i++) {
            scale.addArray().add(i / (Palette.SCALE.size() - 1.0)).add(Palette.SCALE.get(i));
        }
        trace.put("hoverongaps", false);
        if (!p.log() && !(Double.isNaN(p.low()) && Double.isNaN(p.high()))) {
            double[] ends = p.range();
            trace.put("zmin", ends[0]).put("zmax", ends[1] > ends[0] ? ends[1] : ends[0] + 1);
        }
        return trace;
    }

    private static Double log(Double count) {
        return count > 0 ? Double.valueOf(Math.log10(count)) : Double.valueOf(Double.NaN);
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
