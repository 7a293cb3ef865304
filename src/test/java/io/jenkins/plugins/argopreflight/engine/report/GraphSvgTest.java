package io.jenkins.plugins.argopreflight.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.report.WorkflowGraph.Node;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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
    void shouldBeReachableByKeyboardAndHoldNoScript() throws Exception {
        Document svg = svg(List.of(node("a", "build", "Failed")));

        Element link = element(svg, "a", 0);
        assertThat(link.getAttribute("href")).isEqualTo("#node-0");
        assertThat(link.getAttribute("aria-label")).isEqualTo("build, Pod, Failed, No credentials");
        assertThat(svg.getElementsByTagName("script").getLength()).isZero();
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
                phase.equals("Failed") ? 3 : -1,
                phase.equals("Failed") ? List.of("No credentials") : List.of());
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
