package io.jenkins.plugins.argopreflight.engine.render.page;

import io.jenkins.plugins.argopreflight.engine.fix.Visible;
import io.jenkins.plugins.argopreflight.engine.render.Xml;
import io.jenkins.plugins.argopreflight.engine.render.page.WorkflowGraph.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Draws a workflow as SVG without a script: from left to right in layers, each node a link that the keyboard reaches. Its
 * colours are classes of the page's style sheet, so that they follow the theme.
 */
public final class GraphSvg {

    private static final int WIDTH = 170;
    private static final int LOW = 40;
    private static final int HIGH = 56;
    private static final int GAP_X = 50;
    private static final int GAP_Y = 14;
    private static final int MARGIN = 8;
    private static final int LABEL = 22;
    private static final int CAUSE = 24;

    /** With more children than these, edges are drawn as one trunk with branches: single curves would merge into an area. */
    private static final int FAN_OUT = 12;

    private static final String CURVE =
            "<path class=\"ap-graph__edge\" d=\"M%1$d %2$dC%3$d %2$d %3$d %4$d %5$d %4$d\"/>";
    /** Between two rows, so that it leads through no node. */
    private static final String LONG =
            "<path class=\"ap-graph__edge\" d=\"M%d %dC%3$d %2$d %3$d %4$d %5$d %4$dH%6$dC%7$d"
                    + " %4$d %7$d %8$d %9$d %8$d\"/>";

    private static final String BRANCH = "<path class=\"ap-graph__edge\" d=\"M%1$d %2$dH%3$dV%4$dH%5$d\"/>";
    private static final Set<String> PHASES =
            Set.of("pending", "running", "succeeded", "failed", "error", "skipped", "omitted");

    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, Integer> layers;
    private final Map<String, Integer> rows = new HashMap<>();
    private final String prefix;
    private final int boxHeight;
    private int columns;
    private int height;

    private GraphSvg(WorkflowGraph graph, String prefix) {
        this.prefix = prefix;
        graph.nodes().forEach(node -> nodes.put(node.id(), node));
        layers = GraphLayers.of(
                graph.nodes().stream().collect(Collectors.toMap(Node::id, Node::children, (one, other) -> one)));
        boxHeight = graph.nodes().stream().allMatch(node -> node.causes().isEmpty()) ? LOW : HIGH;
        layout();
    }

    /**
     * The picture.
     *
     * @param prefix of the ids of the elements to which nodes link: the prefix and the index of the node in the graph
     */
    public static String of(WorkflowGraph graph, String prefix) {
        return new GraphSvg(graph, prefix).draw(graph);
    }

    private void layout() {
        Map<Integer, Integer> used = new HashMap<>();
        for (String id : nodes.keySet()) {
            int layer = layer(id);
            int row = used.merge(layer, 1, Integer::sum) - 1;
            rows.put(id, row);
            columns = Math.max(columns, layer + 1);
            height = Math.max(height, row + 1);
        }
    }

    private String draw(WorkflowGraph graph) {
        int wide = 2 * MARGIN + columns * (WIDTH + GAP_X) - GAP_X;
        int high = 2 * MARGIN + height * (boxHeight + GAP_Y) - GAP_Y;
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg class=\"ap-graph\" xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                        + " viewBox=\"0 0 %d %d\" role=\"group\" aria-label=\"%s\">",
                wide,
                high,
                wide,
                high,
                Xml.line("Graph of workflow " + graph.name())));
        for (Node node : nodes.values()) {
            List<String> children = node.children().stream()
                    .filter(child -> nodes.containsKey(child) && layer(child) > layer(node.id()))
                    .toList();
            String form = children.size() > FAN_OUT ? BRANCH : CURVE;
            children.forEach(child -> svg.append(edge(form, node.id(), child)));
        }
        List<String> ids = new ArrayList<>(nodes.keySet());
        for (int i = 0; i < ids.size(); i++) {
            svg.append(box(Objects.requireNonNull(nodes.get(ids.get(i))), i));
        }
        return svg.append("</svg>").toString();
    }

    private int layer(String id) {
        return Objects.requireNonNull(layers.get(id));
    }

    private int x(String id) {
        return MARGIN + layer(id) * (WIDTH + GAP_X);
    }

    private int y(String id) {
        return MARGIN + Objects.requireNonNull(rows.get(id)) * (boxHeight + GAP_Y);
    }

    private String edge(String form, String from, String to) {
        int x1 = x(from) + WIDTH;
        int y1 = y(from) + boxHeight / 2;
        int x2 = x(to);
        int y2 = y(to) + boxHeight / 2;
        if (layer(to) > layer(from) + 1) {
            int lane = y2 < y1 ? y(from) - GAP_Y / 2 : y(from) + boxHeight + GAP_Y / 2;
            int out = x1 + GAP_X / 2;
            int in = x2 - GAP_X / 2;
            return String.format(Locale.ROOT, LONG, x1, y1, out, lane, x1 + GAP_X, x2 - GAP_X, in, y2, x2);
        }
        int middle = x1 + (x2 - x1) / 2;
        return String.format(Locale.ROOT, form, x1, y1, middle, y2, x2);
    }

    private String box(Node node, int index) {
        String phase = node.phase().toLowerCase(Locale.ROOT);
        String style = PHASES.contains(phase) ? phase : "pending";
        String said = node.label() + ", " + node.type() + ", " + (node.phase().isEmpty() ? "no phase" : node.phase())
                + (node.causes().isEmpty() ? "" : ", " + String.join("; ", node.causes()));
        String state = node.phase() + (node.seconds() < 0 ? "" : " · " + node.seconds() + " s");
        return String.format(
                Locale.ROOT,
                "<a href=\"#%s%d\" aria-label=\"%s\"><title>%s</title><rect class=\"ap-graph__node"
                        + " ap-graph__node--%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\"/><text x=\"%d\""
                        + " y=\"%d\">%s</text><text class=\"ap-graph__state\" x=\"%d\" y=\"%d\">%s</text>%s</a>",
                Xml.line(prefix),
                index,
                Xml.line(said),
                Xml.line(said),
                style,
                x(node.id()),
                y(node.id()),
                WIDTH,
                boxHeight,
                x(node.id()) + 10,
                y(node.id()) + 17,
                Xml.line(Visible.cut(node.label(), LABEL)),
                x(node.id()) + 10,
                y(node.id()) + 32,
                Xml.line(state),
                cause(node));
    }

    /** The first cause; all of them are in the title, and in the table. */
    private String cause(Node node) {
        return node.causes().isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "<text class=\"ap-graph__cause\" x=\"%d\" y=\"%d\">%s</text>",
                        x(node.id()) + 10,
                        y(node.id()) + 47,
                        Xml.line(Visible.cut(node.causes().get(0), CAUSE)));
    }
}
