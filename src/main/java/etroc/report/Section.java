package etroc.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A part of a page: what is to be read, then figures.
 *
 * @param folded whether it is shown on request only
 */
public record Section(String heading, List<Block> blocks, List<Figure> figures, boolean folded) {
    /** Name of the section of the figures that answer the question: they stand beside the result. */
    public static final String ANSWER = "Answer";

    public Section {
        blocks = List.copyOf(blocks);
        figures = List.copyOf(figures);
    }

    public Section(String heading, List<? extends Block> blocks) {
        this(heading, List.copyOf(blocks), List.of(), false);
    }

    public Section(String heading, List<Block> blocks, List<Figure> figures) {
        this(heading, blocks, figures, false);
    }

    /** One that is shown on request. */
    public static Section folded(String heading, List<Block> blocks) {
        return new Section(heading, blocks, List.of(), true);
    }

    /** Figures by the sections that they name, in this order. */
    public static List<Section> of(List<Figure> figures) {
        Map<String, List<Figure>> sections = new LinkedHashMap<>();
        figures.forEach(f ->
                sections.computeIfAbsent(f.section(), s -> new ArrayList<>()).add(f));
        return sections.entrySet().stream()
                .map(e -> new Section(e.getKey(), List.of(), e.getValue()))
                .toList();
    }

    String anchor() {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}
