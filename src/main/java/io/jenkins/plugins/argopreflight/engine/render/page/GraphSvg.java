package io.jenkins.plugins.argopreflight.engine.render.page;

import io.jenkins.plugins.argopreflight.engine.render.Xml;
import io.jenkins.plugins.argopreflight.engine.render.page.WorkflowGraph.Node;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A drawing of a workflow as SVG without scripts: levels from top to bottom, in which each node is a link. A level with
 * many nodes continues in further rows, so that the drawing has at most as many columns as fit on the page; failed
 * nodes come first. Colours are classes of the page's style sheet, so that they follow its theme. All lengths are in
 * pixels.
 */
public final class GraphSvg {

    private static final int GAP_Y = 26;
    private static final int MARGIN = 8;
    private static final int PADDING = 10;
    private static final int LINE_HEIGHT = 15;
    private static final int NAME_LINES = 2;
    private static final int CAUSE_LINES = 12;

    private static final String CURVE =
            "<path class=\"ap-graph__edge\" d=\"M%1$d %2$dC%1$d %3$d %4$d %3$d %4$d %5$d\"/>";
    /**
     * The path of an edge between distant rows. It follows the gaps between rows and columns, so that it crosses no
     * node.
     */
    private static final String DETOUR = "<path class=\"ap-graph__edge\" d=\"M%d %dV%dH%dV%dH%dV%d\"/>";

    private static final Set<String> PHASES =
            Set.of("pending", "running", "succeeded", "failed", "error", "skipped", "omitted");

    /** The variants of a drawing, for wide and for narrow pages. */
    private enum Form {
        WIDE(4, 196, 20, 672),
        NARROW(2, 150, 14, 272);

        private final int columns;

        /** The width of a box. */
        private final int box;
        /** The distance between columns. */
        private final int gap;

        /**
         * The minimum width of a drawing that is larger than it, in pixels. Texts would be unreadable if the page made
         * it smaller.
         */
        private final int leastWidth;

        Form(int columns, int box, int gap, int leastWidth) {
            this.columns = columns;
            this.box = box;
            this.gap = gap;
            this.leastWidth = leastWidth;
        }

        /** Returns the CSS classes of a drawing. */
        private String classes(int width) {
            String name = "ap-graph--" + name().toLowerCase(Locale.ROOT);
            return "ap-graph " + name + (width > leastWidth ? " " + name + "-large" : "");
        }

        /**
         * Returns the number of characters of a name that fit in a line of a box. A character is about 6.8 pixels wide.
         */
        private int nameWidth() {
            return (box - 2 * PADDING) * 10 / 68;
        }

        /**
         * Returns the number of characters of a cause that fit in a line of a box. A character is about 6.2 pixels
         * wide.
         */
        private int causeWidth() {
            return (box - 2 * PADDING) * 10 / 62;
        }

        private int x(int column) {
            return gap + column * (box + gap);
        }
    }

    private record Box(Node node, int index, List<String> name, List<String> cause) {

        private int height() {
            return PADDING + LINE_HEIGHT * (name.size() + 1 + cause.size()) + PADDING / 2;
        }
    }

    private record Position(int row, int column, int top, int height) {

        private int bottom() {
            return top + height;
        }
    }

    private final Form form;
    private final String prefix;
    private final Map<String, Box> boxes = new LinkedHashMap<>();
    private final Map<String, Integer> levels;
    private final Map<String, Position> places = new HashMap<>();
    private final String shownFirst;
    private int columns;
    private int height = MARGIN;

    private GraphSvg(WorkflowGraph graph, String prefix, Form form) {
        this.form = form;
        this.prefix = prefix;
        shownFirst = graph.firstFailed().map(Node::id).orElse("");
        graph.nodes().forEach(node -> boxes.put(node.id(), box(node)));
        levels = GraphLayers.of(
                graph.nodes().stream().collect(Collectors.toMap(Node::id, Node::children, (one, other) -> one)));
        layout();
    }

    /**
     * Returns the drawing for wide pages and the one for narrow pages, of which the style sheet shows one.
     *
     * @param prefix the prefix of the ids of the elements to which nodes link; the index of the node follows it
     */
    public static String of(WorkflowGraph graph, String prefix) {
        return new GraphSvg(graph, prefix, Form.WIDE).draw(graph)
                + new GraphSvg(graph, prefix, Form.NARROW).draw(graph);
    }

    private Box box(Node node) {
        return new Box(
                node,
                boxes.size(),
                BoxText.lines(Visible.line(node.label()), form.nameWidth(), NAME_LINES),
                causes(node).stream()
                        .flatMap(cause -> BoxText.lines(cause, form.causeWidth(), CAUSE_LINES).stream())
                        .toList());
    }

