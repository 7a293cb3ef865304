package io.jenkins.plugins.argopreflight.engine.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import io.jenkins.plugins.argopreflight.engine.render.ci.GithubCommands;
import io.jenkins.plugins.argopreflight.engine.render.ci.JUnitXml;
import io.jenkins.plugins.argopreflight.engine.render.ci.Sarif;
import io.jenkins.plugins.argopreflight.engine.render.json.PreflightJson;
import io.jenkins.plugins.argopreflight.engine.render.page.CheckCounts;
import io.jenkins.plugins.argopreflight.engine.render.page.Html;
import io.jenkins.plugins.argopreflight.engine.render.page.Markdown;
import io.jenkins.plugins.argopreflight.engine.render.text.PreflightText;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The requirements of the standards for each format. */
@ExtendWith(InRun.class)
class FormatsTest {

    private static final List<Report> REPORTS =
            List.of(Preflights.full(), Preflights.green(), Preflights.hostile(), Preflights.many(50));

    private static Document xml(String text) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Element> elements(Document document, String name) {
        NodeList nodes = document.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    @Test
    void shouldWriteJUnitThatCountsItself() throws Exception {
        for (Report report : REPORTS) {
            Document junit = xml(new JUnitXml().render(report));
            Element suite = junit.getDocumentElement();
            List<Element> cases = elements(junit, "testcase");
            assertThat(suite.getTagName()).isEqualTo("testsuite");
            assertThat(suite.getAttribute("tests")).isEqualTo("" + cases.size());
            assertThat(suite.getAttribute("failures"))
                    .isEqualTo("" + elements(junit, "failure").size());
            assertThat(suite.getAttribute("skipped"))
                    .isEqualTo("" + elements(junit, "skipped").size());
            assertThat(cases)
                    .extracting(each -> each.getAttribute("classname") + " " + each.getAttribute("name"))
                    .doesNotHaveDuplicates();
            assertThat(elements(junit, "failure")).allSatisfy(failure -> {
                assertThat(failure.getAttribute("type")).isNotEmpty();
                assertThat(failure.getAttribute("message")).isNotEmpty();
            });
        }
    }

    @Test
    void shouldFailInJUnitWhatTheGateCounts() throws Exception {
        assertThat(elements(xml(new JUnitXml().render(Preflights.full())), "failure"))
                .extracting(failure -> failure.getAttribute("type"))
                .containsExactly("FAIL");
        Report full = Preflights.full();
        Report strict = new Report(
                full.schemaVersion(),
                new Report.Request("check", "ci", Gate.UNKNOWN, List.of()),
                full.identity(),
                full.versions(),
                full.result(),
                full.subjects(),
                full.pods(),
                full.pulls(),
                full.permissions(),
                full.findings(),
                full.ignored(),
                full.notes(),
                full.checks(),
                full.unknown(),
                full.missingRole(),
                full.cost(),
                full.recorded());
        assertThat(elements(xml(new JUnitXml().render(strict)), "failure"))
                .extracting(failure -> failure.getAttribute("type"))
                .as("a note never counts")
                .containsExactly("FAIL", "WARN", "UNKNOWN");
    }

    @Test
    void shouldWriteOnePageOfHtmlThatNeedsNothingElse() throws Exception {
        for (Report report : REPORTS) {
            String html = new Html().render(report);
            assertThat(html).startsWith("<!DOCTYPE html>\n").contains("prefers-color-scheme: dark", "@media print");
            Document page = xml(html);
            assertThat(elements(page, "script")).isEmpty();
            assertThat(elements(page, "link")).isEmpty();
            assertThat(elements(page, "img")).isEmpty();
            assertThat(elements(page, "*"))
                    .allSatisfy(element -> assertThat(element.getAttributes().getNamedItem("onclick"))
                            .isNull());
            assertThat(elements(page, "a"))
                    .allSatisfy(link -> assertThat(link.getAttribute("href")).startsWith("https://"));
            assertThat(elements(page, "table"))
                    .allSatisfy(table -> assertThat(
                                    table.getElementsByTagName("caption").getLength())
                            .isOne());
            assertThat(elements(page, "th"))
                    .allSatisfy(head -> assertThat(head.getAttribute("scope")).isEqualTo("col"));
            assertThat(elements(page, "article"))
                    .extracting(each -> each.getAttribute("id"))
                    .doesNotHaveDuplicates();
        }
        assertThat(xml(new Html().render(Preflights.hostile()))
                        .getDocumentElement()
                        .getTextContent())
                .as("what looks like markup is shown as it is")
                .contains("<script>alert(1)</script>");
    }

    @Test
    void shouldWriteSarifByItsStandard() throws Exception {
        for (Report report : REPORTS) {
            JsonNode sarif = new JsonMapper().readTree(new Sarif().render(report));
            assertThat(sarif.path("version").asText()).isEqualTo("2.1.0");
            JsonNode run = sarif.path("runs").path(0);
            JsonNode driver = run.path("tool").path("driver");
            assertThat(driver.path("name").asText()).isEqualTo("argo-preflight");
            List<String> rules = driver.path("rules").findValuesAsText("id");
            assertThat(rules).doesNotHaveDuplicates().isNotEmpty();
            List<String> fingerprints = new ArrayList<>();
            run.path("results").forEach(result -> {
                assertThat(rules.get(result.path("ruleIndex").asInt(-1)))
                        .isEqualTo(result.path("ruleId").asText());
                assertThat(result.at("/message/text").asText()).isNotEmpty();
                assertThat(Set.of("error", "warning", "note", "none"))
                        .contains(result.path("level").asText());
                boolean fail = result.path("kind").asText().equals("fail");
                assertThat(result.path("level").asText().equals("none"))
                        .as("SARIF 3.27.10: any other kind has level none")
                        .isNotEqualTo(fail);
                result.findParents("startLine")
                        .forEach(region ->
                                assertThat(region.path("startLine").asInt()).isPositive());
                result.findValuesAsText("uri")
                        .forEach(uri -> assertThat(URI.create(uri)).isNotNull());
                assertThat(result.path("partialFingerprints").size()).isOne();
                if (!result.has("suppressions")) {
                    fingerprints.add(result.path("partialFingerprints").toString());
                }
            });
            assertThat(fingerprints)
                    .doesNotHaveDuplicates()
                    .hasSize(report.findings().size());
        }
    }

    @Test
    void shouldSuppressInSarifWhatIsIgnored() throws Exception {
        JsonNode results =
                new JsonMapper().readTree(new Sarif().render(Preflights.full())).at("/runs/0/results");
        JsonNode last = results.get(results.size() - 1);
        assertThat(last.path("ruleId").asText()).isEqualTo("docker-socket");
        assertThat(last.at("/suppressions/0/kind").asText()).isEqualTo("external");
        assertThat(last.at("/suppressions/0/justification").asText())
                .isEqualTo("docker-socket (build pool, until 2027-01-31)");
        assertThat(results.findValues("suppressions")).hasSize(1);
    }

    @Test
    void shouldNotPassAnImageThatCouldNotBeChecked() throws Exception {
        Report open = Preflights.unresolved();
        String verdict = "nothing found; 1 image could not be checked";
        for (String text : List.of(
                new PreflightText(Style.PLAIN).render(open),
                new Html().render(open),
                new Markdown().render(open),
                new GithubCommands().render(open))) {
            assertThat(text).contains(verdict, "known only at run time").doesNotContain("ready to submit");
        }
        assertThat(new CheckCounts().render(open)).isEqualTo("No findings; 1 image could not be checked.\n");
        assertThat(elements(xml(new JUnitXml().render(open)), "testcase"))
                .filteredOn(each -> each.getElementsByTagName("skipped").getLength() == 0)
                .extracting(each -> each.getAttribute("classname"))
                .containsExactly("preflight.admission");
        assertThat(new JsonMapper()
                        .readTree(new Sarif().render(open))
                        .at("/runs/0/invocations/0/toolExecutionNotifications")
                        .findValuesAsText("text"))
                .anyMatch(text -> text.contains("known only at run time"));
        assertThat(open.judged(Gate.UNKNOWN, Gate.UNKNOWN.resultWithoutFailure(open.result(), open.pulls()))
                        .result())
                .isEqualTo(RunResult.UNCHECKED);
        assertThat(open.suppressing(Set.of(), "in the baseline", Gate.UNKNOWN).result())
                .isEqualTo(RunResult.UNCHECKED);
        assertThat(open.suppressing(Set.of(), "in the baseline", Gate.WARN).result())
                .isEqualTo(RunResult.OK);
    }

    @Test
    void shouldReadReportsWithoutNotes() {
        PreflightJson json = new PreflightJson();
        ObjectNode earlier = json.tree(Preflights.full());
        earlier.remove("notes");
        assertThat(json.read(earlier).notes()).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsNoReport() {
        PreflightJson json = new PreflightJson();
        String other = json.render(Preflights.full()).replace("\"schemaVersion\" : 1", "\"schemaVersion\" : 2");
        assertThatThrownBy(() -> json.read(other)).hasMessageContaining("schemaVersion 2");
        assertThatThrownBy(() -> json.read("{\"findings\": \"c4n4ry\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("c4n4ry");
    }

    @Test
    void shouldHaveOneHeadingForWhatCouldNotBeChecked() {
        Report full = Preflights.full();
        Report open = full.withRows(
                full.findings(), full.permissions(), full.unknown().subList(0, 1));

        assertThat(new Markdown().render(open))
                .containsOnlyOnce("## Could not check\n")
                .contains("| may-run |", "- nodes: ");
    }
}
