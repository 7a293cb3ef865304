package io.jenkins.plugins.argopreflight.engine.argo;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.check.FactsOf;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests the Secrets that the agent reads for http templates. */
@ExtendWith(InRun.class)
class AgentSecretsTest {

    /** A report names the first of them, and has the same text in each run. */
    @Test
    void shouldListSecretsInOneOrder() {
        List<String> names =
                IntStream.range(10, 20).mapToObj(number -> "secret-" + number).toList();
        String headers = names.stream()
                .map(name -> "{name: %s, valueFrom: {secretKeyRef: {name: %s, key: k}}}".formatted(name, name))
                .collect(Collectors.joining(", "));
        List<ArgoPod> pods =
                FactsOf.manifests(new ManifestReader().read("w.yaml", """
                        apiVersion: argoproj.io/v1alpha1
                        kind: Workflow
                        metadata: {name: call}
                        spec:
                          entrypoint: main
                          templates: [{name: main, http: {url: "https://example.com", headers: [%s]}}]
                        """.formatted(headers))).workflows().stream()
                        .flatMap(workflow -> workflow.pods().stream())
                        .toList();
        assertThat(pods)
                .singleElement()
                .satisfies(pod -> assertThat(pod.secrets()).containsExactlyElementsOf(names));
    }
}
