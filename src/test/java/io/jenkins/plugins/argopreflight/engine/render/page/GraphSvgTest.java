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
import org.xml.sax.InputSource;

class GraphSvgTest {

    @Test
    void shouldDrawEachNodeToTheRightOfThoseBeforeIt() throws Exception {
        Document svg = svg(List.of(
                node("a", "build", "Succeeded", "b", "c"), node("b", "left", "Running", "d"),
                node("c", "right", "Failed", "d"), node("d", "end", "Pending")));

        assertThat(IntStream.range(0, 4).map(i -> x(svg, i)).toArray()).isEqualTo(new int[] {8, 228, 228, 448});
        assertThat(svg.getElementsByTagName("path").getLength()).isEqualTo(4);
        assertThat(element(svg, "rect", 2).getAttribute("class")).endsWith("--failed");
    }

    @Test
    void shouldDrawTheEdgesOfALargeFanOutAsOneTrunk() throws Exception {
        String[] ids = IntStream.range(0, 20).mapToObj(i -> "c" + i).toArray(String[]::new);
        List<Node> nodes = Stream.concat(
                        Stream.of(node("a", "build", "Running", ids)),
                        Arrays.stream(ids).map(id -> node(id, id, "Running")))
                .toList();

        Document svg = svg(nodes);

        assertThat(IntStream.range(0, 20)
                        .mapToObj(i -> element(svg, "path", i).getAttribute("d"))
                        .map(path -> path.replaceFirst("V.*", "")))
                .containsOnly("M178 28H203");
    }

    /** One from the first to the third column, with a node between them in the same row. */
    @Test
    void shouldLeadLongEdgesBetweenTheRows() throws Exception {
        Document svg = svg(List.of(
                node("a", "checkout", "Succeeded", "b", "c"),
                node("b", "build", "Succeeded", "c"),
                node("c", "publish", "Succeeded")));

        assertThat(element(svg, "path", 1).getAttribute("d"))
                .isEqualTo("M178 28C203 28 203 55 228 55H398C423 55 423 28 448 28");
        assertThat(element(svg, "rect", 1).getAttribute("y")).isEqualTo("8");
        assertThat(element(svg, "rect", 1).getAttribute("height")).isEqualTo("40");
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
    void shouldShowTheCauseAtItsNode() throws Exception {
        Document svg = svg(List.of(node("a", "build", "Failed", "b"), node("b", "next", "Omitted")));

        assertThat(element(svg, "text", 2).getTextContent()).isEqualTo("No credentials");
        assertThat(element(svg, "text", 2).getAttribute("class")).isEqualTo("ap-graph__cause");
        assertThat(element(svg, "rect", 0).getAttribute("height")).isEqualTo("56");
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
                .hasSize(WorkflowGraph.MOST)
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
        IntStream.range(0, WorkflowGraph.MOST).forEach(i -> nodes.add(node("n" + i, "n" + i, "Running")));

        assertThat(svg(nodes).getElementsByTagName("rect").getLength()).isEqualTo(WorkflowGraph.MOST);
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

    private static Document svg(List<Node> nodes) throws Exception {
        String text = GraphSvg.of(new WorkflowGraph("ci", "build", "Running", "", nodes, 0), "node-");
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }

    private static Element element(Document svg, String tag, int index) {
        return (Element) svg.getElementsByTagName(tag).item(index);
    }

    private static int x(Document svg, int index) {
        return Integer.parseInt(element(svg, "rect", index).getAttribute("x"));
    }
}
