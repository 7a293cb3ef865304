package io.jenkins.plugins.argopreflight.engine.sync.write;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.RegistryKey;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.StalePod;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InRun.class)
class StalePodsTest {

    private static ObjectNode pod(String name, String workflow, String image, String phase, String state, String list) {
        String labels = workflow.isEmpty() ? "{}" : "{workflows.argoproj.io/workflow: " + workflow + "}";
        return new ManifestReader()
                .read("pod.yaml", """
                        kind: Pod
                        metadata: {name: %s, namespace: ci, labels: %s}
                        spec:
                          serviceAccountName: argo
                          containers: [{name: main, image: "%s"}]
                          imagePullSecrets: %s
                        status:
                          phase: %s
                          containerStatuses: [{name: main, image: "sha256:0", state: {%s}}]
                        """.formatted(name, labels, image, list, phase, state))
                .get(0)
                .root();
    }

    private static ObjectNode waiting(String name, String workflow, String image) {
        return pod(name, workflow, image, "Pending", "waiting: {reason: ImagePullBackOff}", "[]");
    }

    private static List<StalePod> among(List<String> registries, ObjectNode... pods) {
        return StalePods.among(List.of(pods), Map.of("argo", List.of()), "regcred", true, registries);
    }

    private static List<String> names(List<String> registries, ObjectNode... pods) {
        return among(registries, pods).stream().map(StalePod::name).toList();
    }

    @Test
    void shouldListOnlyPodsThatWaitForAnImageOfTheRegistry() {
        List<String> registry = List.of("registry.example.com/team");
        assertThat(names(
                        registry,
                        waiting("team", "", "registry.example.com/team/image:1"),
                        waiting("other-team", "", "registry.example.com/others/image:1"),
                        waiting("hub", "", "busybox:1"),
                        pod(
                                "new",
                                "",
                                "registry.example.com/team/image:1",
                                "Pending",
                                "waiting: {reason: ContainerCreating}",
                                "[]"),
                        pod("runs", "", "registry.example.com/team/image:1", "Running", "running: {}", "[]"),
                        pod(
                                "has",
                                "",
                                "registry.example.com/team/image:1",
                                "Pending",
                                "waiting: {reason: ErrImagePull}",
                                "[{name: regcred}]")))
                .containsExactly("team");
        assertThat(names(
                        List.of(RegistryKey.DOCKER_HUB), waiting("hub", "", "busybox:1"), waiting("a", "", "a.io/b:1")))
                .containsExactly("hub");
        assertThat(names(List.of("*.example.com"), waiting("any", "", "registry.example.com/x:1")))
                .containsExactly("any");
    }

    @Test
    void shouldListAWorkflowOnce() {
        List<StalePod> stale = among(
                List.of("registry.example.com"),
                waiting("build-1", "build", "registry.example.com/a:1"),
                waiting("build-2", "build", "registry.example.com/a:1"),
                waiting("test-1", "test", "registry.example.com/a:1"),
                waiting("bare", "", "registry.example.com/a:1"));
        assertThat(stale).extracting(StalePod::name).containsExactly("bare", "build-1", "test-1");
        assertThat(stale).extracting(StalePod::owner).containsExactly("", "Workflow/build", "Workflow/test");
        assertThat(stale.get(1).remedy().text())
                .isEqualTo(
                        "kubectl delete pod -l workflows.argoproj.io/workflow=build --field-selector=status.phase=Pending"
                                + " -n ci   # Argo recreates pods that are Pending");
    }

    /** Kubernetes does not validate the names in a pod's list of pull Secrets. */
    @Test
    void shouldPutOnlyTheCommentOfTheCommandInALineOfItsOwn() {
        ObjectNode own = pod(
                "build-1",
                "build",
                "registry.example.com/a:1",
                "Pending",
                "waiting: {reason: ErrImagePull}",
                "[{name: 'mine # old'}]");
        String command =
                "kubectl delete pod -l workflows.argoproj.io/workflow=build --field-selector=status.phase=Pending"
                        + " -n ci";

        assertThat(among(List.of(), own).get(0).remedy().lines())
                .containsExactly(
                        "its own spec.imagePullSecrets [mine # old] hides the ServiceAccount's list: add {name: regcred}"
                                + " there, then " + command,
                        "# Argo recreates pods that are Pending");
    }

    @Test
    void shouldReportAListOfThePodsOwn() {
        ObjectNode own = pod(
                "own", "", "registry.example.com/a:1", "Pending", "waiting: {reason: ErrImagePull}", "[{name: mine}]");
        assertThat(among(List.of(), own).get(0).remedy().text()).contains("hides the ServiceAccount's list", "[mine]");
    }
}
