package io.jenkins.plugins.argopreflight.engine.argo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.argopreflight.engine.argo.ArgoPods;
import io.jenkins.plugins.argopreflight.engine.argo.FixedObjects;
import io.jenkins.plugins.argopreflight.engine.argo.Given;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestException;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InRun.class)
class ControllerTest {

    private static final ArgoVersion V4 = ArgoVersion.parse("v4.0.5").orElseThrow();

    private static Document document(String yaml) {
        return new ManifestReader().read("x.yaml", yaml).get(0);
    }

    @Test
    void shouldReadFlagsAndVersionOfADeployment() {
        Document deployment = document("""
                kind: Deployment
                metadata: {name: workflow-controller, namespace: argo}
                spec: {template: {spec: {containers: [{
                  name: controller, image: "quay.io/argoproj/workflow-controller:v3.6.19@sha256:ab",
                  command: [workflow-controller], args: [--loglevel, debug, --executor-image=r/e:1, --executor-plugins],
                  env: [{name: ARGO_LOG_FORMAT, value: json}]}]}}}
                """);
        ControllerFlags flags = ControllerFlags.of(deployment.root()).orElseThrow();
        assertThat(flags.namespace()).isEqualTo("argo");
        assertThat(List.of(flags.logLevel(), flags.logFormat(), flags.executorImage(), flags.executorImagePullPolicy()))
                .containsExactly("debug", "json", "r/e:1", "");
        assertThat(flags.environment()).containsEntry("ARGO_EXECUTOR_PLUGINS", "true");
        assertThat(ControllerFlags.version(deployment.root()))
                .map(ArgoVersion::minor)
                .contains(6);
        assertThat(ControllerFlags.of(document("kind: Pod\nspec: {containers: [{name: x, image: y}]}\n")
                        .root()))
                .isEmpty();
    }

    @Test
    void shouldReadSettingsOneByOneOrAllUnderConfig() {
        for (String data : List.of("executor: 'image: a/b:1'", "config: 'executor: {image: a/b:1}'")) {
            Document map = document(
                    "kind: ConfigMap\ndata: {" + data.replace(": '", ": \"").replaceAll("'$", "\"") + "}\n");
            assertThat(Controller.of(map, ControllerFlags.defaults("argo"), V4, List.of())
                            .executorImage())
                    .isEqualTo("a/b:1");
        }
        assertThat(Controller.plain(V4).executorImage()).isEqualTo("quay.io/argoproj/argoexec:v4.0.5");
    }

    @Test
    void shouldSayWhereASettingIsNoYaml() {
        Document map = document("kind: ConfigMap\nmetadata: {name: c}\ndata:\n  executor: 'image: [a'\n");
        assertThatThrownBy(() -> Controller.of(map, ControllerFlags.defaults("argo"), V4, List.of()))
                .isInstanceOf(ManifestException.class)
                .hasMessageStartingWith("x.yaml:4:3:1:");
    }

    @Test
    void shouldGiveTheAgentThePluginsOfItsNamespaces() {
        Document plugin = document("""
                kind: ConfigMap
                metadata: {name: hello-executor-plugin, namespace: ci}
                data:
                  sidecar.automountServiceAccountToken: "true"
                  sidecar.container: "{name: hello, image: i, command: [c], ports: [{containerPort: 4355}]}"
                """);
        ControllerFlags flags = new ControllerFlags(
                "argo", "", "", "info", "text", "0", java.util.Map.of("ARGO_EXECUTOR_PLUGINS", "true"));
        Document map = document("kind: ConfigMap\n");
        Document workflow = document(Given.workflow("- {name: main, plugin: {hello: {}}}\n"));
        ArgoPods made = ArgoPods.of(new PodRequest(
                workflow,
                "ci",
                "",
                new FixedObjects()
                        .add(
                                List.of(
                                        document(
                                                "kind: ServiceAccount\nmetadata: {name: hello-executor-plugin}\nsecrets: [{name: tok}]\n"))),
                Controller.of(map, flags, V4, List.of(plugin))));
        assertThat(made.problems()).isEmpty();
        ArgoPod agent = made.pods().get(0);
        assertThat(agent.kind()).isEqualTo(ArgoPod.Kind.AGENT);
        assertThat(agent.spec().path("containers").path(0).path("name").asText())
                .isEqualTo("hello");
        assertThat(agent.spec().toString()).contains("\"secretName\":\"tok\"").contains("http://localhost:4355");
    }
}
