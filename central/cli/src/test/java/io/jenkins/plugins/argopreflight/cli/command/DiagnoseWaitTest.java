package io.jenkins.plugins.argopreflight.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.argopreflight.cli.Ran;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster.User;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code diagnose --wait} on a real API server; the test plays the controller and the kubelet. */
@NeedsServers(Server.CLUSTER)
class DiagnoseWaitTest {

    private static final String DENIED = "Back-off pulling image \"registry.example.com/team/image:v9\": ErrImagePull:"
            + " failed to resolve reference \"registry.example.com/team/image:v9\":"
            + " registry.example.com/team/image:v9: not found";
    private static final String LATE = "toomanyrequests: You have reached your pull rate limit";

    private final RealCluster cluster = RealCluster.get();
    private String namespace;
    private String workflows;
    private String pods;

    @BeforeEach
    void makeWorkflow() {
        namespace = cluster.namespace("cli-diagnose");
        cluster.serviceAccount(namespace, "default");
        cluster.grant(
                new User("system:serviceaccount:" + namespace + ":default", ""),
                new Right("create", "argoproj.io", "workflowtaskresults", "", namespace, ""),
                new Right("patch", "argoproj.io", "workflowtaskresults", "", namespace, ""));
        workflows = "/apis/argoproj.io/v1alpha1/namespaces/" + namespace + "/workflows";
        pods = "/api/v1/namespaces/" + namespace + "/pods";
        cluster.api().create(workflows, json("""
                {"apiVersion": "argoproj.io/v1alpha1", "kind": "Workflow", "metadata": {"name": "build"},
                 "spec": {"entrypoint": "main", "templates": [{"name": "main",
                  "container": {"image": "registry.example.com/team/image:v9", "command": ["sh"]}}]},
                 "status": {"phase": "Running", "startedAt": "2026-11-26T12:00:00Z", "nodes": {"build": {"id": "build",
                  "name": "build", "displayName": "build", "type": "Pod", "templateName": "main", "phase": "Pending",
                  "startedAt": "2026-11-26T12:00:00Z"}}}}"""));
        cluster.api().create(pods, json("""
                {"metadata": {"name": "build", "labels": {"workflows.argoproj.io/workflow": "build"},
                  "annotations": {"workflows.argoproj.io/node-id": "build"}},
                 "spec": {"containers": [{"name": "main", "image": "registry.example.com/team/image:v9"}]}}"""));
    }

    @Test
    void shouldEndWithThePermanentCauseAtOnce() {
        pod("ImagePullBackOff", DENIED);

        Ran ran = diagnose("--wait");

        assertThat(ran.exit()).as(ran.err()).isEqualTo(1);
        assertThat(ran.out()).contains("Workflow " + namespace + "/build (Running)", "image-not-found");
    }

    @Test
    void shouldGiveATransientCauseItsTime() throws Exception {
        pod("ErrImagePull", LATE);
        CompletableFuture<Ran> running = CompletableFuture.supplyAsync(() -> diagnose("-w"));
        running.orTimeout(2, TimeUnit.MINUTES);
        Thread.sleep(3_000);
        assertThat(running).isNotDone();
        complete("Succeeded");

        Ran ran = running.join();

        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        assertThat(ran.out()).contains("Workflow " + namespace + "/build (Succeeded)");
    }

    @Test
    void shouldWaitForTheEndDespiteAPermanentCauseWhenAsked() throws Exception {
        pod("ImagePullBackOff", DENIED);
        CompletableFuture<Ran> running = CompletableFuture.supplyAsync(() -> diagnose("--no-end-early"));
        running.orTimeout(2, TimeUnit.MINUTES);
        Thread.sleep(3_000);
        assertThat(running).isNotDone();
        complete("Failed");

        Ran ran = running.join();

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).contains("Workflow " + namespace + "/build (Failed)", "image-not-found");
    }

    @Test
    void shouldDiagnoseAWorkflowThatSomeoneDeleted() throws Exception {
        CompletableFuture<Ran> running = CompletableFuture.supplyAsync(() -> diagnose("--wait"));
        running.orTimeout(2, TimeUnit.MINUTES);
        Thread.sleep(3_000);
        cluster.api().delete(workflows + "/build");

        Ran ran = running.join();

        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.err()).contains("Someone deleted workflow " + namespace + "/build before it had ended");
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        assertThat(Ran.with("diagnose", "build", "--wait", "--cluster", "snapshot")
                        .err())
                .contains("--wait follows a live workflow: leave out --cluster");
        Ran none = diagnose("--wait-minutes", "0");
        assertThat(none.exit()).isEqualTo(2);
        assertThat(none.err()).contains("--wait-minutes 0: it must be 1 minute or more");
    }

    private Ran diagnose(String... args) {
        List<String> all = new ArrayList<>(List.of("diagnose", "build"));
        all.addAll(List.of(args));
        all.addAll(List.of(
                "-n",
                namespace,
                "--no-registry",
                "--kubeconfig",
                cluster.adminKubeconfig().toString()));
        return Ran.with(all.toArray(String[]::new));
    }

    private void pod(String reason, String message) {
        Map<String, Object> waiting = Map.of("reason", reason, "message", message);
        Map<String, Object> main = Map.of(
                "name",
                "main",
                "image",
                "registry.example.com/team/image:v9",
                "imageID",
                "",
                "ready",
                false,
                "restartCount",
                0,
                "state",
                Map.of("waiting", waiting));
        cluster.api()
                .mergePatch(
                        pods + "/build/status",
                        Map.of("status", Map.of("phase", "Pending", "containerStatuses", List.of(main))));
        status(Map.of("nodes", Map.of("build", Map.of("message", reason + ": " + message))));
    }

    private void complete(String phase) {
        cluster.api()
                .mergePatch(
                        workflows + "/build",
                        Map.of("metadata", Map.of("labels", Map.of("workflows.argoproj.io/completed", "true"))));
        status(Map.of("phase", phase, "nodes", Map.of("build", Map.of("phase", phase))));
    }

    private void status(Map<String, Object> status) {
        cluster.api().mergePatch(workflows + "/build", Map.of("status", status));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
