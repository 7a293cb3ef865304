package io.jenkins.plugins.argopreflight.offline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.argopreflight.engine.util.secret.Markers;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(InRun.class)
class RedactorTest {

    private final Redactor redactor = new Redactor(new Markers(), Set.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "A             | plain                               | ~~",
                "A             | {{inputs.parameters.a}}             | {{inputs.parameters.a}}",
                "A             | http://u:pw@{{workflow.name}}/x{{a}} | {{workflow.name}}{{a}}",
                "A             | {{= 'pw' + workflow.name}}          | ~~",
                "ARGO_TEMPLATE | {\"args\": [\"{{a}}\", \"pw\"]}     | ~~",
            })
    void shouldKeepOnlyTheTagsOfAVariable(String name, String value, String kept) throws IOException {
        ObjectNode pod = object("{kind: Pod, metadata: {name: p}, spec: {containers: [{name: main, env: [{}]}]}}");
        ((ObjectNode) pod.at("/spec/containers/0/env/0")).put("name", name).put("value", value);

        assertThat(redactor.redact(pod).at("/spec/containers/0/env/0/value").asText())
                .isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "HTTPS_PROXY         | http://u:pw@proxy:3128                  | http://****@proxy:3128",
                "DSN                 | postgres://u:p/w@db:5432/argo           | postgres://****@db:5432/argo",
                "DSN                 | u:pw@tcp(db:3306)/argo                  | ****@tcp(db:3306)/argo",
                "ARGO_EXECUTOR_IMAGE | r.example.com:5000/argoexec:v4@sha256:0 | r.example.com:5000/argoexec:v4@sha256:0",
                "DB_PASSWORD         | hunter22                                | ~~",
            })
    void shouldMaskTheUserOfAUrlOfTheController(String name, String value, String kept) throws IOException {
        ObjectNode deployment = object("{kind: Deployment, metadata: {name: c}, spec: {template: {spec: {containers:"
                + " [{name: workflow-controller, env: [{}]}]}}}}");
        String at = "/spec/template/spec/containers/0/env/0";
        ((ObjectNode) deployment.at(at)).put("name", name).put("value", value);

        assertThat(redactor.redact(deployment).at(at).path("value").asText()).isEqualTo(kept);
    }

    @Test
    void shouldEmptyTheVariablesOfAnExecutorPlugin() throws IOException {
        ObjectNode plugin = object("""
                kind: ConfigMap
                metadata: {name: p, labels: {workflows.argoproj.io/configmap-type: ExecutorPlugin}}
                data: {sidecar.container: "{name: p, image: i, env: [{name: A, value: pw}]}", other: x}
                """);
        JsonNode data = redactor.redact(plugin).path("data");

        assertThat(object(data.path("sidecar.container").asText()))
                .isEqualTo(object("{name: p, image: i, env: [{name: A, value: ''}]}"));
        assertThat(data.path("other").asText()).isEqualTo("x");

        ((ObjectNode) plugin.path("data")).put("sidecar.container", "env: [{value: pw");
        assertThat(redactor.redact(plugin)
                        .path("data")
                        .path("sidecar.container")
                        .asText())
                .isEmpty();
    }

    @Test
    void shouldReportSecretsThatOthersCanRepeat() throws IOException {
        redactor.redact(object("{kind: Workflow, metadata: {name: w}, spec: {arguments: {parameters: ["
                + "{name: password, value: hunter22, default: hunter2}, {name: secretName, value: regcred},"
                + " {name: tag, value: latest}]}}}"));

        assertThat(redactor.secrets()).containsExactly("hunter2", "hunter22");
    }

    private static ObjectNode object(String yaml) throws IOException {
        return (ObjectNode) new YAMLMapper().readTree(yaml);
    }
}
