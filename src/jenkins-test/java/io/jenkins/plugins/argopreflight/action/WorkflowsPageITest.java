package io.jenkins.plugins.argopreflight.action;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.Next;
import io.jenkins.plugins.argopreflight.engine.facts.change.RecordedState;
import io.jenkins.plugins.argopreflight.engine.model.fix.FixText;
import io.jenkins.plugins.argopreflight.engine.render.page.WorkflowGraph;
import io.jenkins.plugins.argopreflight.engine.render.page.WorkflowGraph.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The pages of a build whose workflow failed. */
@WithJenkins
class WorkflowsPageITest {

    private static final String CAUSE = "Container main ended with exit code 3 after it could not log in";
    private static final String YAML =
            IntStream.range(0, 30).mapToObj(i -> "line: " + i).collect(Collectors.joining("\n"));

    private JenkinsRule.WebClient client;
    private FreeStyleBuild build;

    @BeforeEach
    void buildOnce(JenkinsRule jenkins) throws Exception {
        build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("job"));
        client = jenkins.createWebClient();
        client.setJavaScriptEnabled(false);
    }

    private void record(Optional<Diagnosis> diagnosis) throws Exception {
        List<String> causes = diagnosis.isEmpty() ? List.of() : List.of(CAUSE);
        WorkflowGraph graph = new WorkflowGraph(
                "ci",
                "build-x",
                "Failed",
                "child 'build-x-1' failed",
                List.of(
                        new Node("a", "build-x", "Steps", "Failed", "", List.of("b"), "", 4, List.of(), ""),
                        new Node("b", "publish", "Pod", "Failed", "Error (exit code 3)", List.of(), "", 3, causes, "")),
                0);
        WorkflowsAction.record(
                build, new WorkflowRecord("owner", "argoSubmit", graph, diagnosis, "", "", RecordedState.NONE));
    }

    private static Diagnosis diagnosis() {
        Cause cause = new Cause(
                "exit-code",
                CAUSE,
                new Cause.Subject("Pod", "ci", "build-x-1", "main", ""),
                "The program ended.",
                true,
                Next.RESUBMIT,
                List.of("publish"),
                List.of(),
                List.of(),
                List.of(FixText.read(YAML)));
        return new Diagnosis(
                "build-x",
                "ci",
                "u-1",
                "Failed",
                "",
                List.of(cause),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new Diagnosis.Cost(1, 0, 1),
                "",
                List.of(),
                Set.of());
    }

    @Test
    void shouldNameTheCauseOnTheFrontPageAndLinkToIt() throws Exception {
        record(Optional.of(diagnosis()));

        HtmlPage front = client.goTo(build.getUrl());
        assertThat(front.asNormalizedText()).contains("Argo Workflows: 1 of 1 failed: " + CAUSE);
        HtmlPage page = front.getAnchorByText(CAUSE).click();
        DomElement banner = page.getElementById(page.getUrl().getRef());
        assertThat(banner.getAttribute("class")).contains("jenkins-alert-danger");
        assertThat(banner.asNormalizedText()).isEqualTo("Failed: " + CAUSE);
    }

    @Test
    void shouldNameTheFailedNodeWhereNoCauseIsKnown() throws Exception {
        record(Optional.empty());

        assertThat(client.goTo(build.getUrl()).asNormalizedText())
                .contains("1 of 1 failed: publish: Error (exit code 3)");
        assertThat(client.goTo(build.getUrl() + "argo-workflows/").asNormalizedText())
                .contains("Failed: publish: Error (exit code 3)");
    }

    @Test
    void shouldDrawTheGraphForWideAndForNarrowPagesWithTheWholeCause() throws Exception {
        record(Optional.of(diagnosis()));

        HtmlPage page = client.goTo(build.getUrl() + "argo-workflows/");
        CellLabels.check(page);
        assertThat(page.getByXPath("//div[@class='ap-graph-frame']/*[local-name()='svg']"))
                .hasSize(2);
        assertThat(page.<DomElement>getByXPath("//*[@class='ap-graph__first']//*[@class='ap-graph__cause']").stream()
                        .map(DomElement::getTextContent)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(CAUSE + " " + CAUSE);
    }

    @Test
    void shouldFoldALongFixBehindItsFirstLines() throws Exception {
        record(Optional.of(diagnosis()));

        HtmlPage page = client.goTo(build.getUrl() + "argo-workflows/");
        DomElement fold = page.getFirstByXPath("//details[@class='ap-fold']");
        assertThat(fold.hasAttribute("open")).isFalse();
        DomElement summary = fold.getFirstByXPath("summary");
        assertThat(summary.getTextContent()).contains("line: 0\nline: 1", "28 more lines");
        DomElement rest = fold.getFirstByXPath("pre");
        assertThat(rest.getTextContent()).startsWith("line: 2").endsWith("line: 29");
        DomElement button = page.getFirstByXPath("//button[contains(@class, 'jenkins-copy-button')]");
        assertThat(button.getAttribute("text")).isEqualTo(YAML);
    }
}