    /** Returns the causes of a node. For the node that failed first, returns its message if no cause is known. */
    private List<String> causes(Node node) {
        return node.causes().isEmpty()
                        && node.id().equals(shownFirst)
                        && !node.message().isEmpty()
                ? List.of(node.message())
                : node.causes();
    }

    private void layout() {
        Map<Integer, List<Box>> byLevel = boxes.values().stream()
                .sorted(Comparator.comparing((Box box) -> box.node().causes().isEmpty())
                        .thenComparing(box -> !box.node().isFailed()))
                .collect(Collectors.groupingBy(box -> level(box.node().id()), TreeMap::new, Collectors.toList()));
        int row = 0;
        for (List<Box> level : byLevel.values()) {
            for (int from = 0; from < level.size(); from += form.columns) {
                place(level.subList(from, Math.min(from + form.columns, level.size())), row);
                row++;
            }
        }
        height += MARGIN - GAP_Y;
    }

    private void place(List<Box> row, int rowIndex) {
        int rowHeight = row.stream().mapToInt(Box::height).max().orElse(0);
        for (int column = 0; column < row.size(); column++) {
            places.put(row.get(column).node().id(), new Position(rowIndex, column, height, rowHeight));
        }
        columns = Math.max(columns, row.size());
        height += rowHeight + GAP_Y;
    }

    private String draw(WorkflowGraph graph) {
        int width = form.x(columns);
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg class=\"%s\" xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                        + " viewBox=\"0 0 %d %d\" role=\"group\" aria-label=\"%s\">",
                form.classes(width),
                width,
                height,
                width,
                height,
                Xml.line("Graph of workflow " + graph.name())));
        for (Box box : boxes.values()) {
            box.node().children().stream()
                    .filter(child -> boxes.containsKey(child)
                            && level(child) > level(box.node().id()))
                    .forEach(child -> svg.append(edge(box.node().id(), child)));
        }
        boxes.values().forEach(box -> svg.append(drawBox(box)));
        return svg.append("</svg>").toString();
    }

    private int level(String id) {
        return Objects.requireNonNull(levels.get(id));
    }

    private Position place(String id) {
        return Objects.requireNonNull(places.get(id));
    }

    /** Returns the path of an edge: directly to the next row, or between the boxes to a more distant one. */
    private String edge(String parent, String child) {
        Position from = place(parent);
        Position to = place(child);
        int x1 = form.x(from.column()) + form.box / 2;
        int x2 = form.x(to.column()) + form.box / 2;
        if (to.row() == from.row() + 1) {
            return String.format(Locale.ROOT, CURVE, x1, from.bottom(), from.bottom() + GAP_Y / 2, x2, to.top());
        }
        return String.format(
                Locale.ROOT,
                DETOUR,
                x1,
                from.bottom(),
                from.bottom() + GAP_Y / 2,
                form.x(to.column()) - form.gap / 2,
                to.top() - GAP_Y / 2,
                x2,
                to.top());
    }

    private String drawBox(Box box) {
        Node node = box.node();
        Position place = place(node.id());
        String phase = node.phase().toLowerCase(Locale.ROOT);
        String style = PHASES.contains(phase) ? phase : "pending";
        String label = node.label() + ", " + node.type() + ", " + (node.phase().isEmpty() ? "no phase" : node.phase())
                + (causes(node).isEmpty() ? "" : ", " + String.join("; ", causes(node)));
        String state = node.phase() + (node.seconds() < 0 ? "" : " · " + node.seconds() + " s");
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<a%s href=\"#%s%d\" aria-label=\"%s\"><title>%s</title><rect class=\"ap-graph__node"
                        + " ap-graph__node--%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\"/>",
                node.id().equals(shownFirst) ? " class=\"ap-graph__first\"" : "",
                Xml.line(prefix),
                box.index(),
                Xml.line(label),
                Xml.line(label),
                style,
                form.x(place.column()),
                place.top(),
                form.box,
                place.height()));
        int x = form.x(place.column()) + PADDING;
        int y = place.top() + PADDING + LINE_HEIGHT / 2;
        for (String line : box.name()) {
            svg.append(text(x, y, "", line));
            y += LINE_HEIGHT;
        }
        svg.append(text(x, y, " class=\"ap-graph__state\"", state));
        for (String line : box.cause()) {
            y += LINE_HEIGHT;
            svg.append(text(x, y, " class=\"ap-graph__cause\"", line));
        }
        return svg.append("</a>").toString();
    }

    private static String text(int x, int y, String attribute, String line) {
        return String.format(Locale.ROOT, "<text%s x=\"%d\" y=\"%d\">%s</text>", attribute, x, y, Xml.line(line));
    }
}
