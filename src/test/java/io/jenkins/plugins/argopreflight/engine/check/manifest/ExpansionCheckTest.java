package io.jenkins.plugins.argopreflight.engine.check.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.check.CheckRunner;
import io.jenkins.plugins.argopreflight.engine.check.FactsOf;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(InRun.class)
class ExpansionCheckTest {

    private static List<Finding> findings(String template) {
        return ofManifest("""
                apiVersion: argoproj.io/v1alpha1
                kind: Workflow
                metadata: {name: build, namespace: ci}
                spec:
                  entrypoint: main
                  templates:
                  - name: main
                    %s
                """.formatted(template));
    }

    private static List<Finding> ofManifest(String manifest) {
        return new CheckRunner(List.of(new RefusedByArgo(), new UnresolvedReference()))
                .run(FactsOf.manifests(new ManifestReader().read("workflow.yaml", manifest))).stream()
                        .flatMap(result -> result.findings().stream())
                        .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"template", "volume", "step", "task"})
    void shouldQuoteAnExpressionThatBeginsWithTheNameOfAThing(String variable) {
        String expression = variable + " == lastRetry.exit_code";

        assertThat(findings("""
                retryStrategy: {limit: 1, expression: "%s"}
                    container: {image: i, command: [c]}
                """.formatted(expression)))
                .extracting(Finding::title)
                .anyMatch(title -> title.startsWith(expression + ": lastRetry has no exit_code"));
    }

    @Test
    void shouldKeepTheWholeTitlesOfReferencesThatDifferAfterItsEnd() {
        String longName = "the-name-of-the-artifact-repository-of-the-team-that-builds-the-payment-service";

        assertThat(findings(
                        "container: {image: i, command: [c], args: ['{{workflow.parameters.%1$s-1}}', '{{workflow.parameters.%1$s-2}}']}"
                                .formatted(longName)))
                .hasSize(2)
                .allSatisfy(finding -> assertThat(finding.title()).endsWith("…"))
                .extracting(finding -> finding.explanation().wholeTitle())
                .allMatch(title -> title.contains(longName))
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldBeginWithACapitalLetter() {
        assertThat(findings("steps: [[{name: a, template: absent}]]"))
                .extracting(Finding::title)
                .containsExactly("Template absent not found");
        assertThat(findings("container: {image: i, command: [c], volumeMounts: [{name: work, mountPath: /work}]}"))
                .extracting(Finding::title)
                .containsExactly("Volume 'work' not found in workflow spec");
    }

    @Test
    void shouldEndAQuestionWithItsMarkAndAnotherMessageWithAFullStop() {
        assertThat(ofManifest("""
                apiVersion: argoproj.io/v1alpha1
                kind: WorkflowTemplate
                metadata: {name: build, namespace: ci}
                spec:
                  volumes: [{name: work, emptyDir: {}}]
                  templates:
                  - name: main
                    container: {image: i, command: [c], volumeMounts: [{name: wrok, mountPath: /work}]}
                """))
                .extracting(Finding::detail)
                .containsExactly(
                        "volume 'wrok' not found in workflow spec. Did you mean work? A caller must supply the volume,"
                                + " or the name is misspelled: the other volumes of the template are in its"
                                + " spec.volumes.");
        assertThat(findings("steps: [[{name: a, template: man}]]"))
                .extracting(Finding::detail)
                .containsExactly("template man not found. Did you mean main? The workflow ends in Error there.");
    }
}
