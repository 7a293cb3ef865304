package io.jenkins.plugins.argopreflight.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.argo.model.Missing;
import io.jenkins.plugins.argopreflight.engine.check.catalog.Checks;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the facts below which findings about the controller are put: those that could not be read, and no others. */
@ExtendWith(InRun.class)
class UnreadFactTest {

    private static final String PLUGIN = """
        apiVersion: argoproj.io/v1alpha1
        kind: Workflow
        metadata: {name: build}
        spec:
          entrypoint: main
          templates: [{name: main, plugin: {hello: {}}}]
        """;

    private static final String BUILD = """
        apiVersion: argoproj.io/v1alpha1
        kind: Workflow
        metadata: {name: build}
        spec:
          entrypoint: main
          templates: [{name: main, container: {image: registry.example.com/team/image:v1.2, command: [run]}}]
        """;

    private static final String ACCOUNT_OF_A_STEP = """
        apiVersion: argoproj.io/v1alpha1
        kind: Workflow
        metadata: {name: build}
        spec:
          entrypoint: main
          templates:
          - name: main
            steps:
            - - {name: choose, template: choose}
            - - name: build
                template: build
                arguments: {parameters: [{name: account, value: "{{steps.choose.outputs.result}}"}]}
          - name: choose
            script: {image: registry.example.com/team/image:v1.2, command: [sh], source: echo builder}
          - name: build
            inputs: {parameters: [{name: account}]}
            serviceAccountName: "{{inputs.parameters.account}}"
            container: {image: registry.example.com/team/image:v1.2, command: [run]}
        """;

    private static final String SETTINGS = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: workflow-controller-configmap, namespace: argo}
        data: {parallelism: "10"}
        """;

    private static final String CONTROLLER = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: workflow-controller, namespace: argo}
        spec:
          template:
            spec:
              serviceAccountName: argo
              containers:
              - name: workflow-controller
                image: quay.io/argoproj/workflow-controller:v4.0.5
                command: [workflow-controller]
                env: [{name: ARGO_EXECUTOR_PLUGINS, value: "true"}]
        """;

    private static final Right DEPLOYMENTS = Right.of("*", "apps", "deployments", "argo");
    private static final Right CONFIG_MAPS = Right.of("*", "", "configmaps", "argo");
    private static final Missing IN_ARGO = new Missing.Unread("argo");

    static Stream<Arguments> facts() {
        Right plugins = Right.of("*", "", "configmaps", "ci");
        return Stream.of(
                Arguments.of(
                        "the executor of an unread Deployment",
                        BUILD,
                        SETTINGS,
                        DEPLOYMENTS,
                        "executor-image",
                        IN_ARGO),
                Arguments.of(
                        "the executor of an unread Deployment without settings",
                        BUILD,
                        "",
                        DEPLOYMENTS,
                        "executor-image",
                        IN_ARGO),
                Arguments.of(
                        "the executor of unread settings", BUILD, CONTROLLER, CONFIG_MAPS, "executor-image", IN_ARGO),
                Arguments.of(
                        "the environment of an unread Deployment",
                        PLUGIN,
                        SETTINGS,
                        DEPLOYMENTS,
                        "refused-by-argo",
                        IN_ARGO),
                Arguments.of(
                        "the environment of an absent Deployment beside unread settings",
                        PLUGIN,
                        "",
                        CONFIG_MAPS,
                        "refused-by-argo",
                        null),
                Arguments.of(
                        "unread plugins of the workflow's namespace",
                        PLUGIN,
                        SETTINGS + "---\n" + CONTROLLER,
                        plugins,
                        "refused-by-argo",
                        new Missing.Unread("ci")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("facts")
    void shouldNameTheFactThatWasNotRead(
            String name, String manifest, String objects, Right denied, String check, @Nullable Missing unread) {
        MemoryCluster cluster = MemoryCluster.of(objects);
        cluster.deny(denied);
        List<Document> given = new ManifestReader().read("w.yaml", manifest);
        assertThat(unread(check, FactsOf.collected(given, Fact.known(cluster)))).containsExactly(unread);
    }

    /** The ConfigMap was read; the RoleBindings, from which the snapshot answers about rights, were not. */
    @Test
    void shouldNameTheRightOfTheControllerThatWasNotRead(@TempDir Path folder) throws IOException {
        Path cluster = copy("look-up-forbidden/unknown-roles-not-readable", folder);
        Files.writeString(cluster.resolve("settings.yaml"), SETTINGS);
        assertThat(unread("look-up-forbidden", FactsOf.folder(folder, cluster, "ci")))
                .containsExactly(new Missing.Unread(""));
    }

    /** The answers of the cluster do not make the name known. */
    @Test
    void shouldNameNoFactForAnAccountThatAStepChooses(@TempDir Path folder) throws IOException {
        Path cluster = copy("look-up-forbidden/unknown-roles-not-readable", folder);
        Files.writeString(folder.resolve("workflow.yaml"), ACCOUNT_OF_A_STEP);
        assertThat(unread("pull-secret-not-bound", FactsOf.folder(folder, cluster, "ci")))
                .containsExactly((Missing) null);
    }

    /** Copies the files of a fixture, and returns the folder of its cluster. */
    private static Path copy(String name, Path folder) throws IOException {
        CheckFixture fixture = CheckFixture.all().stream()
                .filter(each -> each.toString().equals(name))
                .findFirst()
                .orElseThrow();
        Path cluster = Files.createDirectory(folder.resolve("cluster"));
        for (String file : List.of("workflow.yaml", "registry.yaml", "cluster/snapshot.yaml", "cluster/objects.yaml")) {
            Files.copy(fixture.folder().resolve(file), folder.resolve(file));
        }
        return cluster;
    }

    /** Returns the missing things of the findings of a check that could not check something. */
    private static List<Missing> unread(String check, Facts facts) {
        List<Check> checks = Checks.all().stream()
                .filter(each -> each.info().id().equals(check))
                .toList();
        return new CheckRunner(checks)
                .run(facts).get(0).findings().stream()
                        .filter(finding -> finding.outcome() == Outcome.UNKNOWN)
                        .map(Finding::missing)
                        .collect(Collectors.toList());
    }
}
