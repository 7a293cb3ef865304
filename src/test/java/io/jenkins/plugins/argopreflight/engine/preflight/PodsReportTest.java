package io.jenkins.plugins.argopreflight.engine.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowRequest;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.render.json.PodsJson;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The result of a report on pods. */
@ExtendWith(InRun.class)
class PodsReportTest {

    private static final String WORKFLOW = """
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {name: build}
            spec:
              entrypoint: main
              templates: [{name: main, container: {image: "busybox:1.36", command: [ls]}}]
            """;

    private static PodsReport report(boolean clusterAsked) {
        return new PodsReader(Fact.unknown("no answer within 10 s"), clusterAsked, 1)
                .of(new WorkflowRequest(
                        new ManifestReader().read("w.yaml", WORKFLOW), "ci", "argo", Optional.empty(), List.of()));
    }

    @Test
    void shouldBeUncheckedIfTheClusterThatWasRequestedDoesNotAnswer() {
        PodsReport report = report(true);
        assertThat(report.workflows())
                .singleElement()
                .satisfies(each -> assertThat(each.pods()).hasSize(1));
        assertThat(report.result()).isEqualTo(RunResult.UNCHECKED);
        assertThat(new PodsJson().render(report))
                .contains("\"fact\" : \"the cluster\"", "\"reason\" : \"no answer within 10 s\"");
    }

    @Test
    void shouldBeOkWithoutAClusterThatWasNotRequested() {
        PodsReport report = report(false);
        assertThat(report.unknown()).noneMatch(each -> each.isOf(Unavailable.Source.CLUSTER));
        assertThat(report.result()).isEqualTo(RunResult.OK);
    }
}
