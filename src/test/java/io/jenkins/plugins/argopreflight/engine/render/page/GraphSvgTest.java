package io.jenkins.plugins.argopreflight.engine.render.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.render.page.WorkflowGraph.Node;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class GraphSvgTest {

    @Test
    void shouldDrawEachNodeBelowThoseBeforeIt() throws Exception {
        Document svg = svg(List.of(
                node("a", "build", "Succeeded", "b", "c"), node("b", "left", "Running", "d"),
                node("c", "right", "Failed", "d"), node("d", "end", "Pending")));

        assertThat(numbers(svg, "y")).containsExactly(8, 79, 79, 165);
        assertThat(svg.getElementsByTagName("path").getLength()).isEqualTo(4);
        assertThat(element(svg, "rect", 2).getAttribute("class")).endsWith("--failed");
    }

    /** The widths of the graph on a page of 1280 pixels beside Jenkins' side panel, and on one of 400. */
    @Test
    void shouldNeverBeWiderThanAPage() throws Exception {
        List<Node> chain = new ArrayList<>();
        IntStream.range(0, 20).forEach(i -> chain.add(node("n" + i, "step-" + i, "Running", "n" + (i + 1))));
        for (List<Node> nodes : List.of(fanOut(40), chain)) {
            assertThat(width(svgs(nodes).get(0))).isLessThanOrEqualTo(884);
            assertThat(width(svgs(nodes).get(1))).isLessThanOrEqualTo(344);
        }
    }

    @Test
    void shouldFoldALevelIntoRowsWithWhatFailedFirst() throws Exception {
        Document svg = svg(fanOut(9));

        assertThat(numbers(svg, "y").stream().distinct()).hasSize(4);
        Element failed = element(svg, "rect", 9);
        assertThat(failed.getAttribute("class")).endsWith("--failed");
        assertThat(failed.getAttribute("x")).isEqualTo("20");
        assertThat(((Element) failed.getParentNode()).getAttribute("class")).isEqualTo("ap-graph__first");
    }

    /**
     * The node in view is the one with the cause among a failed node and its groups, which fail with it, or else the
     * last of them.
     */
    @Test
    void shouldMarkTheNodeThatIsToBeInView() throws Exception {
        Node group = new Node("a", "build", "Steps", "Failed", "", List.of("b"), "", 1, List.of(), "");
        Node pod = new Node("b", "compile", "Pod", "Failed", "Error (exit code 3)", List.of("c"), "", 1, List.of(), "");

        Document svg = svg(List.of(group, pod, node("c", "end", "Omitted")));

        assertThat(element(svg, "a", 0).getAttribute("class")).isEmpty();
        assertThat(element(svg, "a", 1).getAttribute("class")).isEqualTo("ap-graph__first");
        assertThat(texts(svg, "ap-graph__cause")).containsExactly("Error (exit code 3)");
    }

    /** The edge leads from the first to the third row, with a node between them in the same column. */
    @Test
    void shouldLeadLongEdgesBetweenRowsAndColumns() throws Exception {
        Document svg = svg(List.of(
                node("a", "checkout", "Succeeded", "b", "c"),
                node("b", "build", "Succeeded", "c"),
                node("c", "publish", "Succeeded")));

        assertThat(element(svg, "path", 0).getAttribute("d")).isEqualTo("M118 53C118 66 118 66 118 79");
        assertThat(element(svg, "path", 1).getAttribute("d")).isEqualTo("M118 53V66H10V137H118V150");
    }

    @Test
    void shouldBeReachableByKeyboardAndHoldNoScript() throws Exception {
        Document svg = svg(List.of(node("a", "build", "Failed")));

        Element link = element(svg, "a", 0);
        assertThat(link.getAttribute("href")).isEqualTo("#node-0");
        assertThat(link.getAttribute("aria-label")).isEqualTo("build, Pod, Failed, No credentials");
        assertThat(svg.getElementsByTagName("script").getLength()).isZero();
    }

    @Test
    void shouldShowTheWholeCauseInTheBoxOfItsNode() throws Exception {
        String cause = "Container main ended with exit code 3 after it could not log in to the database";
        Node failed = new Node(
                "a",
                "compile-linux-amd64-with-a-name-of-two-lines",
                "Pod",
                "Failed",
                "",
                List.of("b"),
                "",
                3,
                List.of(cause),
                "");

        Document svg = svg(List.of(failed, node("b", "next", "Omitted")));

        assertThat(texts(svg, "")).startsWith("compile-linux-amd64-with-", "a-name-of-two-lines");
        assertThat(String.join(" ", texts(svg, "ap-graph__cause"))).isEqualTo(cause);
        int bottom = Integer.parseInt(element(svg, "rect", 0).getAttribute("y"))
                + Integer.parseInt(element(svg, "rect", 0).getAttribute("height"));
        NodeList lines = svg.getElementsByTagName("text");
        assertThat(IntStream.range(0, lines.getLength() - 2)
                        .map(i -> Integer.parseInt(element(svg, "text", i).getAttribute("y"))))
                .allMatch(y -> y < bottom);
    }

    /** The table beside the picture shows the same texts. */
    @Test
    void shouldShowWhatHidesInTextsOfTheWorkflow() {
        ObjectNode workflow = JsonNodeFactory.instance.objectNode();
        String hostile = "\u001b[2J\u202egpj\u200b\nb";
        workflow.putObject("status")
                .put("phase", hostile)
                .put("message", hostile)
                .putObject("nodes")
                .putObject("n")
                .put("id", "n")
                .put("displayName", hostile)
                .put("type", hostile)
                .put("phase", hostile)
                .put("message", hostile);

        WorkflowGraph graph = WorkflowGraph.of(WorkflowState.of(workflow), Optional.empty(), node -> "");
        Node node = graph.nodes().get(0);

        assertThat(List.of(graph.phase(), graph.message(), node.label(), node.type(), node.phase(), node.message()))
                .containsOnly("\\u001b[2J\\u202egpj\\u200b b");
    }

    /** Argo notes seconds. */
    @Test
    void shouldShowParentsFirstThatBeganInTheSameSecond() {
        ObjectNode workflow = JsonNodeFactory.instance.objectNode();
        ObjectNode nodes = workflow.putObject("status").putObject("nodes");
        List<String> ids = List.of("c", "b", "a");
        for (int i = 0; i < 3; i++) {
            ObjectNode node = nodes.putObject(ids.get(i))
                    .put("id", ids.get(i))
                    .put("displayName", ids.get(i))
                    .put("startedAt", "2026-11-27T06:48:33Z");
            if (i > 0) {
                node.putArray("children").add(ids.get(i - 1));
            }
        }

        List<Node> shown =
                WorkflowGraph.of(WorkflowState.of(workflow), Optional.empty()).nodes();

        assertThat(shown).extracting(Node::label).containsExactly("a", "b", "c");
        assertThat(shown.get(0).clock()).isEqualTo("06:48:33");
    }

    @Test
    void shouldKeepWhatFailedOfManyNodes() {
        ObjectNode workflow = JsonNodeFactory.instance.objectNode();
        ObjectNode nodes = workflow.putObject("status").putObject("nodes");
        for (int i = 0; i < 500; i++) {
            nodes.putObject("n" + i)
                    .put("id", "n" + i)
                    .put("displayName", "n" + i)
                    .put("type", "Pod")
                    .put("startedAt", "2026-01-01T00:00:00Z")
                    .put("phase", i == 499 ? "Failed" : i == 498 ? "Running" : "Succeeded");
        }

        WorkflowGraph graph =
                WorkflowGraph.of(WorkflowState.of(workflow), Optional.empty(), node -> "log " + node.id());

        assertThat(graph.nodes())
                .hasSize(WorkflowGraph.MAX_NODES)
                .extracting(Node::id)
                .contains("n0", "n498", "n499");
        assertThat(graph.left()).isEqualTo(200);
        assertThat(graph.nodes().get(0).started()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(graph.nodes().get(0).log()).isEqualTo("log n0");
    }

    @Test
    void shouldTakeNoMarkupFromANode() throws Exception {
        String hostile = "</text><script>alert(1)</script>\" onload=\"x\u202e";

        Document svg = svg(List.of(node("a", hostile, hostile)));

        assertThat(svg.getElementsByTagName("script").getLength()).isZero();
        assertThat(element(svg, "a", 0).getAttributes().getLength()).isEqualTo(2);
        assertThat(element(svg, "rect", 0).getAttribute("class")).endsWith("--pending");
        assertThat(element(svg, "text", 0).getTextContent()).doesNotContain("\u202e");
    }

    @Test
    void shouldDrawACircleAndChildrenThatAreNotThere() throws Exception {
        Document svg = svg(List.of(node("a", "a", "Running", "b", "gone"), node("b", "b", "Running", "a")));

        assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(2);
    }

    @Test
    void shouldDrawAsManyNodesAsAreKept() throws Exception {
        List<Node> nodes = new ArrayList<>();
        IntStream.range(0, WorkflowGraph.MAX_NODES).forEach(i -> nodes.add(node("n" + i, "n" + i, "Running")));

        assertThat(svg(nodes).getElementsByTagName("rect").getLength()).isEqualTo(WorkflowGraph.MAX_NODES);
    }

    private static Node node(String id, String label, String phase, String... children) {
        return new Node(
                id,
                label,
                "Pod",
                phase,
                "",
                List.of(children),
                "",
                phase.equals("Failed") ? 3 : -1,
                phase.equals("Failed") ? List.of("No credentials") : List.of(),
                "");
    }

    private static List<Node> fanOut(int pods) {
        String[] ids = IntStream.range(0, pods).mapToObj(i -> "c" + i).toArray(String[]::new);
        return Stream.concat(
                        Stream.of(node("a", "build", "Running", ids)),
                        Arrays.stream(ids).map(id -> node(id, id, id.equals("c" + (pods - 1)) ? "Failed" : "Running")))
                .toList();
    }

    /** The picture for wide pages. */
    private static Document svg(List<Node> nodes) throws Exception {
        return svgs(nodes).get(0);
    }

    /** The picture for wide pages, and the one for narrow pages. */
    private static List<Document> svgs(List<Node> nodes) throws Exception {
        List<Document> svgs = new ArrayList<>();
        for (String text : GraphSvg.of(new WorkflowGraph("ci", "build", "Running", "", nodes, 0), "node-")
                .split("(?=<svg)")) {
            svgs.add(DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(text))));
        }
        return svgs;
    }

    private static Element element(Document svg, String tag, int index) {
        return (Element) svg.getElementsByTagName(tag).item(index);
    }

    private static int width(Document svg) {
        return Integer.parseInt(svg.getDocumentElement().getAttribute("width"));
    }

    private static List<Integer> numbers(Document svg, String attribute) {
        return IntStream.range(0, svg.getElementsByTagName("rect").getLength())
                .mapToObj(i -> Integer.valueOf(element(svg, "rect", i).getAttribute(attribute)))
                .toList();
    }

    private static List<String> texts(Document svg, String style) {
        return IntStream.range(0, svg.getElementsByTagName("text").getLength())
                .mapToObj(i -> element(svg, "text", i))
                .filter(text -> text.getAttribute("class").equals(style))
                .map(Element::getTextContent)
                .toList();
    }
}
